"""A family of fake programs under a real supervisor, and a way to ask which of its processes live."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DRIVER = Path(__file__).with_name("family_driver.py")
QUICK = {"first_pause": 0.1, "longest_pause": 0.4, "settled": 60.0, "grace": 1.0}

#: Writes its process id, and that of a child in a session of its own (as an encoder would be), then waits.
PARENT_OF_ONE = """
import os, pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
with open("pids", "a") as file:
    file.write(f"{os.getpid()}\\n{child.pid}\\n")
time.sleep(600)
"""


class Family:
    """One running supervisor; `pids` are what the fake programs wrote down."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self.process = process
        self.folder = folder

    def pids(self) -> list[int]:
        path = self.folder / "pids"
        return [int(line) for line in path.read_text().split()] if path.exists() else []

    def said(self) -> str:
        """Everything printed up to the end of the supervisor."""
        return self.process.communicate(timeout=20)[0]


def lives(pid: int) -> bool:
    """True while a process is there and is no zombie."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def wait_until(condition: Callable[[], bool], seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.02)


StartFamily = Callable[..., Family]


@pytest.fixture
def start_family(tmp_path: Path) -> Iterator[StartFamily]:
    """Starts a supervisor over `name=script` programs; whatever is left of it at the end is killed."""
    families: list[Family] = []

    def start(*, patience: dict[str, float] | None = None, **scripts: str) -> Family:
        process = subprocess.Popen(
            [
                sys.executable,
                str(DRIVER),
                str(tmp_path),
                json.dumps({**QUICK, **(patience or {})}),
                *(f"{name}={script}" for name, script in scripts.items()),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        families.append(Family(process, tmp_path))
        return families[-1]

    yield start
    for family in families:
        for pid in [family.process.pid, *family.pids()]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        family.process.communicate(timeout=20)
