"""The Celery application. Tasks live in each app's `tasks.py`."""

import os

from celery import Celery

from vod.lib import broker
from vod.lib import pool as _pool  # noqa: F401 - watches the children of workers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vod.settings")

broker.use_for_redis()
app = Celery("vod")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
