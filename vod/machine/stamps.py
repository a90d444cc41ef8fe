"""What makes a second start quick: a stamp is the hash of a step's inputs, written when the step has ended.

A crash in mid-step leaves no stamp, so the step is done again.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def fingerprint(parts: Iterable[str | Path]) -> str:
    """Hash of strings as they are and of files by name and content."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            digest.update(part.name.encode() + b"\0")
            digest.update(part.read_bytes())
        else:
            digest.update(part.encode())
        digest.update(b"\0\0")
    return digest.hexdigest()


def files_below(folder: Path, leave_out: frozenset[str]) -> list[Path]:
    """Every file below `folder` in a stable order, without the folders named in `leave_out`."""
    found: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in leave_out)
        found.extend(Path(parent) / name for name in sorted(names))
    return found


class Stamps:
    """Stamps in one folder, one small file a step."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def holds(self, name: str, key: str, outputs: Iterable[Path] = ()) -> bool:
        """True when the step ended with these very inputs and what it made is still there."""
        try:
            written = (self.folder / name).read_text(encoding="ascii")
        except OSError:
            return False
        return written == key and all(output.exists() for output in outputs)

    def write(self, name: str, key: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        waiting = self.folder / f"{name}.{os.getpid()}"
        waiting.write_text(key, encoding="ascii")
        waiting.replace(self.folder / name)

    def drop(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)
