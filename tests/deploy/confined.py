"""Becomes an unprivileged process under a container's seccomp profile, then tries the sandbox as workers do, and encodes in it.

`python -m tests.deploy.confined PROFILE FFMPEG FOLDER` prints "works" or why not. PROFILE is a file in Docker's format,
FOLDER an empty one.
"""

import ctypes
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyseccomp

from transcoding.engine.ffmpeg import Limits, Sandbox, run
from transcoding.engine.sandbox import Bubblewrap, SandboxMode, try_sandbox
from transcoding.engine.tools import find_tools, read_by_range

ROOT = Path(__file__).resolve().parents[2]
_NOBODY = 65534
_PR_CAPBSET_DROP = 24
_CLONE_NEWNS = 0x20000
_MS_REC, _MS_PRIVATE = 0x4000, 0x40000
_ACTIONS = {"SCMP_ACT_ALLOW": pyseccomp.ALLOW}
_COMPARISONS = {
    "SCMP_CMP_EQ": pyseccomp.EQ,
    "SCMP_CMP_NE": pyseccomp.NE,
    "SCMP_CMP_MASKED_EQ": pyseccomp.MASKED_EQ,
}


def rules(profile: dict[str, Any]) -> Iterator[tuple[int, str, list[Any]]]:
    """Action, system call and conditions of each rule that a container without capabilities is given."""
    for entry in profile["syscalls"]:
        action = _ACTIONS.get(entry["action"])
        if action is None:
            action = pyseccomp.ERRNO(entry["errnoRet"])
        for name in entry["names"]:
            yield action, name, [_condition(given) for given in entry.get("args", [])]


def _condition(given: dict[str, Any]) -> Any:
    if given["op"] == "SCMP_CMP_MASKED_EQ":
        # Docker writes the mask as `value` and what must be left as `valueTwo`.
        return pyseccomp.Arg(given["index"], pyseccomp.MASKED_EQ, given["value"], given.get("valueTwo", 0))
    return pyseccomp.Arg(given["index"], _COMPARISONS[given["op"]], given["value"])


def confine(profile: dict[str, Any], over: Path) -> None:
    """From here on this process and its children can do no more than in a container with that profile and no capability."""
    assert profile["defaultAction"] == "SCMP_ACT_ERRNO"
    _drop_privileges(over)
    kernel = pyseccomp.SyscallFilter(pyseccomp.ERRNO(profile["defaultErrnoRet"]))
    for action, name, conditions in rules(profile):
        try:
            pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
            kernel.add_rule_exactly(action, name, *conditions)
        except (ValueError, OSError):
            # Of another machine, or newer than this libseccomp, which container engines leave out too.
            continue
    kernel.load()


def _drop_privileges(over: Path) -> None:
    """From root to nobody; who is nobody in particular already stays that."""
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    for closed in dict.fromkeys(_closed(Path(sys.executable).resolve()) + _closed(ROOT)):
        _open_for_us(libc, closed, over)
    for capability in range(64):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    os.setgroups([])
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    os.setresuid(_NOBODY, _NOBODY, _NOBODY)


def _closed(path: Path) -> list[Path]:
    return [folder for folder in reversed(path.parents) if not folder.stat().st_mode & 0o001]


def _open_for_us(libc: ctypes.CDLL, folder: Path, over: Path) -> None:
    """Lets nobody walk through `folder` (somebody's Python may lie in root's home), in our view of the files alone; `over` is an empty folder."""
    steps = [
        ("none", "/", None, _MS_REC | _MS_PRIVATE, None),
        ("tmpfs", str(over), "tmpfs", 0, "mode=755"),
        (
            "overlay",
            str(folder),
            "overlay",
            0,
            f"lowerdir={folder},upperdir={over}/upper,workdir={over}/work",
        ),
    ]
    if libc.unshare(_CLONE_NEWNS) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    for source, target, kind, flags, options in steps:
        words = [word.encode() if word is not None else None for word in (source, target, kind)]
        if libc.mount(*words, ctypes.c_ulong(flags), options.encode() if options else None) != 0:
            raise OSError(ctypes.get_errno(), f"mount {target}")
        if kind == "tmpfs":
            for name in ("upper", "work"):
                (over / name).mkdir(mode=0o755)


def encode(ffmpeg: Path, sandbox: Sandbox) -> None:
    """A second of picture and sound, with all the threads that an encoder starts. Raises MediaError."""
    with tempfile.TemporaryDirectory() as folder:
        run(
            [
                *(
                    str(ffmpeg),
                    "-loglevel",
                    "error",
                    "-f",
                    "lavfi",
                    "-i",
                    "testsrc2=size=320x180:rate=25:duration=1",
                ),
                *("-f", "lavfi", "-i", "sine=duration=1", "-c:v", "libx264", "-c:a", "aac"),
                f"{folder}/film.mp4",
            ],
            limits=Limits(wall_seconds=60, cpu_seconds=60),
            sandbox=sandbox,
            writes=[Path(folder)],
        )


def main(profile: Path, ffmpeg: Path, over: Path) -> str:
    confine(json.loads(profile.read_text(encoding="utf-8")), over)
    found, reason = try_sandbox(ffmpeg)
    if found is None:
        return reason
    encode(ffmpeg, found)
    words = ["works"]
    if isinstance(found, Bubblewrap) and found.sealed:
        words.append("sealed")
    if read_by_range(find_tools(str(ffmpeg), sandbox=SandboxMode.REQUIRED)):
        words.append("by range")
    return ", ".join(words)


if __name__ == "__main__":
    print(main(*map(Path, sys.argv[1:4])))
