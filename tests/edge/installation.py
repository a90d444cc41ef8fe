"""One library, served in three ways: by the application, and by nginx from the disk and from a bucket."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.documents import document
from tests.edge.origin import Origin
from tests.edge.raw import Answer, fetch
from tests.servers.nginx import ROOT, Nginx
from tests.stores.server import free_port

SECRET = "told-to-edges-and-to-nobody-else-0123456789"
METRICS_TOKEN = "told-to-whoever-scrapes-0123456789"
#: Seconds that an edge of these tests may go by the last yes.
YES_SECONDS = 1
_START_SECONDS = 60


@dataclass(frozen=True)
class Library:
    """What tests.edge.library has made: bearer tokens, global ids, and the key below which the film lies."""

    wide: str
    narrow: str
    operator: str
    film: str
    other: str
    prefix: str
    # One more film, for a test that withdraws it.
    fleeting: str
    fleeting_title: str


@dataclass
class Application:
    """gunicorn with this tree."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

    def pause(self) -> None:
        """It still takes connections, and answers nothing."""
        os.killpg(self.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.killpg(self.process.pid, signal.SIGCONT)

    def stop(self) -> None:
        # At once: nothing is waiting for an answer any more.
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(20)


@dataclass
class Way:
    """A way in which the library is served."""

    name: str
    library: Library
    application: Application
    nginx: Nginx | None = None
    origin: Origin | None = None

    @cached_property
    def folder(self) -> str:
        """The folder of a stream that no test ends."""
        return self.start()[0]

    @property
    def port(self) -> int:
        return self.nginx.port if self.nginx else self.application.port

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        return fetch(self.port, path, method, **headers)

    def ask(self, operation: str, token: str, **given: object) -> dict[str, object]:
        """The payload of a mutation of the contract, for the owner of a bearer token."""
        body = json.dumps({"query": document(operation), "variables": {"input": given}}).encode()
        answer = fetch(
            self.port,
            "/graphql/",
            "POST",
            body=body,
            Content_Type="application/json",
            Authorization=f"Bearer {token}",
        )
        assert answer.status == 200, answer
        ((_, payload),) = json.loads(answer.body)["data"].items()
        assert not payload["errors"], payload
        return dict(payload)

    def preview(self, film: str = "") -> str:
        """The address of a film's preview, as the owner of the stream is told."""
        query = "query ($id: ID!) { node(id: $id) { ... on Video { previewUrl } } }"
        body = json.dumps({"query": query, "variables": {"id": film or self.library.film}}).encode()
        answer = fetch(
            self.port,
            "/graphql/",
            "POST",
            body=body,
            Content_Type="application/json",
            Authorization=f"Bearer {self.library.wide}",
        )
        return str(json.loads(answer.body)["data"]["node"]["previewUrl"])

    def start(self, *, token: str = "", film: str = "") -> tuple[str, str]:
        """A new stream: its folder (a path that ends in a slash) and its id."""
        payload = self.ask(
            "StartPlayback",
            token or self.library.wide,
            videoId=film or self.library.film,
            deviceName="Test",
            deviceId=None,
        )
        session = payload["session"]
        assert isinstance(session, dict)
        return session["manifestUrl"].removesuffix("master.m3u8"), session["id"]

    def stop_stream(self, session: str) -> None:
        self.ask("StopPlayback", self.library.wide, sessionId=session)


def until_refused(way: Way, path: str) -> float:
    """Seconds until a path that was allowed answers 403, without a byte."""
    begin = time.monotonic()
    while (answer := way.get(path)).status == 200:
        assert time.monotonic() - begin < 15
        time.sleep(0.05)
    assert (answer.status, answer.body) == (403, b"")
    return time.monotonic() - begin


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {"DJANGO_SETTINGS_MODULE": "vod.settings", "VOD_ENV": "embedded", "VOD_HOME": str(home)}
    return {
        **kept,
        **settings,
        "AV1": "never",
        "PLAYBACK_LEASE_SECONDS": "3600",
        "METRICS_TOKEN": METRICS_TOKEN,
        "MEDIA_ORIGINS": "https://www.example,https://tv.example,http://127.0.0.1:5173",
        "LOG_LEVEL": "WARNING",
        **more,
    }


def make_library(home: Path) -> Library:
    """The database and the objects of it, in `home`."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.edge.library"],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Library(**json.loads(done.stdout))


def begin_application(home: Path, log: Path, **settings: str) -> Application:
    """Starts it; `wait_for` says when it answers, so that several may start at a time."""
    port = free_port()
    argv = [
        str(Path(sys.executable).with_name("gunicorn")),
        "vod.wsgi:application",
        f"--bind=127.0.0.1:{port}",
    ]
    argv += [
        "--worker-class=gthread",
        "--threads=8",
        "--keep-alive=15",
        "--no-control-socket",
        "--log-level=warning",
    ]
    with log.open("wb") as sink:
        process = subprocess.Popen(
            argv,
            cwd=ROOT,
            env=environment(home, **settings),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
        )
    return Application(port, process, log)


def wait_for(application: Application) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        assert application.process.poll() is None, application.log.read_text(errors="replace")
        try:
            if fetch(application.port, "/healthz").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(application.log.read_text(errors="replace"))
