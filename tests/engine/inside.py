"""Python as a tool in the sandbox."""

import os
import sys
from pathlib import Path

from transcoding.engine.ffmpeg import Completed, Limits, Sandbox, run

ROOT = Path(__file__).resolve().parents[2]
PYTHON = os.path.realpath(sys.executable)
LIBRARY = Path(sys.base_prefix)


def python(
    code: str, walls: Sandbox, *words: str | Path, limits: Limits | None = None, **options: object
) -> Completed:
    reads = [LIBRARY, *options.pop("reads", ())]  # type: ignore[misc]
    return run(
        [PYTHON, "-I", "-S", "-c", code, *map(str, words)],
        limits=limits or Limits(wall_seconds=20),
        sandbox=walls,
        reads=reads,
        **options,  # type: ignore[arg-type]
    )


def said(completed: Completed) -> list[str]:
    assert completed.returncode == 0, completed.tail
    return completed.stdout.decode().split("\n")[:-1]
