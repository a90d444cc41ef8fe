"""The real nginx with the configuration that is shipped, in a folder and on a port of a test's own."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.stores.server import free_port
from vod.lib.edge import render
from vod.machine.engines import find_nginx

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "deploy" / "nginx"
NAME = "lantern.test"
_SECONDS = 20


@dataclass
class Nginx:
    """A running edge for the site `lantern.test`; `port` is that of plain HTTP, or of TLS where it has that."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    def access_log(self) -> list[str]:
        """Its lines so far; one may come a moment after the answer that it is about."""
        return (self.folder / "logs" / "access.log").read_text(errors="replace").splitlines()

    def error_log(self) -> str:
        return (self.folder / "logs" / "error.log").read_text(errors="replace")

    def workers(self) -> set[int]:
        """Process ids of the workers, those that are ending too."""
        pid = self.process.pid
        return {int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}

    def reload(self) -> None:
        """Reads the configuration anew, as `nginx -s reload`; returns when new workers are there."""
        before = self.workers()
        self.process.send_signal(signal.SIGHUP)
        _wait(lambda: bool(self.workers() - before), "no new workers after a reload")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_nginx(folder: Path, *, change: Callable[[str], str] | None = None, **values: str) -> Nginx:
    """Starts it; `values` are those of deploy/nginx/, `change` edits every file. Raises RuntimeError with its words."""
    port = free_port()
    for name in ("logs", "cache", "conf"):
        (folder / name).mkdir(parents=True)
    chosen = {
        "LANTERN_NAME": NAME,
        "LANTERN_LISTEN": "plain",
        "LANTERN_SCHEME": "http",
        "LANTERN_PORT": f"127.0.0.1:{port}",
        "LANTERN_OBJECTS_ROOT": str(folder / "none"),
        "LANTERN_BUILD": str(folder / "build"),
        "LANTERN_CACHE": str(folder / "cache"),
        "LANTERN_CACHE_SIZE": "1g",
        "LANTERN_REQUESTS": "10000",
        "LANTERN_LOGS": str(folder / "logs"),
        "LANTERN_USER": "nobody" if os.geteuid() else "root",
        **values,
    }
    render(SHIPPED, folder / "conf", chosen)
    if change is not None:
        for path in (folder / "conf").rglob("*.conf"):
            path.write_text(change(path.read_text()))
    with (folder / "stderr").open("wb") as sink:
        process = subprocess.Popen(
            [*_command(folder), "-g", f"daemon off; pid {folder}/nginx.pid;"],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
        )
    listening = int(chosen.get("LANTERN_TLS_PORT", "").rpartition(":")[2] or port)
    try:
        _wait(lambda: process.poll() is not None or _listens(listening), "nginx does not listen")
        if process.poll() is not None:
            raise RuntimeError((folder / "stderr").read_text(errors="replace"))
    except BaseException:
        process.kill()
        process.wait()
        raise
    return Nginx(folder, listening, process)


def _command(folder: Path) -> list[str]:
    program = find_nginx(os.environ)
    if program is None:
        raise RuntimeError("There is no nginx to test with: make test installs one.")
    return [
        program,
        "-p",
        str(folder),
        "-c",
        str(folder / "conf" / "nginx.conf"),
        "-e",
        str(folder / "stderr"),
    ]


def certificate(folder: Path, name: str = NAME) -> Path:
    """`fullchain.pem` and `privkey.pem` for a host, signed by nobody, in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    openssl = shutil.which("openssl")
    assert openssl is not None
    argv = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    argv += ["-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    argv += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(argv, check=True, capture_output=True)
    return folder


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _wait(until: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + _SECONDS
    while not until():
        if time.monotonic() > deadline:
            raise RuntimeError(otherwise)
        time.sleep(0.02)
