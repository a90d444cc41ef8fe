"""Attempts of several processes on the one database of an installation."""

import os
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

DRIVER = Path(__file__).with_name("attempts_driver.py")


def test_many_processes_at_once_get_no_more_attempts_than_one(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "VOD_HOME")}
    env = {**kept, "VOD_HOME": str(tmp_path / "home"), "PYTHONPATH": str(settings.BASE_DIR)}
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(migrate, cwd=settings.BASE_DIR, env=env, check=True, timeout=120)

    start = str(time.time() + 4)
    running = [
        subprocess.Popen([sys.executable, str(DRIVER), start], env=env, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    allowed = [int(process.communicate(timeout=60)[0]) for process in running]

    assert [process.returncode for process in running] == [0, 0, 0, 0]
    assert sum(allowed) == 10
