"""Runs a supervisor over fake programs: `family_driver.py FOLDER PATIENCE_JSON NAME=SCRIPT...`.

Prints what the supervisor says, and "ready" when it announces.
"""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from vod.machine.supervisor import Patience, Program, Supervisor


def main(folder: Path, patience: Patience, scripts: list[str]) -> int:
    programs = []
    for text in scripts:
        name, _, script = text.partition("=")
        programs.append(Program(name, [sys.executable, "-c", script], folder, dict(os.environ)))

    def say(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    supervisor = Supervisor(
        programs=programs, logs=folder / "logs", say=say, patience=patience, announce=lambda: say("ready")
    )
    return supervisor.run()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Patience(**json.loads(sys.argv[2])), sys.argv[3:]))
