"""The ASGI application: everything on one port, and no thread waits for a client.

`gunicorn -k vod.lib.serving.worker.Worker vod.asgi:application` serves all of the product in the embedded default,
and uploads and beacons where other processes serve the pages.
"""

import os
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.urls import get_resolver

# Before what reads settings as it is imported.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vod.settings")

from vod.lib.serving.door import Door
from vod.lib.storage import arrivals
from vod.wsgi import application as _wsgi


def _prepare() -> None:
    """Loads every view, and the client of the bucket: seconds that the first visitor would wait for."""
    get_resolver().url_patterns  # noqa: B018
    found = arrivals()
    if found is not None:
        found.prepare()


application = Door(
    _wsgi,
    pages=ThreadPoolExecutor(settings.PAGE_THREADS, thread_name_prefix="pages"),
    movers=ThreadPoolExecutor(settings.MOVER_THREADS, thread_name_prefix="movers"),
    deferring="/api/uploads/",
    # A little more than Django takes, so that it is Django who says what is too much.
    most_bytes=2 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    prepare=_prepare,
    probes=("/healthz", "/readyz", "/metrics"),
)
