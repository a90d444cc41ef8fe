"""Looks at an installation ten times a second and writes down what must never happen."""

import sqlite3
import threading
import time
from pathlib import Path

from tests.faults.processes import Process, tools
from tests.faults.world import World

# A tool ends within 2 s of its worker; the rest is what looking costs on a busy machine.
_OUTLIVE_SECONDS = 2.0 + 0.5
_LOOK_SECONDS = 0.1


class Watcher:
    """A thread beside the round. `violations` is empty where all went as it must."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watcher")
        self.violations: list[str] = []
        self._files: dict[Path, tuple[int, int, int]] = {}
        self._progress: dict[str, float] = {}
        self._finished: dict[object, object] = {}
        self._workers: dict[Process, Process] = {}
        self._orphaned: dict[Process, float] = {}

    def __enter__(self) -> "Watcher":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(_LOOK_SECONDS):
            self._look_at_files()
            self._look_at_rows()
            self._look_at_tools()

    def _say(self, what: str) -> None:
        if what not in self.violations:
            self.violations.append(what)

    def _look_at_files(self) -> None:
        """Segments appear whole, once, and stay as they are; playlists grow."""
        for path in (self._world.home / "objects").rglob("*"):
            if path.suffix not in (".m4s", ".mp4", ".jpg") or path.name.startswith("."):
                continue
            try:
                found = path.stat()
            except FileNotFoundError:
                continue
            seen = (found.st_ino, found.st_mtime_ns, found.st_size)
            if self._files.setdefault(path, seen) != seen:
                self._say(f"{path.name} was written again")
        for path in self._files:
            if not path.exists():
                self._say(f"{path.name} is gone")

    def _look_at_rows(self) -> None:
        try:
            assets = self._world.ask("SELECT 'asset', state, progress FROM transcoding_asset")
            renditions = self._world.ask("SELECT name, state, progress FROM transcoding_rendition")
            done = self._world.ask("SELECT id, fence FROM transcoding_chunk WHERE state = 'DONE'")
        except sqlite3.OperationalError:
            return
        for name, state, progress in [*assets, *renditions]:
            assert isinstance(progress, float)
            if progress < self._progress.get(str(name), 0.0):
                self._say(f"progress of {name} fell from {self._progress[str(name)]} to {progress}")
            self._progress[str(name)] = progress
            if state == "FAILED":
                self._say(f"{name} was failed on the way")
        for key, fence in done:
            if self._finished.setdefault(key, fence) != fence:
                self._say(f"chunk {key} was made again after it was done")

    def _look_at_tools(self) -> None:
        members = self._world.family()
        by_pid = {process.pid: process for process in members}
        for tool in tools(members):
            parent = by_pid.get(tool.parent)
            while parent is not None and not parent.is_ours:
                parent = by_pid.get(parent.parent)
            if parent is not None and parent.is_worker:
                self._workers.setdefault(tool, parent)
        now = time.monotonic()
        for tool, worker in list(self._workers.items()):
            if not tool.lives():
                del self._workers[tool]
            elif not worker.lives():
                since = self._orphaned.setdefault(tool, now)
                if now - since > _OUTLIVE_SECONDS:
                    self._say(f"a tool outlived its worker: {tool.command[:200]}")
