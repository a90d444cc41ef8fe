"""Addresses of pictures: `/images/<signature>/<key>`, handed out only to those who may see what they show."""

import base64
import hmac
from functools import lru_cache

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

# 132 bits of HMAC-SHA256, which is more than a guesser can try.
_LENGTH = 22


def signature(key: str) -> str:
    """What an address of `key` has to carry: base64url, without padding."""
    signing = _keyed(settings.SECRET_KEY).copy()
    signing.update(key.encode())
    digest = signing.digest()
    return base64.urlsafe_b64encode(digest).decode()[:_LENGTH]


@lru_cache(maxsize=2)
def _keyed(secret: str) -> hmac.HMAC:
    """The HMAC before its message: a page shows hundreds of pictures, and each would derive the same key anew."""
    return salted_hmac("lantern.images", "", secret=secret, algorithm="sha256")


def is_signed(key: str, given: str) -> bool:
    """Whether `given` is the signature of `key`; takes the same time for every wrong one."""
    return constant_time_compare(given.encode("utf-8", "replace"), signature(key).encode())


def image_url(key: str) -> str:
    """The path at which the picture `key` is served."""
    return f"/images/{signature(key)}/{key}"
