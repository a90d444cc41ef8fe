"""One machine: `python -m tests.fleet.machine ROLE=PORT…` keeps its roles running, as systemd or Docker would."""

import os
import sys

from vod.machine.layout import find_layout
from vod.machine.roles import role
from vod.machine.supervisor import Patience, Supervisor

if __name__ == "__main__":
    layout = find_layout(os.environ)
    chosen = [role(layout, os.environ, *word.split("=")) for word in sys.argv[1:]]
    patience = Patience(first_pause=0.3, longest_pause=1.0, settled=5.0, grace=15.0)
    supervisor = Supervisor(chosen, layout.logs, say=lambda text: print(text, flush=True), patience=patience)
    sys.exit(supervisor.run())
