"""Addresses of pictures: `/images/<signature>/<key>`, handed out only to those who may see what they show."""

import base64

from django.utils.crypto import constant_time_compare, salted_hmac

# 132 bits of HMAC-SHA256, which is more than a guesser can try.
_LENGTH = 22


def signature(key: str) -> str:
    """What an address of `key` has to carry: base64url, without padding."""
    digest = salted_hmac("lantern.images", key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode()[:_LENGTH]


def is_signed(key: str, given: str) -> bool:
    """Whether `given` is the signature of `key`; takes the same time for every wrong one."""
    return constant_time_compare(given.encode("utf-8", "replace"), signature(key).encode())


def image_url(key: str) -> str:
    """The path at which the picture `key` is served."""
    return f"/images/{signature(key)}/{key}"
