"""Runs the tests that use the database on a real PostgreSQL; further arguments go to pytest.

Every transaction is serializable, as strict as SQL gives, unless ISOLATION says "read committed".
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.servers.postgres import start_postgres

ROOT = Path(__file__).resolve().parents[2]
# What neither asks a database nor would do so differently on another one stays out, as does what encodes for minutes.
FOLDERS = ("accounts", "catalog", "contract", "lib", "playback", "postgres", "transcoding")
ENCODERS = (
    "tests/catalog/test_demo_library.py",
    "tests/transcoding/test_av1.py",
    "tests/transcoding/test_copies.py",
    "tests/transcoding/test_poison.py",
    "tests/transcoding/test_real_files.py",
    "tests/transcoding/test_sandbox.py",
    "tests/transcoding/test_sound_rows.py",
)
PROCESSES = 2


def main(arguments: list[str]) -> int:
    """The status of pytest."""
    server = start_postgres({"default_transaction_isolation": os.environ.get("ISOLATION", "serializable")})
    try:
        folders = [f"tests/{name}" for name in FOLDERS] + [f"--ignore={path}" for path in ENCODERS]
        chosen = ["-p", "tests.postgres.plugin", *(arguments or [*folders, f"--numprocesses={PROCESSES}"])]
        env = {**os.environ, "DATABASE_URL": server.url}
        return subprocess.run(
            [sys.executable, "-m", "pytest", *chosen], cwd=ROOT, env=env, check=False
        ).returncode
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
