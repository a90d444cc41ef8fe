"""The web role as it is deployed, under gunicorn, on a free port, with data of its own."""

import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.stores.server import free_port

ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 60


class Deployed:
    """One gunicorn with `changes` to its environment. Raises RuntimeError with its last words where it does not start."""

    def __init__(self, folder: Path, *, application: str = "vod.wsgi:application", **changes: str) -> None:
        self._log = folder / "web.log"
        self.port = free_port()
        env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)]),
            "VOD_HOME": str(folder / "home"),
            "WEB_PORT": str(self.port),
            "WEB_PROCESSES": "1",
            **changes,
        }
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", application],
                cwd=ROOT,
                env=env,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
        try:
            self._await()
        except BaseException:
            self.stop()
            raise

    def _await(self) -> None:
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(self.log())

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Status and body of one request, within 30 s. Header names are written with `_` for `-`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(
                "GET", path, headers={name.replace("_", "-"): word for name, word in headers.items()}
            )
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def children(self) -> list[int]:
        """The worker processes."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(word) for word in listed.split()]

    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def stop(self) -> None:
        """Ends it, if need be by force."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
