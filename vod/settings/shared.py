"""What all processes share beside the database: the cache."""

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
