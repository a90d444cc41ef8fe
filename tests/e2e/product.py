"""The running product as a test sees it: started as `make run` starts it, stopped by TERM."""

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.stores.server import free_port

ROOT = Path(__file__).resolve().parents[2]
OPERATOR = "operator@e2e.example"
START_SECONDS = 300
STOP_SECONDS = 30


@dataclass(frozen=True)
class Product:
    """One installation of its own: address, data folder, and its operator's login."""

    address: str
    home: Path
    password: str
    supervisor: int

    def logs(self) -> str:
        """The last lines of every log, for a failed test's report."""
        tails = []
        for log in sorted((self.home / "logs").glob("*.log")):
            tails.append(f"--- {log.name}\n" + "\n".join(log.read_text(errors="replace").splitlines()[-40:]))
        return "\n".join(tails)


@contextlib.contextmanager
def running_product(home: Path, **settings: str) -> Iterator[Product]:
    """Starts an installation in `home` and stops it; fails when a process of it is left behind."""
    port = free_port()
    password = secrets.token_urlsafe(12)
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("VOD_", "DJANGO_", "CI"))
        },
        "VOD_HOME": str(home),
        "PORT": str(port),
        "VOD_DEMO": "0",
        "VOD_ADMIN_EMAIL": OPERATOR,
        "VOD_ADMIN_PASSWORD": password,
        **settings,
    }
    output = home.parent / f"{home.name}.out"
    with output.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "vod.machine", "run"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_announced(process, address, output)
        yield Product(address, home, password, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            status = process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError(f"the supervisor did not stop within {STOP_SECONDS} s") from None
    assert status == 0, output.read_text(errors="replace")
    assert processes_of(home) == {}


def _wait_until_announced(process: "subprocess.Popen[bytes]", address: str, output: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, output.read_text(errors="replace")
        if "Open " in output.read_text(errors="replace"):
            with urlopen(f"{address}/readyz", timeout=10) as answer:
                assert answer.status == 200
            return
        time.sleep(0.2)
    raise AssertionError(f"no address after {START_SECONDS} s:\n{output.read_text(errors='replace')}")


def processes_of(home: Path) -> dict[int, str]:
    """Command lines by process id of all that belongs to an installation.

    Lantern's own processes have its folder in their environment; ffmpeg, whose environment is empty, has
    it in its arguments.
    """
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            command = (folder / "cmdline").read_bytes()
            environment = (folder / "environ").read_bytes().split(b"\0")
            if f"VOD_HOME={home}".encode() in environment or f"{home}/".encode() in command:
                found[int(folder.name)] = command.replace(b"\0", b" ").decode()
    return found
