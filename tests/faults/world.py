"""An installation in a folder of its own: made once, copied for each round, started as the product starts it."""

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults import processes
from tests.faults.processes import Process
from transcoding.engine.tools import find_tools

ROOT = Path(__file__).resolve().parents[2]
FILM_SECONDS = 75
LEASE_SECONDS = 5
PATIENCE_SECONDS = 120.0
# Film seconds a second: a chunk of 24 s takes 2 s.
_READ_RATE = "12"


@dataclass(frozen=True)
class Template:
    """A prepared installation whose film waits, and what the store holds once it was made undisturbed."""

    home: Path
    asset: str
    expected: Mapping[str, str]


@dataclass
class World:
    """A running installation."""

    home: Path
    asset: str
    supervisor: "subprocess.Popen[bytes]"

    def family(self) -> list[Process]:
        return processes.family(self.home, self.supervisor.pid)

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        """Rows of the installation's own database; raises sqlite3.OperationalError while it is locked."""
        address = f"file:{self.home / 'db.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=1.0)) as database:
            return database.execute(statement).fetchall()

    def order(self, verb: str) -> None:
        """Cancels, deletes or retries the film as an operator does; returns when the rows are written."""
        subprocess.run(
            [sys.executable, "-m", "tests.faults.inside", "order", verb],
            cwd=ROOT,
            env=environment(self.home),
            check=True,
        )

    def objects(self) -> list[str]:
        """The names of all files in the store."""
        return sorted(path.name for path in (self.home / "objects").rglob("*") if path.is_file())

    def logs(self) -> str:
        tails = []
        for log in sorted((self.home / "logs").glob("*.log")):
            tails.append(f"--- {log.name}\n" + "\n".join(log.read_text(errors="replace").splitlines()[-60:]))
        return "\n".join(tails)


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VOD_", "DJANGO_"))}
    return {
        **kept,
        "VOD_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "PYTHONUNBUFFERED": "1",
        # Under a limit on files Python would cut off what it remembers of a module, and not notice.
        "PYTHONDONTWRITEBYTECODE": "1",
        # Whole processes are started again and again; a third of a start is Django's checks, which `make check` runs.
        "CELERY_SKIP_CHECKS": "1",
        "CHUNK_LEASE_SECONDS": str(LEASE_SECONDS),
        "CHUNK_PAUSE_SECONDS": "1",
        "FAULTS_READ_RATE": _READ_RATE,
        **more,
    }


def make_template(folder: Path) -> Template:
    """Makes the film, an installation that has it, and the film undisturbed, for reference."""
    folder.mkdir(parents=True, exist_ok=True)
    film, home = folder / "film.mkv", folder / "template"
    _make_film(film)
    prepared = subprocess.run(
        [sys.executable, "-m", "tests.faults.inside", "prepare", str(film)],
        cwd=ROOT,
        env=environment(home),
        check=True,
        capture_output=True,
        text=True,
    )
    asset = prepared.stdout.split()[-1]
    template = Template(home, asset, {})
    with running(template, folder / "reference", FAULTS_READ_RATE="") as world:
        wait_for(lambda: state_of(world) == "READY", PATIENCE_SECONDS, "the undisturbed film")
        expected = digests(world.home)
    shutil.rmtree(folder / "reference")
    return Template(home, asset, expected)


def _make_film(target: Path) -> None:
    subprocess.run(
        [
            *(str(find_tools().ffmpeg), "-loglevel", "error", "-y"),
            *("-f", "lavfi", "-i", f"testsrc2=size=160x90:rate=25:duration={FILM_SECONDS}"),
            *("-f", "lavfi", "-i", f"sine=frequency=440:duration={FILM_SECONDS}", "-c:a", "aac"),
            *("-c:v", "libx264", "-preset", "ultrafast", "-g", "250", "-pix_fmt", "yuv420p", str(target)),
        ],
        check=True,
    )


@contextmanager
def running(template: Template, home: Path, **settings: str) -> Iterator[World]:
    """A copy of the template, started; ended by TERM. Raises AssertionError where anything outlives it."""
    shutil.copytree(template.home, home)
    with (home.parent / f"{home.name}.out").open("wb") as sink:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.inside", "supervise"],
            cwd=ROOT,
            env=environment(home, **settings),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    world = World(home, template.asset, supervisor)
    try:
        yield world
    finally:
        last = world.family()
        supervisor.send_signal(signal.SIGTERM)
        try:
            supervisor.wait(30)
        except subprocess.TimeoutExpired:
            supervisor.kill()
            supervisor.wait()
            raise AssertionError("the supervisor did not stop within 30 s") from None
        left = [process.command for process in last if process.lives()]
        assert not left, f"outlived the supervisor: {left}"


def state_of(world: World) -> str:
    try:
        return str(world.ask("SELECT state FROM transcoding_asset")[0][0])
    except sqlite3.OperationalError:
        return "LOCKED"


def digests(home: Path) -> dict[str, str]:
    """The digest of every file of the store, by key."""
    root = home / "objects"
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def wait_for(holds: Callable[[], bool], seconds: float, what: str) -> None:
    """Waits until `holds()`; raises AssertionError that names `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:g} s in vain for {what}")
        time.sleep(0.1)
