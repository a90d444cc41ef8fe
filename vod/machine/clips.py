"""The demo library's clips from npm: fetched into `VOD_HOME`, pinned by integrity, and not missed when they cannot be."""

import shutil
from collections.abc import Mapping

from vod.machine.console import Console
from vod.machine.errors import Problem
from vod.machine.frontend import diagnose_npm
from vod.machine.layout import Layout
from vod.machine.node import Node
from vod.machine.process import Tool, run_tool
from vod.machine.stamps import Stamps, fingerprint

LISTS = ("package.json", "package-lock.json")


def fetch_clips(layout: Layout, env: Mapping[str, str], node: Node, console: Console) -> None:
    """`npm ci` of the pinned list in `VOD_HOME/demo/clips`. Says so, and goes on, when that fails."""
    source = layout.root / "catalog" / "demo" / "clips"
    folder = layout.home / "demo" / "clips"
    stamps = Stamps(layout.home / "demo" / ".stamps")
    key = fingerprint([source / name for name in LISTS])
    if stamps.holds("clips", key):
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in LISTS:
        shutil.copyfile(source / name, folder / name)
    line = console.step("Demo clips")
    # Data only: nothing in the package may run.
    argv = [str(node.npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
    try:
        run_tool(
            Tool(
                argv=[*argv, "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=3000"],
                cwd=folder,
                env=env,
                advice="npm did not give them.",
                diagnose=diagnose_npm,
            ),
            line,
        )
    except Problem as problem:
        console.say(f"  The demo library goes on without Big Buck Bunny. {problem.sentence}")
        return
    stamps.write("clips", key)
    line.done()
