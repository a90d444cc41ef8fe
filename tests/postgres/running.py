"""Web and worker as an installation runs them, on a database that a test restarts."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

from django.conf import settings

from tests.servers.postgres import Postgres
from tests.stores.server import free_port

_PATIENCE_SECONDS = 60


class Running:
    """gunicorn and a Celery worker with two processes; `with` starts and ends them."""

    def __init__(self, server: Postgres, home: Path) -> None:
        self._server = server
        self._port = free_port()
        self._env = {**os.environ, "DATABASE_URL": server.url, "VOD_HOME": str(home)}
        self._processes: list[subprocess.Popen[bytes]] = []
        self._log = home / "log"

    def __enter__(self) -> Self:
        python = [sys.executable, "-m"]
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            cwd=settings.BASE_DIR,
            env=self._env,
            check=True,
        )
        web = ["gunicorn", "vod.wsgi:application", f"--bind=127.0.0.1:{self._port}", "--workers=1"]
        self._start([*python, *web, "--worker-class=gthread", "--threads=4", "--no-control-socket"])
        worker = [
            "celery",
            "-A",
            "vod.celery",
            "worker",
            "--pool=prefork",
            "--concurrency=2",
            "--queues=default",
        ]
        self._start([*python, *worker, "--without-gossip", "--without-mingle", "--without-heartbeat"])
        until = time.monotonic() + _PATIENCE_SECONDS
        while not self.answers() and time.monotonic() < until:
            time.sleep(0.2)
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def answers(self) -> bool:
        """Whether the web process can use the database."""
        # What a probe has found is remembered for a second.
        time.sleep(1.1)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/readyz", timeout=30) as answer:
                body = answer.read()
        except urllib.error.HTTPError as error:
            body = error.read()
        except OSError:
            return False
        return bool(json.loads(body)["database"] == "ok")

    def recovers(self) -> bool:
        """Whether it can again, once a try that began while the server was away has given up (DATABASE_WAIT_SECONDS)."""
        until = time.monotonic() + _PATIENCE_SECONDS / 4
        while not self.answers():
            if time.monotonic() > until:
                return False
        return True

    def sweeps(self) -> bool:
        """Whether a message makes the worker take back a piece of work whose holder went silent."""
        self._server.execute(
            """WITH asset AS (INSERT INTO transcoding_asset (id, created_at, file_name, size_bytes, source_key,
               state, progress, failure_code, failure_message, failure_permanent, changed_at)
               VALUES (gen_random_uuid(), now(), 'a', 1, 's', 'UPLOADED', 0, '', '', false, now()) RETURNING id)
               INSERT INTO transcoding_job (id, created_at, asset_id, kind, state, priority, attempt, losses, owner,
               fence, progress, cpu_seconds, failure_code, failure_message, lease_until)
               SELECT gen_random_uuid(), now(), id, 'PUBLISH', 'RUNNING', 0, 1, 0, 'x', 1, 0, 0, '', '',
               now() - interval '1 minute' FROM asset"""
        )
        send = [sys.executable, "-m", "celery", "-A", "vod.celery", "call", "transcoding.sweep"]
        subprocess.run(send, cwd=settings.BASE_DIR, env=self._env, check=True, capture_output=True)
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            held = self._server.execute(
                "SELECT 1 FROM transcoding_job WHERE state = 'RUNNING' AND owner = 'x'"
            )
            if not held:
                return True
            time.sleep(0.2)
        return False

    def _start(self, argv: list[str]) -> None:
        with self._log.open("ab") as out:
            self._processes.append(
                subprocess.Popen(argv, cwd=settings.BASE_DIR, env=self._env, stdout=out, stderr=out)
            )
