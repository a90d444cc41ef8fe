"""The React app: its packages and its build."""

import re
from collections.abc import Mapping

from vod.machine.console import Console
from vod.machine.layout import Layout
from vod.machine.node import Node
from vod.machine.process import Tool, run_tool
from vod.machine.stamps import Stamps, files_below, fingerprint

UNREACHABLE = re.compile(
    r"\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT"
    r"|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)\b"
)
REGISTRY_SENTENCE = (
    "The npm registry cannot be reached. "
    "Check the network or npm's settings (npm config list), then run the same command again."
)
NOT_SOURCES = frozenset({"node_modules", "dist", "coverage", ".vite", ".cache"})


def diagnose_npm(output: str) -> str | None:
    """The sentence for an npm failure whose cause is known."""
    if UNREACHABLE.search(output):
        return REGISTRY_SENTENCE
    if "can only install packages when your package.json and package-lock.json" in output:
        return (
            "package-lock.json is not what package.json asks for. Run make lock, then the same command again."
        )
    if "EINTEGRITY" in output:
        return (
            "An npm package is not the one that was pinned. Do not use this registry; check npm's settings."
        )
    return None


def install_frontend(
    layout: Layout, env: Mapping[str, str], node: Node, console: Console, stamps: Stamps
) -> None:
    """`npm ci`, unless `node_modules` is already what the lock file says."""
    folder = layout.frontend
    # npm writes this file when it has finished; a folder that was interrupted has none.
    finished = folder / "node_modules" / ".package-lock.json"
    key = fingerprint([folder / "package-lock.json", node.version])
    if stamps.holds("npm", key, [finished]):
        return
    stamps.drop("npm")
    line = console.step("Frontend packages")
    quiet = [
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
        "--fetch-retries=2",
        "--fetch-retry-mintimeout=1000",
    ]
    run_tool(
        Tool(
            # The build needs what npm calls development packages, whatever NODE_ENV or .npmrc say.
            argv=[
                str(node.npm),
                "ci",
                "--include=dev",
                *quiet,
                "--fetch-retry-maxtimeout=5000",
                "--loglevel=http",
            ],
            cwd=folder,
            env=env,
            advice="The frontend's packages cannot be installed; above is what npm said. "
            "Put that right and run the same command again.",
            diagnose=diagnose_npm,
        ),
        line,
    )
    stamps.write("npm", key)
    line.done()


def build_frontend(
    layout: Layout, env: Mapping[str, str], node: Node, console: Console, stamps: Stamps
) -> None:
    """`npm run build`, unless no source has changed since the last."""
    folder = layout.frontend
    sources = files_below(folder, NOT_SOURCES)
    names = [str(path.relative_to(folder)) for path in sources]
    key = fingerprint([*names, *sources, node.version])
    if stamps.holds("frontend", key, [folder / "dist" / "index.html"]):
        return
    stamps.drop("frontend")
    line = console.step("Frontend")
    run_tool(
        Tool(
            argv=[str(node.npm), "run", "build"],
            cwd=folder,
            env=env,
            advice="The frontend cannot be built; above is why. Put that right and run the same command again.",
        ),
        line,
    )
    stamps.write("frontend", key)
    line.done()
