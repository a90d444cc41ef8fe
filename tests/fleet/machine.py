"""One machine: `python -m tests.fleet.machine ROLE[=PORT]…` keeps its roles running, as systemd or Docker would."""

import os
import sys

from vod.machine.layout import Layout, find_layout
from vod.machine.programs import LANES
from vod.machine.supervisor import Patience, Program, Supervisor


def role(layout: Layout, name: str, port: str = "") -> Program:
    gunicorn = [
        str(layout.bin / "gunicorn"),
        f"--bind=127.0.0.1:{port}",
        "--no-control-socket",
        "--log-level=warning",
    ]
    celery = [str(layout.bin / "celery"), "-A", "vod.celery"]
    argv = {
        "web": [*gunicorn, "--worker-class=gthread", "--threads=8", "--workers=2", "vod.wsgi:application"],
        "bytes": [
            *gunicorn,
            "--worker-class=vod.lib.serving.worker.Worker",
            "--workers=2",
            "vod.asgi:application",
        ],
        "worker": [
            *celery,
            "worker",
            f"--queues={LANES}",
            "--concurrency=1",
            f"--hostname=worker@{layout.home.name}",
        ],
        "helper": [
            *celery,
            "worker",
            "--queues=urgent,default",
            "--concurrency=1",
            f"--hostname=helper@{layout.home.name}",
        ],
        "beat": [*celery, "beat", "--pidfile=", "--loglevel=WARNING"],
    }
    return Program(name, argv[name], layout.root, os.environ)


if __name__ == "__main__":
    layout = find_layout(os.environ)
    chosen = [role(layout, *word.split("=")) for word in sys.argv[1:]]
    patience = Patience(first_pause=0.3, longest_pause=1.0, settled=5.0, grace=15.0)
    supervisor = Supervisor(chosen, layout.logs, say=lambda text: print(text, flush=True), patience=patience)
    sys.exit(supervisor.run())
