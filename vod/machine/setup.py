"""The steps from a fresh checkout to one that can run; each is skipped when its stamp says that nothing changed."""

import os
from collections.abc import Mapping

from vod.machine.console import Console
from vod.machine.frontend import build_frontend, install_frontend
from vod.machine.layout import Layout
from vod.machine.media import provide_media_tools
from vod.machine.node import Node, provide_node
from vod.machine.packages import install, make_venv
from vod.machine.preflight import FIRST_START_BYTES, LATER_START_BYTES, hold_checkout, require_space
from vod.machine.process import Tool, run_tool
from vod.machine.stamps import Stamps, files_below, fingerprint


def open_stamps(layout: Layout) -> Stamps:
    return Stamps(layout.venv / ".lantern")


def require_disk(layout: Layout, stamps: Stamps) -> None:
    """About 2 GB for the first start of a checkout, and a little for each after it."""
    first = not (stamps.folder / "frontend").exists()
    require_space(layout.root, FIRST_START_BYTES if first else LATER_START_BYTES)
    require_space(layout.home, LATER_START_BYTES)


def prepare(layout: Layout, env: Mapping[str, str], console: Console, *, development: bool = False) -> Node:
    """Everything up to a built frontend, with what tests and checks need if `development`.

    Raises Problem with a sentence for the person in front of the machine.
    """
    stamps = open_stamps(layout)
    require_disk(layout, stamps)
    held = hold_checkout(
        layout.root, lambda: console.say("Another command is setting up this checkout; waiting for it.")
    )
    try:
        make_venv(layout, env, console, stamps)
        install("Python packages", "requirements.txt", layout, env, console, stamps)
        if development:
            install("Development packages", "requirements-dev.txt", layout, env, console, stamps)
        provide_media_tools(layout, env, console, stamps)
        node = provide_node(layout, env, console, stamps)
        install_frontend(layout, env, node, console, stamps)
        build_frontend(layout, env, node, console, stamps)
        collect_static(layout, env, console, stamps)
    finally:
        os.close(held)
    return node


def collect_static(layout: Layout, env: Mapping[str, str], console: Console, stamps: Stamps) -> None:
    """Django's and the app's static files in one folder with hashes in their names."""
    dist = files_below(layout.frontend / "dist", frozenset())
    settings = files_below(layout.root / "vod" / "settings", frozenset({"__pycache__"}))
    key = fingerprint([*dist, *settings, layout.root / "requirements.txt"])
    if stamps.holds("static", key, [layout.root / "build" / "static" / "staticfiles.json"]):
        return
    stamps.drop("static")
    line = console.step("Static files")
    run_tool(
        Tool(
            argv=[str(layout.python), "manage.py", "collectstatic", "--noinput", "--clear", "-v", "0"],
            cwd=layout.root,
            env=env,
            advice="The static files cannot be collected; above is why. Put that right and run the same command again.",
        ),
        line,
    )
    stamps.write("static", key)
    line.done()
