"""The commands of `python -m vod.machine`, and what a person reads when one cannot go on."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Mapping

from vod.machine import quality
from vod.machine.console import Console
from vod.machine.errors import Problem
from vod.machine.layout import Layout, find_layout
from vod.machine.run import run

Command = Callable[[Layout, Mapping[str, str], Console], int]


def clean(layout: Layout, outer: Mapping[str, str], console: Console) -> int:
    """Removes what set-up made; the data in `VOD_HOME` stays."""
    made = [layout.venv, layout.root / "build", layout.frontend / "node_modules", layout.frontend / "dist"]
    for folder in made:
        shutil.rmtree(folder, ignore_errors=True)
    console.say(f"Removed the environment and the build. The library in {layout.home} is as it was.")
    return 0


COMMANDS: dict[str, Command] = {
    "run": run,
    "test": quality.test,
    "check": quality.check,
    "bench": quality.bench,
    "format": quality.tidy,
    "lock": quality.lock,
    "schema": quality.schema,
    "clean": clean,
}


def main(arguments: list[str]) -> int:
    """Runs one command. Returns its status: 1 for a problem, 130 when it was interrupted."""
    command = COMMANDS.get(arguments[0]) if len(arguments) == 1 else None
    if command is None:
        sys.stderr.write(f"Name one of: {', '.join(COMMANDS)}.\n")
        return 2
    # TERM and a closed terminal end the set-up as Ctrl-C does: through the code that leaves nothing behind.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        return command(find_layout(os.environ), os.environ, Console())
    except Problem as problem:
        for line in problem.details:
            sys.stderr.write(f"    {line}\n")
        sys.stderr.write(problem.sentence + "\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. The same command goes on from here.\n")
        return 130


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
