"""Node and npm: the machine's own where they are new enough, a wheel in `.venv` where not."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vod.machine.console import Console
from vod.machine.errors import Problem
from vod.machine.layout import Layout
from vod.machine.packages import install
from vod.machine.process import answer_of
from vod.machine.stamps import Stamps

#: What Vite 8 and Vitest 5 ask for.
OLDEST_NODE = (22, 12)
VERSION = re.compile(r"^v(\d+)\.(\d+)\.\d+")


@dataclass(frozen=True)
class Node:
    """A Node that is new enough, and the npm beside it."""

    npm: Path
    version: str


def read_version(text: str) -> tuple[int, int] | None:
    """`v24.19.0` as (24, 19); None when it is no version."""
    match = VERSION.match(text.strip())
    return (int(match[1]), int(match[2])) if match else None


def find_node(path: str) -> Node | None:
    """The first Node on `path`, if it starts, is new enough and has npm beside it on `path`."""
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if node is None or npm is None:
        return None
    answer = answer_of([node, "--version"])
    version = read_version(answer) if answer is not None else None
    if answer is None or version is None or version < OLDEST_NODE:
        return None
    return Node(npm=Path(npm), version=answer)


def provide_node(layout: Layout, env: Mapping[str, str], console: Console, stamps: Stamps) -> Node:
    """The machine's Node or the wheel's. Raises Problem when neither starts."""
    found = find_node(env["PATH"])
    if found is not None:
        return found
    install("Node", "requirements-node.txt", layout, env, console, stamps)
    found = find_node(env["PATH"])
    if found is None:
        stamps.drop("requirements-node")
        raise Problem(
            f"Node {OLDEST_NODE[0]}.{OLDEST_NODE[1]} or newer is needed, and the packaged one does not start here. "
            "Install Node, then run the same command again."
        )
    return found
