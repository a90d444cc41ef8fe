"""Programs that come as Debian packages: found, or installed by apt where that is allowed without asking."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vod.machine.console import Console
from vod.machine.errors import Problem
from vod.machine.layout import Layout
from vod.machine.process import Tool, run_tool

# Another apt at work is waited for; its own way is to fail at once. Seconds.
_PATIENT = ("-o", "DPkg::Lock::Timeout=300")


@dataclass(frozen=True)
class Package:
    """A Debian package, or several with blanks: its name for people and for apt, and what to read where it cannot be installed."""

    title: str
    name: str
    missing: str


BUBBLEWRAP = Package(
    "Sandbox",
    "bubblewrap",
    "The sandbox needs bubblewrap, and it is not here. Install it (on Debian: apt install bubblewrap) "
    "on a Linux machine, then run the same command again.",
)


def provide(
    package: Package,
    find: Callable[[], str | None],
    layout: Layout,
    env: Mapping[str, str],
    console: Console,
) -> str:
    """Path of the program that `find` answers, installed if need be and allowed. Raises Problem when there is none."""
    found = find()
    if found:
        return found
    apt = shutil.which("apt-get", path=env["PATH"])
    prefix = _root_prefix(env)
    if apt is None or prefix is None:
        raise Problem(package.missing)
    line = console.step(package.title)
    # RUNLEVEL 1: a server that comes along is not started (invoke-rc.d(8)); whoever needs one starts it itself.
    quiet = {**env, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *package.name.split()]):
        run_tool(
            Tool(
                argv=[*prefix, apt, *arguments, *_PATIENT], cwd=layout.root, env=quiet, advice=package.missing
            ),
            line,
        )
    line.done()
    found = find()
    if found is None:
        raise Problem(package.missing)
    return found


def provide_bubblewrap(layout: Layout, env: Mapping[str, str], console: Console) -> str:
    """Path of bwrap, installed if need be and allowed. Raises Problem when there is none."""
    return provide(BUBBLEWRAP, lambda: shutil.which("bwrap", path=env["PATH"]), layout, env, console)


def _root_prefix(env: Mapping[str, str]) -> list[str] | None:
    """What to put before a command to run it as root; None where that is not allowed without asking."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo", path=env["PATH"])
    if sudo is None:
        return None
    asked = subprocess.run([sudo, "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return [sudo, "-n"] if asked.returncode == 0 else None
