"""Whether an S3 keeps to `If-None-Match: *` when it matters: at the end of a write, not at its beginning.

Amazon, Ceph and their like let the first write win that ends. OpenStack Swift looks when a write begins, so that
a writer who was stopped in the middle replaces, on waking up, what another has written meanwhile. The
trial is just that: a write whose body pauses until another one has ended.
"""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

_HALF = 64 * 1024
SLOW, QUICK, LATE = b"s" * (2 * _HALF), b"q" * 16, b"l" * 16

#: Puts bytes or a file on the condition that there is no such object; False where it is refused.
Put = Callable[[Any, int], bool]


def first_end_wins(put: Put, read: Callable[[], bytes], *, events: Any) -> bool:
    """Tries it on one key. `events` are those of the client that `put` uses, and nobody else's meanwhile."""
    quick: list[bool] = []
    failures: list[BotoCoreError | ClientError] = []

    def go_first() -> None:
        # From here it would come back as a failure of the other write's connection.
        try:
            quick.append(put(QUICK, len(QUICK)))
        except (BotoCoreError, ClientError) as error:
            failures.append(error)

    body = _Pausing(go_first)
    events.register("before-send.s3.PutObject", body.is_sent)
    try:
        slow = put(body, len(SLOW))
    finally:
        events.unregister("before-send.s3.PutObject", body.is_sent)
    if failures:
        raise failures[0]
    return (quick, slow, put(LATE, len(LATE)), read()) == ([True], False, False, QUICK)


class _Pausing:
    """A body that lets somebody else go first when half of it is on its way.

    Before it is sent, it is read for its checksum; that does not count.
    """

    def __init__(self, pause: Callable[[], None]) -> None:
        self._pause = pause
        self._at = 0
        self._sent = False
        self._paused = False

    def is_sent(self, **_context: object) -> None:
        self._sent = True

    def __len__(self) -> int:
        return len(SLOW)

    def read(self, size: int = -1) -> bytes:
        if self._sent and not self._paused and self._at >= _HALF:
            self._paused = True
            self._pause()
        end = len(SLOW) if size is None or size < 0 else self._at + size
        block = SLOW[self._at : min(end, self._at + _HALF)]
        self._at += len(block)
        return block

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = {0: 0, 1: self._at, 2: len(SLOW)}[whence] + offset
        return self._at

    def tell(self) -> int:
        return self._at
