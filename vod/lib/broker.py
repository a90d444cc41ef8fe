"""Redis as a broker of hints: what was taken from it is not kept account of, and never put back.

A message only says that there is work (docs/adr/0001), so one that is lost with its worker costs seconds until
the sweep. Kombu's own transport wants to put back what running tasks hold when a connection breaks; with tasks of
minutes that would be given out twice, and in 5.7 it raises AttributeError where the first attempt failed with the
connection, which ends the worker and all that it was at.
"""

from typing import Any

from kombu.transport import TRANSPORT_ALIASES
from kombu.transport import redis as kombu_redis

_Channel: Any = kombu_redis.Channel
_Transport: Any = kombu_redis.Transport


class Channel(_Channel):  # type: ignore[misc]
    """A channel that forgets a message when it hands it out."""

    ack_emulation = False
    do_restore = False


class Transport(_Transport):  # type: ignore[misc]
    Channel = Channel


def use_for_redis() -> None:
    """From here on, addresses that begin with redis: or rediss: are spoken to by this transport."""
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = f"{__name__}:Transport"
