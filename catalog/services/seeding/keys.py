"""Keys as `vod.lib.rows` makes them, but the same ones for the same dice."""

import random
from datetime import datetime
from uuid import UUID

_VERSION = 7 << 76
_VARIANT = 2 << 62


def key_at(dice: random.Random, at: datetime) -> UUID:
    """A UUIDv7 of that time (RFC 9562, section 5.7)."""
    bits = dice.getrandbits(74)
    return UUID(
        int=int(at.timestamp() * 1000) << 80 | _VERSION | (bits >> 62) << 64 | _VARIANT | bits & (1 << 62) - 1
    )
