"""What all processes share beside the database: cache and logs."""

from vod.settings.core import VOD_HOME
from vod.settings.env import env

REDIS_URL = env.address(
    "REDIS_URL", "", "Cache and limits; the disk of VOD_HOME where it is empty", schemes=("redis", "rediss")
)
REDIS_PREFIX = env.text(
    "REDIS_PREFIX", "lantern", "Begins every name in Redis; installations that share a server need one each"
)
# Sessions, attempts and all that must not be lost are in the database: a cache may be empty at any moment.
CACHES = {
    "default": (
        {
            "BACKEND": "vod.lib.cache.backends.OpenRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": f"{REDIS_PREFIX}:cache",
        }
        if REDIS_URL
        else {
            "BACKEND": "vod.lib.cache.backends.FileCache",
            "LOCATION": str(VOD_HOME / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    )
}

LOG_LEVEL = env.choice(
    "LOG_LEVEL", "INFO", "Least level that is logged", of=("DEBUG", "INFO", "WARNING", "ERROR")
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "vod.lib.logs.RequestIdFilter"},
        "secrets": {"()": "vod.lib.logs.SecretsFilter"},
    },
    "formatters": {"line": {"()": "vod.lib.logs.LineFormatter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id", "secrets"],
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.db.backends": {"level": "WARNING"},
        "botocore": {"level": "WARNING"},
        "PIL": {"level": "WARNING"},
    },
}
