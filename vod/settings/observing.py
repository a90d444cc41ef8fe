"""What an installation tells of itself: log lines and metrics."""

import sys
from pathlib import Path
from typing import Any

from vod.settings.core import PRODUCTION, VOD_HOME
from vod.settings.env import env

METRICS_TOKEN = env.secret(
    "METRICS_TOKEN", "Bearer token that /metrics asks for; this machine alone where it is empty"
)
METRICS_PORT = env.whole(
    "METRICS_PORT", 0, "Port at which a worker tells its own metrics; none where it is 0", most=65535
)
_FOLDER = env.folder(
    "METRICS_FOLDER", VOD_HOME / "metrics", "Folder in which the processes of a machine count together"
)
# Of the processes of a server or a worker; a command counts for nobody but itself.
_PROGRAM = Path(sys.argv[0])
_SHARES = {"gunicorn", "celery"} & {_PROGRAM.stem, _PROGRAM.parent.name}
METRICS_FOLDER = _FOLDER if _SHARES else None

LOG_LEVEL = env.choice(
    "LOG_LEVEL", "INFO", "Least level that is logged", of=("DEBUG", "INFO", "WARNING", "ERROR")
)
LOG_FORMAT = env.choice(
    "LOG_FORMAT",
    "json" if PRODUCTION else "line",
    "Form of log lines: for people, or one JSON object each",
    of=("line", "json"),
)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    # All settings have been read when this is called; those that are secret never get into a line.
    "formatters": {"chosen": {"()": f"vod.lib.logs.{LOG_FORMAT}_formatter", "secrets": env.secrets}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "chosen"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.db.backends": {"level": "WARNING"},
        "botocore": {"level": "WARNING"},
        "PIL": {"level": "WARNING"},
    },
}
