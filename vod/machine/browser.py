"""The browser that the tests drive: the machine's own, or Debian's, installed where that is allowed."""

import shutil
from collections.abc import Mapping

from vod.machine.console import Console
from vod.machine.debian import Package, provide
from vod.machine.layout import Layout

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = Package(
    "Chromium",
    "chromium",
    "The tests need Chromium, and it is not here. "
    "Install it (on Debian: apt install chromium), or name one: make test CHROMIUM=/path/to/chromium",
)


def provide_browser(layout: Layout, env: Mapping[str, str], console: Console) -> str:
    """Path of a Chromium, installed by apt if need be and allowed. Raises Problem when there is none."""
    return provide(CHROMIUM, lambda: find_browser(env), layout, env, console)


def find_browser(env: Mapping[str, str]) -> str | None:
    """`CHROMIUM` if it is set, else the first on `PATH`."""
    named = env.get("CHROMIUM")
    for name in [named] if named else NAMES:
        found = shutil.which(name, path=env["PATH"])
        if found:
            return found
    return None
