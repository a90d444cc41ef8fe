"""One machine: `python -m tests.fleet.machine ROLE[=PORT]…` keeps its roles running, as systemd or Docker would."""

import os
import sys
from pathlib import Path

from vod.machine.layout import Layout, find_layout
from vod.machine.supervisor import Patience, Program, Supervisor


def role(layout: Layout, name: str, port: str = "") -> Program:
    """A role as every deployment starts it."""
    temporary = layout.home / f"temporary-{name}"
    temporary.mkdir(parents=True, exist_ok=True)
    env = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "TMPDIR": str(temporary),
        "WORKER_PROCESSES": "1",
        **({"WEB_PORT": port} if port else {}),
    }
    return Program(name, ["/bin/sh", "deploy/role.sh", name], layout.root, env)


if __name__ == "__main__":
    layout = find_layout(os.environ)
    chosen = [role(layout, *word.split("=")) for word in sys.argv[1:]]
    patience = Patience(first_pause=0.3, longest_pause=1.0, settled=5.0, grace=15.0)
    supervisor = Supervisor(chosen, layout.logs, say=lambda text: print(text, flush=True), patience=patience)
    sys.exit(supervisor.run())
