"""The product's settings with segments for anybody beside its own addresses."""

from vod.settings import *  # noqa: F403 - all of it, as the product does

ROOT_URLCONF = "tests.bench.unguarded_urls"
# Two hundred accounts are made, and nobody signs in.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
