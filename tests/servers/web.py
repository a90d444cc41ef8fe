"""The product's own web processes, as the supervisor starts them, on a database and a port of their own."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.stores.server import free_port
from vod.machine.layout import Layout
from vod.machine.programs import programs

ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 60


@dataclass
class Web:
    """A running one. `token` is an operator's; `video` and `segment` are what there is to watch."""

    port: int
    home: Path
    token: str
    video: str
    segment: str
    process: "subprocess.Popen[bytes]"
    log: Path
    environment: Mapping[str, str] = field(repr=False)

    def ask(
        self, method: str, path: str, body: bytes | str = b"", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in lower case) and body. Names of headers with `_` for `-`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            sent = {"Authorization": f"Bearer {self.token}", "Tus-Resumable": "1.0.0"}
            sent |= {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def graphql(self, query: str, **variables: Any) -> dict[str, Any]:
        body = json.dumps({"query": query, "variables": variables})
        status, _, answer = self.ask("POST", "/graphql/", body, Content_Type="application/json")
        assert status == 200, answer
        return dict(json.loads(answer)["data"])

    def workers(self) -> list[int]:
        """The processes that serve."""
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def kill(self) -> None:
        """As a crash of the machine would, all of it at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Asks it to end and waits."""
        self.process.terminate()
        try:
            self.process.wait(30)
        finally:
            self.kill()

    def again(self) -> "Web":
        """Starts it anew on another port, with the same data."""
        return _run(self.home, self.environment, self.token, self.video, self.segment)


def start(home: Path, **settings: str) -> Web:
    """Makes a database in `home` and serves it. Raises RuntimeError with its last words."""
    layout = Layout(ROOT, home)
    environment = {**layout.environment(os.environ), "DJANGO_SETTINGS_MODULE": "vod.settings", **settings}
    made = subprocess.run(
        [sys.executable, "-m", "tests.servers.furnish"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise RuntimeError(f"no database to serve: {made.stderr[-2000:]}")
    return _run(home, environment, **json.loads(made.stdout.splitlines()[-1]))


def _run(home: Path, environment: Mapping[str, str], token: str, video: str, segment: str) -> Web:
    port, log = free_port(), home / "web.out"
    (web,) = [
        program
        for program in programs(Layout(ROOT, home), environment, "127.0.0.1", port)
        if program.name == "web"
    ]
    with log.open("ab") as sink:
        process = subprocess.Popen(
            list(web.argv), cwd=ROOT, env=dict(environment), stdout=sink, stderr=sink, start_new_session=True
        )
    running = Web(port, home, token, video, segment, process, log, environment)
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with suppress(OSError):
            if running.ask("GET", "/healthz")[0] == 200:
                return running
        time.sleep(0.1)
    running.kill()
    raise RuntimeError(f"the web processes do not answer: {log.read_text(errors='replace')[-2000:]}")
