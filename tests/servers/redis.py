"""A real Redis for the tests: in memory only, on a free port, stopped and started again as they like."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tests.servers.ports import hold_port, number_of

_START_SECONDS = 20


class RedisServer:
    """One `redis-server`. It keeps nothing: after `stop` and `start` it is empty, at the same address.

    `with RedisServer(folder) as server:` starts and stops it. Raises RuntimeError with its last words where it does
    not start.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._holder = hold_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.port = number_of(self._holder)

    def url(self, number: int = 0, *, port: int | None = None) -> str:
        """The address of one of its sixteen databases; `port` is that of a proxy in front."""
        return f"redis://127.0.0.1:{port or self.port}/{number}"

    def start(self) -> None:
        """Starts it and waits until it answers."""
        program = shutil.which("redis-server", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
        if program is None:
            raise RuntimeError("There is no Redis to test with: make test installs it.")
        self._folder.mkdir(parents=True, exist_ok=True)
        log = self._folder / "redis.log"
        self._process = subprocess.Popen(
            [
                *(program, "--bind", "127.0.0.1", "--port", str(self.port), "--daemonize", "no"),
                *("--save", "", "--appendonly", "no", "--dir", str(self._folder), "--logfile", str(log)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + _START_SECONDS
        with self.client() as client:
            while True:
                try:
                    client.ping()
                    return
                except redis.ConnectionError:
                    if self._process.poll() is not None or time.monotonic() > deadline:
                        words = log.read_text(errors="replace")[-2000:] if log.exists() else ""
                        self.stop()
                        raise RuntimeError(f"Redis did not start: {words}") from None
                    time.sleep(0.02)

    def stop(self) -> None:
        """Kills it; connections to its address are refused until `start`."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def pause(self) -> None:
        """It still takes connections, and answers nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def client(self, number: int = 0) -> "redis.Redis[str]":
        """A client of its own, to look into it, that tries once; close it."""
        once = Retry(NoBackoff(), 0)
        return redis.Redis(host="127.0.0.1", port=self.port, db=number, decode_responses=True, retry=once)

    def flush(self) -> None:
        """Empties all its databases: FLUSHALL."""
        with self.client() as client:
            client.flushall()

    def __enter__(self) -> "RedisServer":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._holder.close()
