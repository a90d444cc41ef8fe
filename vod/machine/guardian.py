"""A second process that outlives the supervisor by seconds: should it be killed with -9, this one ends its family.

It reads a pipe whose other end only the supervisor holds. A line names a process group as started (`+123`) or as
over (`-123`); the end of the pipe means that the supervisor is gone.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from vod.machine.family import end_strays, group_lives, signal_groups

GRACE_SECONDS = 5.0


class Guardian:
    """The supervisor's end of the pipe."""

    def __init__(self, mark: str) -> None:
        reader, self._writer = os.pipe()
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-I",
                "-c",
                _RUN,
                str(Path(__file__).resolve().parents[2]),
                mark,
            ],
            stdin=reader,
            start_new_session=True,
        )
        os.close(reader)

    def started(self, group: int) -> None:
        self._tell(f"+{group}\n")

    def over(self, group: int) -> None:
        self._tell(f"-{group}\n")

    def dismiss(self) -> None:
        """After an orderly stop there is nothing left to guard."""
        os.close(self._writer)
        try:
            self.process.wait(timeout=GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _tell(self, line: str) -> None:
        try:
            os.write(self._writer, line.encode("ascii"))
        except BrokenPipeError:
            # Somebody ended the guardian itself; the supervisor can do its work without one.
            return


# The supervisor's interpreter may know nothing of the checkout (-I), so it is told where the code is.
_RUN = (
    "import sys; sys.path.insert(0, sys.argv[1]); from vod.machine.guardian import watch; watch(sys.argv[2])"
)


def watch(mark: str) -> None:
    """Waits for the supervisor's end, then for its family's: TERM, some seconds, KILL."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        group = int(line[1:])
        if line.startswith("+"):
            groups.add(group)
        else:
            groups.discard(group)
    if groups:
        signal_groups(groups, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline and any(group_lives(group) for group in groups):
            time.sleep(0.05)
        signal_groups(groups, signal.SIGKILL)
    end_strays(mark)
