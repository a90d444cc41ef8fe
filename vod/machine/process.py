"""Runs one tool of the set-up (pip, npm, manage.py): its own process group, its last lines kept, nothing left behind."""

import os
import selectors
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from vod.machine.console import StepLine
from vod.machine.errors import Problem

KEPT_LINES = 400
SHOWN_LINES = 20
TICK_SECONDS = 0.2

#: Turns a failed tool's output into a sentence, or None when the cause is not one we know.
Diagnosis = Callable[[str], str | None]


def answer_of(argv: Sequence[str], env: Mapping[str, str] | None = None) -> str | None:
    """What a program prints; None where it cannot be started, fails, or takes longer than 30 s."""
    try:
        answer = subprocess.run(
            list(argv),
            env=None if env is None else dict(env),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None


@dataclass(frozen=True)
class Tool:
    """One command of the set-up. `advice` is what to do when it fails for a reason nobody foresaw."""

    argv: Sequence[str]
    cwd: Path
    env: Mapping[str, str]
    advice: str
    diagnose: Diagnosis = lambda output: None


def run_tool(tool: Tool, line: StepLine) -> list[str]:
    """Runs to the end and returns the last lines of its output (both streams, at most 400).

    Raises Problem when the tool cannot be started or ends with anything but 0.
    """
    line.begin()
    lines: deque[str] = deque(maxlen=KEPT_LINES)
    try:
        process = subprocess.Popen(
            list(tool.argv),
            cwd=tool.cwd,
            env=dict(tool.env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        line.failed()
        raise Problem(f"{tool.argv[0]} cannot be started ({error.strerror}). {tool.advice}") from error
    try:
        assert process.stdout is not None
        with process.stdout as pipe:
            _follow(pipe, lines, line)
        status = process.wait()
    finally:
        end_group(process)
    if status == 0:
        return list(lines)
    line.failed()
    output = "\n".join(lines)
    known = full_disk(output) or tool.diagnose(output)
    if known:
        raise Problem(known)
    raise Problem(tool.advice, details=list(lines)[-SHOWN_LINES:])


def full_disk(output: str) -> str | None:
    if "No space left on device" in output or "ENOSPC" in output:
        return (
            "The disk is full. Free about 2 GB here (and in the folder for temporary files), then try again."
        )
    return None


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Ends the tool and everything it started, first kindly."""
    for number, patience in ((signal.SIGTERM, 3.0), (signal.SIGKILL, 3.0)):
        try:
            os.killpg(process.pid, number)
        except (ProcessLookupError, PermissionError):
            break
        deadline = time.monotonic() + patience
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
    process.wait()


def _follow(pipe: IO[bytes], lines: deque[str], line: StepLine) -> None:
    waiting = b""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            if selector.select(TICK_SECONDS):
                data = os.read(pipe.fileno(), 65536)
                if not data:
                    break
                *whole, waiting = (waiting + data).replace(b"\r", b"\n").split(b"\n")
                lines.extend(text for raw in whole if (text := raw.decode("utf-8", "replace").rstrip()))
            line.tick(lines[-1].strip() if lines else "")
    if waiting:
        lines.append(waiting.decode("utf-8", "replace"))
