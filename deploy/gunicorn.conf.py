"""The web role under gunicorn: `gunicorn --config deploy/gunicorn.conf.py vod.wsgi:application`.

Settings are read here too, in the first process: one that is wrong ends the start with its sentence, where workers would be
started for ever.
"""

import os
import signal
import sys
import threading
from types import FrameType
from typing import Any

from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vod.settings")

try:
    from vod import settings
except ImproperlyConfigured as refusal:
    print(refusal, file=sys.stderr)
    sys.exit(2)

from vod.lib.leaving import is_leaving, say_leaving
from vod.lib.metrics import forget_process
from vod.machine.programs import WEB_CONNECTIONS

_host = f"[{settings.WEB_HOST}]" if ":" in settings.WEB_HOST else settings.WEB_HOST
bind = f"{_host}:{settings.WEB_PORT}"
worker_class = "gthread"
workers = settings.WEB_PROCESSES
threads = settings.WEB_THREADS
# Of each process of the asynchronous role; slow clients cost little.
worker_connections = WEB_CONNECTIONS
# A process that hangs whole; a slow request is its thread's business.
timeout = 60
# Longer than any ordinary request: what is in hand at TERM is answered.
graceful_timeout = settings.WEB_GRACE_SECONDS
# Longer than nginx keeps an idle connection to us, so that it never sends a request into one that closes.
keepalive = 75
# A worker's heartbeat; a disk may stop for longer than a worker may be silent.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112
# Addresses of media carry tokens, so requests are logged by the application, which hides them.
accesslog = None
control_socket_disable = True
loglevel = settings.LOG_LEVEL.lower()
logconfig_dict: dict[str, Any] = {
    **settings.LOGGING,
    "loggers": {
        **settings.LOGGING["loggers"],
        "gunicorn.error": {"handlers": [], "level": settings.LOG_LEVEL, "propagate": True},
    },
}


def when_ready(server: Any) -> None:
    """From here on TERM is told to balancers first (`/readyz` says 503), and closes the door a little later."""
    close = signal.getsignal(signal.SIGTERM)

    def leave(number: int, frame: FrameType | None) -> None:
        if settings.WEB_LEAVE_SECONDS and not is_leaving():
            say_leaving()
            server.log.info("leaving in %s s", settings.WEB_LEAVE_SECONDS)
            again = threading.Timer(settings.WEB_LEAVE_SECONDS, os.kill, (os.getpid(), signal.SIGTERM))
            again.daemon = True
            again.start()
        elif callable(close):
            close(number, frame)

    signal.signal(signal.SIGTERM, leave)


def child_exit(_server: Any, worker: Any) -> None:
    forget_process(worker.pid)
