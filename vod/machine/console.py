"""What a person sees while the machine is being prepared: a living line on a terminal, plain lines elsewhere."""

import os
import shutil
import sys
import time
from typing import TextIO

SPINNER = "|/-\\"
NAME_WIDTH = 22
PLAIN_INTERVAL_SECONDS = 20.0
PLAIN_WIDTH = 110


class Console:
    """Shows steps one after the other; `stream` decides whether the line may be rewritten."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.is_terminal = self.stream.isatty() and os.environ.get("TERM") != "dumb"

    def say(self, text: str = "") -> None:
        self.stream.write(text + "\n")
        self.stream.flush()

    def step(self, name: str) -> "StepLine":
        return StepLine(self, name)


class StepLine:
    """The line of one step, from the moment it begins until `done` or `failed`."""

    def __init__(self, console: Console, name: str) -> None:
        self.console = console
        self.name = name
        self.started = time.monotonic()
        self.last_plain = self.started
        self.turn = 0
        self.begun = False

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def begin(self) -> None:
        """Says that the step takes a while; a step that is over at once needs only `done`."""
        if not self.console.is_terminal and not self.begun:
            self.console.say(f"  {self.name} ...")
        self.begun = True

    def tick(self, detail: str = "") -> None:
        """Shows that the step is alive. Cheap enough to call several times a second."""
        if self.console.is_terminal:
            self.turn += 1
            text = f"{SPINNER[self.turn % 4]} {self.name:<{NAME_WIDTH}} {self.seconds:4.0f} s  {detail}"
            width = shutil.get_terminal_size().columns - 1
            self._rewrite(text[:width])
        elif time.monotonic() - self.last_plain >= PLAIN_INTERVAL_SECONDS:
            self.last_plain = time.monotonic()
            self.console.say(f"  {self.name} ... {self.seconds:.0f} s  {detail}"[:PLAIN_WIDTH].rstrip())

    def done(self, note: str = "") -> None:
        self._end("+", note or f"{self.seconds:.1f} s")

    def failed(self) -> None:
        self._end("x", f"failed after {self.seconds:.0f} s")

    def _end(self, mark: str, note: str) -> None:
        if self.console.is_terminal:
            self._rewrite("")
        self.console.say(f"{mark} {self.name:<{NAME_WIDTH}} {note}")

    def _rewrite(self, text: str) -> None:
        self.console.stream.write("\r\x1b[2K" + text)
        self.console.stream.flush()
