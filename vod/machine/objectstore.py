"""The real S3 that the tests talk to: Ceph's packages, or Swift in an environment of its own where they cannot be had."""

import shutil
import sys
from collections.abc import Mapping

from vod.machine.console import Console
from vod.machine.debian import Package, provide
from vod.machine.errors import Problem
from vod.machine.layout import Layout
from vod.machine.packages import diagnose_pip, diagnose_venv
from vod.machine.process import Tool, run_tool
from vod.machine.stamps import Stamps, fingerprint

PROGRAMS = ("ceph", "ceph-authtool", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")
CEPH = Package(
    "Object store for tests",
    "radosgw ceph-mon ceph-osd",
    "The tests need an object store, and Ceph is not here. "
    "Install it (on Debian: apt install radosgw ceph-mon ceph-osd), then run the same command again.",
)
LIST = "requirements-swift.txt"


def provide_object_store(layout: Layout, env: Mapping[str, str], console: Console, stamps: Stamps) -> None:
    """Makes sure that one of them is there. Raises Problem when neither can be had."""
    try:
        provide(CEPH, lambda: find_ceph(env), layout, env, console)
    except Problem as problem:
        console.say(f"{problem.sentence} Taking Swift instead.")
        _install_swift(layout, env, console, stamps)


def find_ceph(env: Mapping[str, str]) -> str | None:
    """The gateway's program, if all the others are there too."""
    # Debian keeps daemons where the path of an ordinary user does not lead.
    path = env["PATH"] + ":/usr/sbin:/sbin"
    found = [shutil.which(name, path=path) for name in PROGRAMS]
    return found[PROGRAMS.index("radosgw")] if all(found) else None


def _install_swift(layout: Layout, env: Mapping[str, str], console: Console, stamps: Stamps) -> None:
    folder = layout.root / "build" / "swift"
    key = fingerprint([layout.root / LIST, sys.version])
    if stamps.holds("swift", key, [folder / "bin" / "python"]):
        return
    line = console.step("Swift")
    quiet = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off", "--retries", "2"]
    for argv, diagnose in (
        ([sys.executable, "-m", "venv", "--clear", str(folder)], diagnose_venv),
        ([str(folder / "bin" / "python"), "-m", "pip", "install", *quiet, "-r", LIST], diagnose_pip),
    ):
        run_tool(
            Tool(
                argv=argv,
                cwd=layout.root,
                env=env,
                advice="Neither Ceph nor Swift can be installed here, and the tests need one of them; "
                "above is why. Put that right and run the same command again.",
                diagnose=diagnose,
            ),
            line,
        )
    stamps.write("swift", key)
    line.done()
