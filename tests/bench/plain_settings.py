"""The product's settings with the addresses of `plain_api` beside its own."""

from vod.settings import *  # noqa: F403 - all of it, as the product does

ROOT_URLCONF = "tests.bench.plain_urls"
