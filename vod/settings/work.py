"""Celery: messages that only say there is work. The queue of record is the database."""

from typing import Any

from vod.settings.core import VOD_HOME
from vod.settings.env import env

BROKER_URL = env.address(
    "BROKER_URL",
    "",
    "Celery's broker; a folder in VOD_HOME where it is empty",
    schemes=("redis", "rediss", "filesystem"),
)
CELERY_BROKER_URL = BROKER_URL or "filesystem://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {}
if CELERY_BROKER_URL.startswith("filesystem"):
    _folder = VOD_HOME / "broker"
    for _name in ("messages", "control"):
        (_folder / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # Every process reads and writes the one folder, so "in" and "out" are the same.
        "data_folder_in": str(_folder / "messages"),
        "data_folder_out": str(_folder / "messages"),
        "control_folder": str(_folder / "control"),
        # Seconds between looks into the folder; the default of one second would be felt after an upload.
        "polling_interval": 0.25,
    }

CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_DEFAULT_QUEUE = "default"
# Work of minutes has workers of its own, so that what takes a moment never waits behind it, or expires there.
CELERY_TASK_ROUTES = {
    "transcoding.work": {"queue": "films"},
    "catalog.make_demo_film": {"queue": "films"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VOD_HOME / "beat")
CELERY_BEAT_SCHEDULE = {
    # What no message names is found by sweeping the database.
    "sweep-the-factory": {"task": "transcoding.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "settle-attachments": {"task": "catalog.settle_attachments", "schedule": 5.0, "options": {"expires": 5}},
    # Nothing to do, and quickly so, where there is no demo library or all its films are made.
    "make-demo-films": {"task": "catalog.make_demo_film", "schedule": 10.0, "options": {"expires": 10}},
    "end-dead-sessions": {"task": "playback.end_dead_sessions", "schedule": 60.0, "options": {"expires": 60}},
    "order-av1-for-watched": {
        "task": "playback.order_av1_for_watched",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "order-av1-for-all": {
        "task": "transcoding.order_av1_for_all",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "drop-stale-uploads": {
        "task": "transcoding.drop_stale_uploads",
        "schedule": 3600.0,
        "options": {"expires": 600},
    },
}
