"""What all processes share beside the database: the cache."""

from vod.settings.core import VOD_HOME
from vod.settings.env import env

REDIS_URL = env.address(
    "REDIS_URL", "", "Cache and limits; the disk of VOD_HOME where it is empty", schemes=("redis", "rediss")
)
REDIS_PREFIX = env.text(
    "REDIS_PREFIX", "lantern", "Begins every name in Redis; installations that share a server need one each"
)
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(VOD_HOME / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    )
}
