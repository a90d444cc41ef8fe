"""Celery: messages that only say there is work. The queue of record is the database."""

from pathlib import Path
from typing import Any

from kombu import Exchange, Queue

from vod.settings.core import VOD_HOME
from vod.settings.env import env
from vod.settings.shared import REDIS_PREFIX

BROKER_URL = env.address(
    "BROKER_URL",
    "",
    "Celery's broker; a folder in VOD_HOME where it is empty",
    schemes=("redis", "rediss", "filesystem"),
)
CELERY_BROKER_URL = BROKER_URL or "filesystem://"


def transport_options(broker: str, *, folder: Path, prefix: str) -> dict[str, Any]:
    """How Celery speaks to a broker: through `folder`, which is made, or with a Redis where names begin with `prefix`."""
    if broker.startswith("filesystem"):
        for name in ("messages", "control"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        return {
            # Every process reads and writes the one folder, so "in" and "out" are the same.
            "data_folder_in": str(folder / "messages"),
            "data_folder_out": str(folder / "messages"),
            "control_folder": str(folder / "control"),
            # Seconds between looks into the folder; the default of one second would be felt after an upload.
            "polling_interval": 0.25,
        }
    return {
        "global_keyprefix": f"{prefix}:",
        # Seconds. All that Redis does for us takes a moment; who waits longer waits for nothing.
        "socket_connect_timeout": 1,
        "socket_timeout": 1,
        "socket_keepalive": True,
        # Retries of a single send. A message is a hint, and a page must not wait for it; workers come back by
        # themselves all the same (BROKER_CONNECTION_RETRY).
        "max_retries": 0,
    }


CELERY_BROKER_TRANSPORT_OPTIONS = transport_options(
    CELERY_BROKER_URL, folder=VOD_HOME / "broker", prefix=REDIS_PREFIX
)

CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_DEFAULT_QUEUE = "default"
# The lanes of the factory (transcoding/queue.py), and what takes a moment. A worker serves all of them unless it is
# told which; work of minutes has workers of its own, so that nothing short waits behind it, or expires there.
QUEUES = ("urgent", "first", "ladder", "thumbnails", "background", "default")
CELERY_TASK_QUEUES = [Queue(name, Exchange(name), routing_key=name) for name in QUEUES]
CELERY_TASK_ROUTES = {
    "catalog.make_demo_film": {"queue": "background"},
    "catalog.make_missing_copies": {"queue": "background"},
    "playback.make_neighbours": {"queue": "background"},
}
# One message for each free process and none in reserve: what waits may be taken by whoever is free first.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# A broker that is away is waited for without end, and what runs meanwhile goes on: it needs the database alone.
CELERY_BROKER_CONNECTION_RETRY = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VOD_HOME / "beat")
CELERY_BEAT_SCHEDULE = {
    # What no message names is found by sweeping the database.
    "sweep-the-factory": {"task": "transcoding.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "settle-attachments": {"task": "catalog.settle_attachments", "schedule": 5.0, "options": {"expires": 5}},
    # Nothing to do, and quickly so, where there is no demo library or all its films are made.
    "make-demo-films": {"task": "catalog.ask_for_demo_film", "schedule": 10.0, "options": {"expires": 10}},
    # Of pictures from before there were copies; one look where there are none.
    "make-missing-copies": {
        "task": "catalog.make_missing_copies",
        "schedule": 600.0,
        "options": {"expires": 300},
    },
    "erase-due-accounts": {"task": "accounts.erase_due", "schedule": 600.0, "options": {"expires": 300}},
    "end-dead-sessions": {"task": "playback.end_dead_sessions", "schedule": 60.0, "options": {"expires": 60}},
    "drop-old-quality": {
        "task": "playback.drop_old_quality",
        "schedule": 3600.0,
        "options": {"expires": 600},
    },
    "look-for-new-titles": {
        "task": "playback.look_for_new_titles",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "refresh-popularity": {
        "task": "playback.refresh_popularity",
        "schedule": 600.0,
        "options": {"expires": 300},
    },
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
    "order-previews": {
        "task": "transcoding.order_previews",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "drop-stale-uploads": {
        "task": "transcoding.drop_stale_uploads",
        "schedule": 3600.0,
        "options": {"expires": 600},
    },
}
