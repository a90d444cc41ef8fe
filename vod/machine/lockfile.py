"""Completes `package-lock.json` where the registry it was made with offers no packages of other platforms.

npm leaves out an optional package that it could not look up, and `npm ci` then refuses the file. Their versions
stand in the packages that ask for them, so the entries can be written without a registry; npm skips them on every
platform but their own.
"""

import json
import re
from pathlib import Path
from typing import Any

SYSTEMS = (
    "android",
    "darwin",
    "linux",
    "win32",
    "freebsd",
    "openharmony",
    "aix",
    "sunos",
    "netbsd",
    "openbsd",
)
PROCESSORS = ("arm64", "x64", "ia32", "arm", "ppc64", "s390x", "riscv64", "loong64", "wasm32", "mips64el")
EXACT = re.compile(r"^\d+\.\d+\.\d+[\w.+-]*$")


def complete(lock: dict[str, Any]) -> list[str]:
    """Adds the missing entries to a parsed lock file of version 3 and returns their places."""
    packages: dict[str, Any] = lock["packages"]
    added: list[str] = []
    for place, package in list(packages.items()):
        for name, version in package.get("optionalDependencies", {}).items():
            platform = _platform(name)
            if platform is None or not EXACT.match(version):
                continue
            found = _resolve(packages, place, name)
            if found is not None and packages[found]["version"] == version:
                continue
            parent = place.removesuffix(place.rpartition("node_modules/")[2])
            new = (
                f"{parent}{name}"
                if found is None or not found.startswith(parent)
                else f"{place}/node_modules/{name}"
            )
            dev = {"dev": True} if package.get("dev") else {}
            packages[new] = {"version": version, **platform, **dev, "optional": True}
            added.append(new)
    lock["packages"] = {place: packages[place] for place in sorted(packages)}
    return added


def complete_file(path: Path) -> list[str]:
    """`complete` on a file, in npm's own format. Returns the places that were added."""
    lock = json.loads(path.read_text(encoding="utf-8"))
    added = complete(lock)
    if added:
        path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return added


def _resolve(packages: dict[str, Any], place: str, name: str) -> str | None:
    """Where Node would find `name` from `place`: there, or in the nearest folder above."""
    while True:
        candidate = f"{place}/node_modules/{name}".lstrip("/")
        if candidate in packages:
            return candidate
        if not place:
            return None
        place = place.rpartition("node_modules/")[0].rstrip("/")


def _platform(name: str) -> dict[str, list[str]] | None:
    """What the name of a platform's package says: `…-linux-arm64-musl`; None when it says nothing."""
    words = name.rpartition("/")[2].split("-")
    systems = [word for word in words if word in SYSTEMS]
    processors = [word for word in words if word in PROCESSORS]
    if not processors or (not systems and processors != ["wasm32"]):
        return None
    libc = {"libc": ["musl"]} if "musl" in words else {"libc": ["glibc"]} if "gnu" in words else {}
    return {**({"os": systems} if systems else {}), "cpu": processors, **libc}
