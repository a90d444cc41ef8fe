"""Attempts of several processes on the one database of an installation."""

import os
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

from accounts.attempts import PIN_TRIES

DRIVER = Path(__file__).with_name("attempts_driver.py")
PROFILE = """
from accounts.models import User
from accounts.profiles import fill
user = User.objects.create_user("olive@example.org")
profile = user.profiles.model(user=user)
fill(profile, {"name": "Olive", "pin": "4711"})
profile.save()
"""


def test_many_processes_at_once_get_no_more_attempts_than_one(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "VOD_HOME")}
    env = {**kept, "VOD_HOME": str(tmp_path / "home"), "PYTHONPATH": str(settings.BASE_DIR)}
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(migrate, cwd=settings.BASE_DIR, env=env, check=True, timeout=120)
    subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", PROFILE],
        cwd=settings.BASE_DIR,
        env=env,
        check=True,
        timeout=120,
    )

    start = str(time.time() + 4)
    running = [
        subprocess.Popen([sys.executable, str(DRIVER), start], env=env, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    told = [process.communicate(timeout=120)[0].split() for process in running]

    assert [process.returncode for process in running] == [0, 0, 0, 0]
    assert sum(int(attempts) for attempts, _ in told) == 10
    assert sum(int(pins) for _, pins in told) == PIN_TRIES
