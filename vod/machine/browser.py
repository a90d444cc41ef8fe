"""The browser that the tests drive: the machine's own, or Debian's, installed where that is allowed."""

import os
import shutil
import subprocess
from collections.abc import Mapping

from vod.machine.console import Console
from vod.machine.errors import Problem
from vod.machine.layout import Layout
from vod.machine.process import Tool, run_tool

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "The tests need Chromium, and it is not here. "
    "Install it (on Debian: apt install chromium), or name one: make test CHROMIUM=/path/to/chromium"
)


def provide_browser(layout: Layout, env: Mapping[str, str], console: Console) -> str:
    """Path of a Chromium, installed by apt if need be and allowed. Raises Problem when there is none."""
    found = find_browser(env)
    if found:
        return found
    apt = shutil.which("apt-get", path=env["PATH"])
    prefix = _root_prefix(env)
    if apt is None or prefix is None:
        raise Problem(MISSING)
    line = console.step("Chromium")
    quiet = {**env, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        run_tool(Tool(argv=[*prefix, apt, *arguments], cwd=layout.root, env=quiet, advice=MISSING), line)
    line.done()
    found = find_browser(env)
    if found is None:
        raise Problem(MISSING)
    return found


def find_browser(env: Mapping[str, str]) -> str | None:
    """`CHROMIUM` if it is set, else the first on `PATH`."""
    named = env.get("CHROMIUM")
    for name in [named] if named else NAMES:
        found = shutil.which(name, path=env["PATH"])
        if found:
            return found
    return None


def _root_prefix(env: Mapping[str, str]) -> list[str] | None:
    """What to put before a command to run it as root; None where that is not allowed without asking."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo", path=env["PATH"])
    if sudo is None:
        return None
    asked = subprocess.run([sudo, "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return [sudo, "-n"] if asked.returncode == 0 else None
