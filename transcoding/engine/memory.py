"""How much memory a tool may have on this machine, and whether the kernel had to take some back.

Control groups: https://docs.kernel.org/admin-guide/cgroup-v2.html (memory.max, memory.events) and
https://docs.kernel.org/admin-guide/cgroup-v1/memory.html (memory.limit_in_bytes, memory.oom_control).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

# One call must not take what the rest of the machine lives on.
_SHARE = 0.75
_CGROUP_ROOT = Path("/sys/fs/cgroup")
_PROC = Path("/proc")


def memory_share(*, proc: Path = _PROC, cgroup: Path = _CGROUP_ROOT) -> int:
    """Bytes that one call may use: three quarters of the machine's or control group's memory; 0 if unknown."""
    bounds = [_machine_bytes(proc)]
    for folder in _groups(proc, cgroup):
        for name in ("memory.max", "memory.limit_in_bytes"):
            text = _text(folder / name).strip()
            if text.isdigit():
                bounds.append(int(text))
    known = [bound for bound in bounds if bound > 0]
    return int(min(known) * _SHARE) if known else 0


def oom_kills(*, proc: Path = _PROC, cgroup: Path = _CGROUP_ROOT) -> tuple[int, ...]:
    """How often the kernel has killed for want of memory, by every count that can be read.

    Two answers that differ say that it did in between, perhaps to somebody else.
    """
    counts = [_count(proc / "vmstat", "oom_kill")]
    for folder in _groups(proc, cgroup):
        counts += [_count(folder / name, "oom_kill") for name in ("memory.events", "memory.oom_control")]
    return tuple(counts)


def _machine_bytes(proc: Path) -> int:
    for line in _text(proc / "meminfo").splitlines():
        if line.startswith("MemTotal:"):
            return int(line.split()[1]) * 1024
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return 0


def _groups(proc: Path, root: Path) -> Iterator[Path]:
    """Folders of this process's control group and those above it; in a container only the root may be seen."""
    for line in _text(proc / "self" / "cgroup").splitlines():
        number, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if number == "0" and not controllers:
            base = root
        elif "memory" in controllers.split(","):
            base = root / "memory"
        else:
            continue
        folder = base / path.lstrip("/")
        while folder != base and base in folder.parents:
            yield folder
            folder = folder.parent
        yield base


def _count(path: Path, name: str) -> int:
    for line in _text(path).splitlines():
        key, _, value = line.partition(" ")
        if key == name and value.strip().isdigit():
            return int(value)
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
