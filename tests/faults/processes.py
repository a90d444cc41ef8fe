"""The processes of an installation, read from /proc, by what they are."""

from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True)
class Process:
    """One process that lives. `started` is in clock ticks since boot and tells two users of one pid apart."""

    pid: int
    parent: int
    started: int
    command: str
    is_ours: bool

    @property
    def is_worker(self) -> bool:
        """A Celery worker's main process or a child of its pool."""
        return self.is_ours and " worker " in self.command

    def lives(self) -> bool:
        found = _read(self.pid, b"")
        return found is not None and found.started == self.started


def _read(pid: int, mark: bytes) -> Process | None:
    folder = _PROC / str(pid)
    try:
        # proc(5): the name stands in parentheses and may hold any character.
        fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
        command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        environment = (folder / "environ").read_bytes().split(b"\0") if mark else []
    except OSError:
        return None
    if fields[0] in "ZX":
        return None
    return Process(pid, int(fields[1]), int(fields[19]), command, mark in environment)


def family(home: Path, supervisor: int) -> list[Process]:
    """All that descends from the supervisor, itself left out."""
    mark = f"VOD_HOME={home}".encode()
    everything = [
        found
        for entry in _PROC.iterdir()
        if entry.name.isdigit() and (found := _read(int(entry.name), mark)) is not None
    ]
    children: dict[int, list[Process]] = {}
    for process in everything:
        children.setdefault(process.parent, []).append(process)
    found_all: list[Process] = []
    waiting = [supervisor]
    while waiting:
        for process in children.get(waiting.pop(), ()):
            found_all.append(process)
            waiting.append(process.pid)
    return found_all


def tools(members: list[Process]) -> list[Process]:
    """ffmpeg, its launcher and its sandbox: what runs without our environment."""
    return [process for process in members if not process.is_ours]


def encoders(members: list[Process]) -> list[Process]:
    """The tools that work on a piece of a film, not those that only say what they can."""
    return [process for process in tools(members) if "/chunks/" in process.command]


def mains(members: list[Process], name: str) -> list[Process]:
    """The main process of a worker, by the first part of its host name."""
    workers = [
        process for process in members if process.is_worker and f"--hostname={name}@" in process.command
    ]
    pids = {process.pid for process in workers}
    return [process for process in workers if process.parent not in pids]


def pool(members: list[Process], name: str) -> list[Process]:
    """The children of that worker."""
    workers = [
        process for process in members if process.is_worker and f"--hostname={name}@" in process.command
    ]
    pids = {process.pid for process in workers}
    return [process for process in workers if process.parent in pids]
