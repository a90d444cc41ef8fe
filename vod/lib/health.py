"""Whether this process can serve: each thing that it needs is tried, and the answer comes in time whatever hangs.

A try runs in a thread of its own, never more than one for each thing, and what it found is remembered for a moment: a
flood of questions starts no more work than one question, and a dependency that hangs holds one thread.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

OK = "ok"
#: Of a thing that the product cannot do without.
DOWN = "down"
#: Of a thing without which it goes on, slower.
DEGRADED = "degraded"
DEADLINE_SECONDS = 1.5
_REMEMBERED_SECONDS = 1.0


@dataclass
class Dependency:
    """One thing by name; `attempt` raises where it cannot be used, and is called in a thread of its own.

    `after` is called in that thread when the attempt is over, to give back what it holds.
    """

    name: str
    attempt: Callable[[], None]
    required: bool = True
    after: Callable[[], None] = lambda: None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _news: threading.Event = field(default_factory=threading.Event)
    _running: bool = False
    _word: str = ""
    _began: float = 0.0
    _asked: float = 0.0

    @property
    def fault(self) -> str:
        """How it is told of where it cannot be used."""
        return DOWN if self.required else DEGRADED

    def begin(self) -> None:
        """Starts a try unless one is under way or has just ended."""
        with self._lock:
            if self._running or (self._word and time.monotonic() - self._asked < _REMEMBERED_SECONDS):
                return
            self._running, self._news, self._began = True, threading.Event(), time.monotonic()
        try:
            threading.Thread(
                target=self._try, args=(self._news,), name=f"health-{self.name}", daemon=True
            ).start()
        except RuntimeError:
            # No more threads are to be had: the next one who asks tries again.
            with self._lock:
                self._running, self._word = False, self.fault
            self._news.set()

    def answer(self, seconds: float) -> str:
        """`ok`, or `fault` where it failed or has not answered so long after its try began.

        Who comes while one hangs is not made to wait for it too.
        """
        if not self._news.wait(max(0.0, self._began + seconds - time.monotonic())):
            self._say(self.fault, "no answer in time")
            return self.fault
        return self._word

    def _try(self, news: threading.Event) -> None:
        trouble = ""
        try:
            self.attempt()
        except Exception as error:  # noqa: BLE001 - of whatever kind: it cannot be used
            trouble = f"{type(error).__name__}: {error}"
        word = self.fault if trouble else OK
        self._say(word, trouble)
        with self._lock:
            self._word, self._asked, self._running = word, time.monotonic(), False
        news.set()
        self.after()

    def _say(self, word: str, trouble: str) -> None:
        # The reason is for the log alone: a stranger who asks learns names and no addresses. Once a change.
        if word != self._word:
            level = logging.INFO if word == OK else logging.WARNING
            log.log(level, "%s is %s%s", self.name, word, f": {trouble}" if trouble else "")
            if word != OK:
                self._word = word


def ask(dependencies: Sequence[Dependency], *, seconds: float = DEADLINE_SECONDS) -> dict[str, str]:
    """A word for each by name, after `seconds` at the latest."""
    for dependency in dependencies:
        dependency.begin()
    return {dependency.name: dependency.answer(seconds) for dependency in dependencies}


def can_serve(found: dict[str, str]) -> bool:
    """Whether nothing is missing that the product cannot do without."""
    return DOWN not in found.values()
