"""What the supervisor keeps running: web, a worker for films, one for everything short, and beat."""

import os
from collections.abc import Mapping

from vod.machine.layout import Layout
from vod.machine.supervisor import Program

WEB_PROCESSES = 2
WEB_CONNECTIONS = 4000
# Of the factory, as transcoding/queue.py names them: all.
LANES = "urgent,first,ladder,thumbnails,background"
# Seconds that running requests get when a role is asked to end.
GRACE_SECONDS = 10


def programs(layout: Layout, env: Mapping[str, str], host: str, port: int) -> list[Program]:
    """Four programs, each a process group of its own."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = _web(str(layout.bin / "gunicorn"), address)
    # An empty name: the lock on VOD_HOME already says that there is one, and a stale file would stop the start.
    beat = [*_celery(layout), "beat", "--loglevel=WARNING", "--pidfile="]
    return [
        Program("web", web, layout.root, env),
        # Encoding takes every core there is; people who watch go first.
        Program("worker", _worker(layout, "films", LANES, os.cpu_count() or 1), layout.root, env, nice=10),
        # What takes a moment (a film takes its place, a dead stream ends) must not wait behind what takes minutes.
        Program("helper", _worker(layout, "helper", "urgent,default", 1), layout.root, env),
        Program("beat", beat, layout.root, env),
    ]


def _web(gunicorn: str, address: str) -> list[str]:
    """Serves everything, and lets no client hold a thread: uploads, beacons, media and the pages too.

    The whole product where there is one machine. Where nginx stands in front, `deploy/role.sh` starts the roles.
    """
    return [
        gunicorn,
        "vod.asgi:application",
        f"--bind={address}",
        "--worker-class=vod.lib.serving.worker.Worker",
        f"--workers={WEB_PROCESSES}",
        # Of each process; slow clients cost little, but not nothing.
        f"--worker-connections={WEB_CONNECTIONS}",
        # About a process that hangs whole.
        "--timeout=60",
        # Longer than a proxy keeps a connection that it may use again.
        "--keep-alive=75",
        f"--graceful-timeout={GRACE_SECONDS}",
        # Its default place is the home folder, which two installations would share.
        "--no-control-socket",
        # Addresses of media carry tokens, so requests are logged by the application, which hides them.
        "--log-level=warning",
    ]


def _celery(layout: Layout) -> list[str]:
    return [str(layout.bin / "celery"), "-A", "vod.celery"]


def _worker(layout: Layout, name: str, queues: str, processes: int) -> list[str]:
    return [
        *_celery(layout),
        "worker",
        f"--queues={queues}",
        f"--hostname={name}@%h",
        "--pool=prefork",
        f"--concurrency={processes}",
        "--loglevel=INFO",
        # All workers of this machine take from one folder: there is nobody to talk to.
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    ]
