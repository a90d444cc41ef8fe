"""The virtual environment and the Python packages in it."""

import re
import sys
from collections.abc import Mapping

from vod.machine.console import Console
from vod.machine.errors import Problem
from vod.machine.layout import Layout
from vod.machine.process import Tool, answer_of, run_tool
from vod.machine.python import OLDEST
from vod.machine.stamps import Stamps, fingerprint

#: What pip prints when it waits in vain for an index.
UNREACHABLE = re.compile(
    r"NewConnectionError|ConnectTimeout|ReadTimeout|Read timed out|name resolution|Name or service not known"
    r"|nodename nor servname|Connection refused|Connection reset|Network is unreachable|No route to host"
    r"|Max retries exceeded|Cannot connect to proxy|ProxyError|Tunnel connection failed|SSLError|SSLCertVerificationError"
    r"|\(from versions: none\)"
)
REGISTRY_SENTENCE = (
    "The Python package registry cannot be reached. "
    "Check the network or pip's settings (pip config list), then run the same command again."
)
NO_WHEEL = re.compile(r"No matching distribution found for (\S+)")


def diagnose_pip(output: str) -> str | None:
    """The sentence for a pip failure whose cause is known."""
    if UNREACHABLE.search(output):
        return REGISTRY_SENTENCE
    missing = NO_WHEEL.search(output)
    if missing:
        return (
            f"The Python package registry does not offer {missing[1]} for this machine. "
            "Check pip's settings (pip config list) and the Python version, then run the same command again."
        )
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in output:
        return (
            "A Python package is not the one that was pinned. Do not use this registry; check pip's settings."
        )
    return None


def diagnose_venv(output: str) -> str | None:
    """The sentence for a Python that was packaged without what `venv` needs."""
    if "ensurepip" in output or "No module named venv" in output:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return (
            "This Python cannot make virtual environments. Install its venv module "
            f"(on Debian or Ubuntu: apt install python{version}-venv), then run the same command again."
        )
    return None


def make_venv(layout: Layout, env: Mapping[str, str], console: Console, stamps: Stamps) -> None:
    """Makes `.venv`, or makes it again when it is broken or was left half made."""
    version = _python_version(layout)
    if version is not None and stamps.holds("venv", version):
        return
    line = console.step("Virtual environment")
    if version is None or not _has_pip(layout, env):
        run_tool(
            Tool(
                argv=[sys.executable, "-m", "venv", "--clear", str(layout.venv)],
                cwd=layout.root,
                env=_without_venv(env, layout),
                advice=f"The virtual environment {layout.venv} cannot be made. Remove it and run the same command again.",
                diagnose=diagnose_venv,
            ),
            line,
        )
        version = _python_version(layout)
        if version is None:
            line.failed()
            raise Problem(
                f"The Python in {layout.venv} does not start. Remove that folder and run the same command again."
            )
    stamps.write("venv", version)
    line.done()


def install(
    name: str, requirements: str, layout: Layout, env: Mapping[str, str], console: Console, stamps: Stamps
) -> None:
    """Installs one pinned list into `.venv`, unless that very list is there already."""
    path = layout.root / requirements
    stamp = requirements.removesuffix(".txt")
    key = fingerprint([path, _python_version(layout) or ""])
    if stamps.holds(stamp, key):
        return
    line = console.step(name)
    argv = [str(layout.python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    argv += ["--progress-bar", "off", "--retries", "2"]
    if "PIP_DEFAULT_TIMEOUT" not in env:
        argv += ["--timeout", "20"]
    run_tool(
        Tool(
            argv=[*argv, "-r", str(path)],
            cwd=layout.root,
            env=env,
            advice=f"The packages of {requirements} cannot be installed; above is what pip said. "
            "Put that right and run the same command again.",
            diagnose=diagnose_pip,
        ),
        line,
    )
    stamps.write(stamp, key)
    line.done()


def _python_version(layout: Layout) -> str | None:
    """Full version of the environment's Python; None when it is missing, broken or too old."""
    asked = f"import sys; print(sys.version_info[:2] >= {OLDEST}, sys.version)"
    new_enough, _, version = (answer_of([str(layout.python), "-I", "-S", "-c", asked]) or "").partition(" ")
    return version if new_enough == "True" else None


def _has_pip(layout: Layout, env: Mapping[str, str]) -> bool:
    return answer_of([str(layout.python), "-m", "pip", "--version"], env) is not None


def _without_venv(env: Mapping[str, str], layout: Layout) -> dict[str, str]:
    """`venv --clear` must not find the programs of the folder that it is about to empty."""
    return {
        name: value.replace(f"{layout.bin}:", "", 1) if name == "PATH" else value
        for name, value in env.items()
    }
