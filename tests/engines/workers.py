"""Real Celery workers, with the product's settings, on a broker of the test's choice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_SECONDS = 30.0


class Crew:
    """One worker with its pool, and a sender of messages, in a home of their own."""

    def __init__(self, home: Path, broker: str, *options: str, **settings: str) -> None:
        self.home = home
        self.notes = home / "notes"
        self.notes.mkdir(parents=True, exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("VOD_", "DJANGO_"))}
        self.env = {**kept, "VOD_HOME": str(home), "BROKER_URL": broker, **settings}
        self.log = home / "worker.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "celery", "-A", "tests.engines.messages_app", "worker"),
                    *("--loglevel=INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"),
                    *options,
                ],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def is_ready(self) -> bool:
        return " ready." in self.said()

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def children(self) -> list[int]:
        """The processes of its pool."""
        # A process is listed below the thread that made it.
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(pid) for path in threads for pid in path.read_text().split()]

    def has(self, *words: str) -> bool:
        """Whether tasks left all of these words."""
        return all((self.notes / word).exists() for word in words)

    def stop(self) -> None:
        """Ends it in order, or with force after a while."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@contextmanager
def crew(home: Path, broker: str, *options: str, **settings: str) -> Iterator[Crew]:
    """A worker that is ready; ended afterwards."""
    made = Crew(home, broker, *options, **settings)
    try:
        wait_for(made.is_ready, "the worker", made)
        yield made
    finally:
        made.stop()


def wait_for(holds: Callable[[], bool], what: str, made: Crew, seconds: float = _PATIENCE_SECONDS) -> None:
    """Waits until `holds()`; raises AssertionError that names `what`, with the worker's last words."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:g} s in vain for {what}\n{made.said()[-4000:]}")
        time.sleep(0.05)
