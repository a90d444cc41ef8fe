"""What the supervisor keeps running: web, worker, beat."""

import os
from collections.abc import Mapping

from vod.machine.layout import Layout
from vod.machine.supervisor import Program

WEB_PROCESSES = 2
WEB_THREADS = 8


def programs(layout: Layout, env: Mapping[str, str], host: str, port: int) -> list[Program]:
    """Three programs, each a process group of its own."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = [
        str(layout.bin / "gunicorn"),
        "vod.wsgi:application",
        f"--bind={address}",
        "--worker-class=gthread",
        f"--workers={WEB_PROCESSES}",
        f"--threads={WEB_THREADS}",
        # Long uploads and held segments are the threads' business; this is about a process that hangs whole.
        "--timeout=60",
        "--graceful-timeout=10",
        # Its default place is the home folder, which two installations would share.
        "--no-control-socket",
        # Addresses of media carry tokens, so requests are logged by the application, which hides them.
        "--log-level=warning",
    ]
    celery = [str(layout.bin / "celery"), "-A", "vod.celery"]
    worker = [
        *celery,
        "worker",
        "--pool=prefork",
        # Encoding takes at most one process a core; the one above that keeps sweeps and the like from waiting.
        f"--concurrency={(os.cpu_count() or 1) + 1}",
        "--loglevel=INFO",
        # One machine has one worker: there is nobody to talk to.
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    ]
    # An empty name: the lock on VOD_HOME already says that there is one, and a stale file would stop the start.
    beat = [*celery, "beat", "--loglevel=WARNING", "--pidfile="]
    return [
        Program("web", web, layout.root, env),
        # Encoding takes every core there is; people who watch go first.
        Program("worker", worker, layout.root, env, nice=10),
        Program("beat", beat, layout.root, env),
    ]
