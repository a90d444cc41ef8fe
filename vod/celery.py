"""The Celery application. Tasks live in each app's `tasks.py`."""

import os
from typing import Any

from celery import Celery
from celery.signals import task_prerun, worker_init
from django.conf import settings

from vod.lib import broker
from vod.lib import pool as _pool  # noqa: F401 - watches the children of workers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vod.settings")

from vod.lib import metrics
from vod.lib.logs import speak_anew

broker.use_for_redis()
app = Celery("vod")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
def _name_task(task_id: str, task: Any, **_event: Any) -> None:
    speak_anew(task=task.name, message_id=task_id)


@worker_init.connect
def _tell_figures(**_event: Any) -> None:
    # One for the whole worker: its children count into files that this process adds up.
    if settings.METRICS_PORT:
        metrics.serve(settings.METRICS_PORT, token=settings.METRICS_TOKEN)
