"""Values that are costly to find, found once for everybody: by all processes of all machines together.

Works on every cache of Django whose `add` succeeds for one of many. Nothing here raises because of a cache, and
nothing is right only because of it: without one each asker computes for itself.
"""

import math
import random
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import transaction

T = TypeVar("T")

_dice = random.SystemRandom()

# Seconds. Whoever computes for longer than the first is taken for dead; who waits for longer than the second computes.
_LONGEST_MAKING = 20
_PATIENCE = 5.0
_FIRST_LOOK = 0.005
_LONGEST_LOOK = 0.05
_EDITION_SECONDS = 30 * 24 * 3600


def _for_good(_value: Any) -> float:
    return math.inf


def remembered(
    key: str,
    make: Callable[[], T],
    *,
    fresh: float,
    grace: float = 0.0,
    until: Callable[[T], float] = _for_good,
) -> T:
    """The value of `key`, by `make()` where nobody has made it within the last `fresh` seconds.

    Of all who ask at the same time one makes it. The others wait for it, or, for `grace` seconds more, take the old
    one. Values are what JSON can say: others get it back that way. `key` is a short word without spaces that names all
    that the value depends on. Times vary by a tenth, so that what was made together does not end together. `until`
    answers when (epoch, seconds) a value ends for certain, whatever the other two say.
    """
    found = _find(key)
    if found is not None and found[0] > time.time():
        return found[1]  # type: ignore[no-any-return]
    give_up = time.monotonic() + _PATIENCE
    pause = _FIRST_LOOK
    while time.monotonic() < give_up:
        with alone(f"{key}:making", seconds=_LONGEST_MAKING) as mine:
            if mine:
                # Somebody may have been done between our look and our turn.
                newer = _find(key)
                if newer is not None and newer[0] > time.time():
                    return newer[1]  # type: ignore[no-any-return]
                return _make(key, make, fresh, grace, until)
        if found is not None:
            return found[1]  # type: ignore[no-any-return]
        time.sleep(pause * _dice.uniform(0.5, 1.5))
        pause = min(pause * 2, _LONGEST_LOOK)
        newer = _find(key)
        if newer is not None:
            return newer[1]  # type: ignore[no-any-return]
    return _make(key, make, fresh, grace, until)


def _make(key: str, make: Callable[[], T], fresh: float, grace: float, until: Callable[[T], float]) -> T:
    value = make()
    now = time.time()
    lasts, rest = fresh * _dice.uniform(0.9, 1.1), until(value) - now
    if rest > 0:
        cache.set(key, [now + min(lasts, rest), value], timeout=min(lasts + grace + 1, rest))
    return value


def _find(key: str) -> tuple[float, Any] | None:
    found = cache.get(key)
    if isinstance(found, list) and len(found) == 2:
        return float(found[0]), found[1]
    return None


@contextmanager
def alone(name: str, *, seconds: int) -> Iterator[bool]:
    """True where nobody else is at `name`, for at most `seconds`; True too where the cache is away.

    Spares work; what must not happen twice needs more than this.
    """
    mine = bool(cache.add(name, 1, timeout=seconds))
    try:
        yield mine
    finally:
        if mine:
            cache.delete(name)


def edition(name: str) -> str:
    """A word that changes with `new_edition`: part of the keys of all that depends on `name`."""
    found = cache.get(_edition(name))
    if isinstance(found, str):
        return found
    mine = secrets.token_hex(8)
    # After a flush many find none; they must agree on one.
    if cache.add(_edition(name), mine, timeout=_EDITION_SECONDS):
        return mine
    found = cache.get(_edition(name))
    return found if isinstance(found, str) else mine


def new_edition(name: str) -> None:
    """Nothing is found any more that was kept under `edition(name)`.

    At once, for who reads in the current transaction, and again when it is committed: others may have kept, between
    the two, what they saw from outside.
    """
    _renew(name)
    if transaction.get_connection().in_atomic_block:
        transaction.on_commit(partial(_renew, name), robust=True)


def _renew(name: str) -> None:
    cache.set(_edition(name), secrets.token_hex(8), timeout=_EDITION_SECONDS)


def _edition(name: str) -> str:
    return f"edition:{name}"
