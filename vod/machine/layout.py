"""Where things are on this machine, and the environment that everything Lantern starts is given."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: Left behind by a shell, an editor or make; each would change what a child does in ways nobody asked for.
SURPRISING = frozenset(
    {
        "DJANGO_SETTINGS_MODULE",
        "MAKEFLAGS",
        "MAKELEVEL",
        "MAKEOVERRIDES",
        "MFLAGS",
        "NODE_ENV",
        "NODE_OPTIONS",
        "NODE_PATH",
        "PIP_PREFIX",
        "PIP_REQUIRE_VIRTUALENV",
        "PIP_ROOT",
        "PIP_TARGET",
        "PIP_USER",
        # Each of a dozen processes would compile all of Lantern anew, a second of every start.
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONHOME",
        "PYTHONOPTIMIZE",
        "PYTHONPATH",
        "PYTHONSTARTUP",
        "PYTHONWARNINGS",
        "VIRTUAL_ENV",
    }
)


@dataclass(frozen=True)
class Layout:
    """The folders of one checkout and one installation; all absolute."""

    root: Path
    home: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def bin(self) -> Path:
        return self.venv / "bin"

    @property
    def python(self) -> Path:
        return self.bin / "python"

    @property
    def frontend(self) -> Path:
        return self.root / "frontend"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    def environment(self, outer: Mapping[str, str]) -> dict[str, str]:
        """The outer environment without surprises, with the virtual environment's programs first."""
        env = {name: value for name, value in outer.items() if name not in SURPRISING}
        env["PATH"] = os.pathsep.join([str(self.bin), outer.get("PATH", os.defpath)])
        env["VIRTUAL_ENV"] = str(self.venv)
        env["VOD_HOME"] = str(self.home)
        env["PYTHONUNBUFFERED"] = "1"
        return env


def find_layout(outer: Mapping[str, str]) -> Layout:
    """The checkout this file is in, and `VOD_HOME` (default `var/`, a relative one is the caller's)."""
    root = Path(__file__).resolve().parents[2]
    named = outer.get("VOD_HOME") or ""
    home = Path(named).expanduser().resolve() if named else root / "var"
    return Layout(root=root, home=home)
