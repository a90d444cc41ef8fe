"""Layer two around whatever reads what a person gave: bubblewrap, tried before it is trusted.

ffmpeg's own guards keep failing, so a tool gets namespaces of its own: no network, no processes but its own,
no environment, and of all files only system libraries, itself, its inputs and its output folder.
"""

from __future__ import annotations

import logging
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from transcoding.engine.ffmpeg import Limits, NoSandbox, Sandbox, run
from transcoding.errors import FailureCode, MediaError

logger = logging.getLogger(__name__)

# Libraries and the loader, but no programs: who breaks out of a decoder finds not even a shell.
_SYSTEM = (
    *("/lib", "/lib32", "/lib64", "/libx32", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libx32"),
    *("/usr/local/lib", "/usr/local/lib64", "/nix/store", "/gnu/store"),
)
_LOADER = ("/etc/ld.so.cache", "/etc/alternatives")
_TRIAL = Limits(wall_seconds=20, cpu_seconds=10, memory_bytes=2 * 1024**3)
# A machine that is put right is noticed without a new start.
_AGAIN_AFTER_SECONDS = 30.0
_INSTALL = "Install bubblewrap (on Debian or Ubuntu: apt install bubblewrap)"
_ALLOW = (
    "bubblewrap may not make namespaces here. On the host, allow them: sysctl user.max_user_namespaces above 0, "
    "kernel.unprivileged_userns_clone=1 (Debian), kernel.apparmor_restrict_unprivileged_userns=0 or an AppArmor "
    "profile for bwrap (Ubuntu); for a container, a seccomp and AppArmor profile that lets it call clone, unshare, "
    "mount and pivot_root"
)


class SandboxMode(StrEnum):
    """What to do where the sandbox does not work: wait for it, go on with limits only, or never ask for it."""

    REQUIRED = "required"
    AUTO = "auto"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Bubblewrap:
    """Rewrites a command to run under bwrap.

    ``proc`` is off where a container forbids mounting one; ``sealed`` (bubblewrap 0.8 and newer) forbids
    further namespaces inside, through which much of the kernel's code can be reached.
    """

    program: str
    proc: bool = True
    sealed: bool = True
    nested: bool = True

    def wrap(self, arguments: Sequence[str], *, reads: Sequence[Path], writes: Sequence[Path]) -> list[str]:
        """The command as it must be started; ``reads`` and ``writes`` appear at their own paths.

        A read inside a folder of writes stays read-only.
        """
        own = [*self._system(), *(("--proc", "/proc") if self.proc else ()), "--dev", "/dev"]
        given = [(path, "--bind") for path in writes] + [(path, "--ro-bind") for path in reads]
        # What lies deeper is laid over what holds it; of the same place, the stricter one wins.
        given.sort(key=lambda item: (len(item[0].absolute().parts), item[1] == "--ro-bind"))
        binds = [part for path, kind in given for part in _bind(kind, path)]
        return [
            *(self.program, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"),
            *(("--unshare-user", "--disable-userns") if self.sealed else ()),
            *("--hostname", "sandbox", "--clearenv", "--setenv", "LC_ALL", "C"),
            *own,
            *("--tmpfs", "/tmp"),  # noqa: S108 - one of its own, gone with it
            *_program(Path(arguments[0])),
            *binds,
            # Last, for they need places to stand: nothing can be written but what was given, not even memory
            # dressed up as files.
            *("--remount-ro", "/", "--remount-ro", "/tmp", "--remount-ro", "/dev"),  # noqa: S108
            *("--chdir", "/", "--"),
            *arguments,
        ]

    def broken(self, status: int) -> bool:
        """Whether bwrap itself failed (see launch.py). It is tried anew then, before anything is started in it."""
        failed = status == -signal.SIGUSR2
        if failed:
            _proved.clear()
        return failed

    @staticmethod
    def _system() -> Iterator[str]:
        for name in (*_SYSTEM, *_LOADER):
            path = Path(name)
            if path.is_symlink() and path.parent == Path("/"):
                # /lib is /usr/lib on most machines; a bind of it would hide what the link says.
                yield from ("--symlink", str(path.readlink()), name)
            elif path.exists():
                yield from ("--ro-bind", name, name)


def _bind(kind: str, path: Path) -> Iterator[str]:
    # Arguments name a path as it was given or resolved; both must lead there.
    for name in dict.fromkeys((str(path.resolve()), str(path.absolute()))):
        yield from (kind, str(path.resolve()), name)


def _program(path: Path) -> Iterator[str]:
    """The tool alone, not its folder, which may be somebody's home; beside ``bin`` its libraries."""
    yield from _bind("--ro-bind", path)
    folder = path.resolve().parent
    if folder.name == "bin" and folder != Path("/usr/bin"):
        for library in sorted(folder.parent.glob("lib*")):
            if library.is_dir() and str(library) not in _SYSTEM:
                yield from _bind("--ro-bind", library)


_proved: dict[tuple[str, SandboxMode], Sandbox] = {}
_refused: dict[tuple[str, SandboxMode], tuple[float, str]] = {}


def choose_sandbox(mode: SandboxMode, ffmpeg: Path) -> Sandbox:
    """The sandbox to use, tried for real with this ffmpeg once per process.

    Raises MediaError SANDBOX_UNAVAILABLE (transient) where ``mode`` is required and it does not hold.
    """
    key = (str(ffmpeg), mode)
    if mode is SandboxMode.OFF:
        return NoSandbox()
    if key in _proved:
        return _proved[key]
    until, reason = _refused.get(key, (0.0, ""))
    if time.monotonic() >= until:
        found, reason = try_sandbox(ffmpeg)
        if found is not None:
            _proved[key] = found
            return found
        if mode is SandboxMode.AUTO:
            logger.warning("Films are read with limits only, without a sandbox: %s.", reason)
            _proved[key] = NoSandbox()
            return _proved[key]
        logger.error("Nothing is read or encoded: the sandbox is required and does not work: %s.", reason)
        _refused[key] = (time.monotonic() + _AGAIN_AFTER_SECONDS, reason)
    raise MediaError(
        FailureCode.SANDBOX_UNAVAILABLE,
        f"Films wait, because SANDBOX=required and the sandbox does not work: {reason}.",
        permanent=False,
        tail=reason,
    )


def try_sandbox(ffmpeg: Path) -> tuple[Sandbox | None, str]:
    """A sandbox in which ffmpeg works, a file outside cannot be read and nobody can be called; or None, and why."""
    if sys.platform != "linux":
        return None, "bubblewrap works on Linux only"
    program = shutil.which("bwrap")
    if program is None:
        return None, _INSTALL
    reason = ""
    for sealed, proc in ((True, True), (True, False), (False, True), (False, False)):
        sandbox = Bubblewrap(program, proc=proc, sealed=sealed)
        reason = _weakness(sandbox, str(ffmpeg))
        if not reason:
            return sandbox, ""
    return None, reason


def _weakness(sandbox: Sandbox, ffmpeg: str) -> str:
    """Why this sandbox is not to be trusted; empty where it is."""
    with tempfile.TemporaryDirectory(prefix="sandbox-") as folder, _canary() as (listener, port):
        inside, outside, out = (Path(folder) / name for name in ("inside", "outside", "out"))
        out.mkdir()
        for path in (inside, outside):
            path.write_bytes(path.name.encode() * 100)

        def copy(source: str, target: Path) -> tuple[bool, str]:
            sound = ("-f", "u8", "-ar", "8000", "-ac", "1")
            completed = run(
                [
                    *(ffmpeg, "-nostdin", "-hide_banner", "-loglevel", "error", "-y"),
                    *(*sound, "-i", source, "-c", "copy", "-f", "u8", f"file:{target}"),
                ],
                limits=_TRIAL,
                sandbox=sandbox,
                reads=[inside],
                writes=[out],
                may_fail=True,
            )
            return completed.returncode == 0, completed.tail

        try:
            worked, tail = copy(f"file:{inside}", out / "inside")
            if not worked or (out / "inside").read_bytes() != inside.read_bytes():
                return _explain(tail)
            if copy(f"file:{outside}", out / "outside")[0]:
                return "a tool in the sandbox could read a file that was not given to it"
            if copy(f"file:{inside}", outside)[0]:
                return "a tool in the sandbox could write where it may not"
            copy(f"tcp://127.0.0.1:{port}?timeout=1000000", out / "network")
            if _was_called(listener):
                return "a tool in the sandbox could reach the network"
        except MediaError as error:
            return _explain(error.tail or error.sentence.rstrip("."))
        except OSError as error:
            return f"its trial could not be set up ({error})"
    return ""


def _explain(tail: str) -> str:
    last = tail.splitlines()[-1] if tail else "no reason given"
    namespace = ("namespace", "uid map", "Operation not permitted", "Permission denied", "proc on")
    return f"{_ALLOW} ({last})" if any(word in tail for word in namespace) else f"it does not start ({last})"


@contextmanager
def _canary() -> Iterator[tuple[socket.socket, int]]:
    """A listener on loopback that nobody in a sandbox must be able to call, and its port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        yield listener, listener.getsockname()[1]


def _was_called(listener: socket.socket) -> bool:
    # The caller has ended: a connection of its would be there by now.
    listener.setblocking(False)
    try:
        connection, _ = listener.accept()
    except BlockingIOError:
        return False
    connection.close()
    return True
