"""One object read by range, as little as possible ahead of whoever reads it.

What is read once lies in blocks on the disk for all workers of the machine (`blocks.py`). Who reads on and on gets the next
blocks before asking, more of them whenever he had to wait; who jumps about gets single blocks.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import IO

from botocore.exceptions import BotoCoreError
from urllib3.exceptions import HTTPError

from vod.lib.storage.blocks import BLOCK_BYTES, Claim, Kept
from vod.lib.storage.store import StoreError

log = logging.getLogger(__name__)

# Blocks in a row after which somebody reads on and on, and how many are brought ahead of him: at most so many, and at
# most this part of what he has read in a row.
_STEADY = 2
_MOST_AHEAD = 8
_SHARE_AHEAD = 4
_TRIES = 6
_GOODBYE_SECONDS = 1.0

#: The object's bytes from the first to the last one named, as a stream.
OpenStretch = Callable[[int, int], IO[bytes]]


class ByRange:
    """Reads one object through its blocks. Raises OSError where the store cannot."""

    def __init__(self, size: int, kept: Kept, open_stretch: OpenStretch) -> None:
        self.size = size
        self._kept = kept
        self._open_stretch = open_stretch
        self._lock = threading.Lock()
        # By block that would be next in a row: how many came before it, and how many are brought ahead of it.
        self._rows: dict[int, tuple[int, int]] = {}
        self._ahead: threading.Thread | None = None
        self._closed = False

    def read(self, first: int, length: int) -> bytes:
        number, at = divmod(first, BLOCK_BYTES)
        length = min(length, self._kept.length_of(number) - at)
        data = self._kept.read(number, at, length)
        self._look_ahead(number, had_to_wait=data is None)
        while data is None:
            claim = self._kept.claim(number, wait=True)
            if claim is not None:
                data = self._bring(number, [claim])[at : at + length]
            else:
                data = self._kept.read(number, at, length)
        return data

    def close(self) -> None:
        """Nothing more is brought from here on; what a silent store owes still is not waited for."""
        self._closed = True
        if self._ahead is not None:
            self._ahead.join(_GOODBYE_SECONDS)

    def _look_ahead(self, number: int, *, had_to_wait: bool) -> None:
        with self._lock:
            row, depth = self._rows.pop(number, (0, 1))
            if had_to_wait:
                # Never much of what he has read so far: where he stops, it was for nothing.
                depth = min(2 * depth, max(1, row // _SHARE_AHEAD), _MOST_AHEAD)
            # Whoever reads a block bit by bit has been here before.
            self._rows.setdefault(number + 1, (row + 1, depth))
            if row < _STEADY or self._closed or (self._ahead is not None and self._ahead.is_alive()):
                return
            end = min(number + 1 + depth, self._kept.count)
            start = next((one for one in range(number + 1, end) if not self._kept.has(one)), end)
            # In one request what half of the way is worth.
            if end - start > depth // 2:
                count = end - start
                self._ahead = threading.Thread(
                    target=self._bring_ahead, args=(start, count), name="read ahead", daemon=True
                )
                self._ahead.start()

    def _bring_ahead(self, number: int, count: int) -> None:
        claims: list[Claim] = []
        for one in range(number, number + count):
            claim = self._kept.claim(one)
            if claim is None:
                break
            claims.append(claim)
        try:
            if claims:
                self._bring(number, claims)
        except OSError as error:
            # Whoever needs it asks again, and is told.
            log.debug("nothing was read ahead: %s", error)

    def _bring(self, number: int, claims: list[Claim]) -> bytes:
        """Brings blocks from `number` on; the first one's bytes. Goes on from where a connection was cut."""
        first_one, data = b"", bytearray()
        done = failures = 0
        last = min((number + len(claims)) * BLOCK_BYTES, self.size) - 1
        with ExitStack() as left:
            held = [left.enter_context(_Held(claim)) for claim in claims]
            while done < len(claims) and not (self._closed and done):
                try:
                    with self._open_stretch((number + done) * BLOCK_BYTES + len(data), last) as stream:
                        while done < len(claims) and not (self._closed and done):
                            _read_whole(stream, data, self._kept.length_of(number + done))
                            failures = 0
                            held[done].keep(data)
                            first_one = first_one if done else bytes(data)
                            data.clear()
                            done += 1
                except (BotoCoreError, HTTPError, _Cut) as error:
                    failures += 1
                    if failures == _TRIES or self._closed:
                        raise StoreError(f"the store cuts the film off again and again: {error}") from error
                    log.warning("the store cut the connection: %s", error)
                    time.sleep(0.05 * 2**failures)
        return first_one


class _Cut(Exception):
    """A body ended early."""


class _Held:
    """A claim that is let go of at the end unless its block is kept."""

    def __init__(self, claim: Claim) -> None:
        self._claim: Claim | None = claim

    def keep(self, data: bytearray) -> None:
        if self._claim is not None:
            claim, self._claim = self._claim, None
            claim.keep(data)

    def __enter__(self) -> "_Held":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._claim is not None:
            self._claim.let_go()


def _read_whole(stream: IO[bytes], data: bytearray, length: int) -> None:
    """Fills `data` up to `length`; what came before a cut stays in it."""
    while len(data) < length:
        piece = stream.read(min(256 * 1024, length - len(data)))
        if not piece:
            raise _Cut(f"{length - len(data)} bytes are missing")
        data += piece
