"""The product's Celery application with two small tasks more, for workers that tests start."""

import os
import time
from pathlib import Path

from vod.celery import app

__all__ = ["app"]


@app.task(name="tests.note", acks_late=True)
def note(folder: str, word: str) -> None:
    """Leaves a file `word` that holds the number of the process that did it."""
    path = Path(folder) / word
    unfinished = path.with_name(f".{word}.{os.getpid()}")
    unfinished.write_text(str(os.getpid()))
    unfinished.rename(path)


@app.task(name="tests.wait", acks_late=True)
def wait(folder: str, word: str) -> None:
    """Leaves `word` and then holds its process until `word.go` is there."""
    note(folder, word)
    while not (Path(folder) / f"{word}.go").exists():
        time.sleep(0.05)
    note(folder, f"{word}.done")
