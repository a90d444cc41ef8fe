"""What can be known before anything is made: the port, the disk, and whether Lantern runs already."""

import errno
import fcntl
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from vod.machine.errors import Problem

DEFAULT_PORT = 8000
DEFAULT_HOST = "127.0.0.1"
FIRST_START_BYTES = 2 * 10**9
LATER_START_BYTES = 200 * 10**6


class Space(NamedTuple):
    """What `shutil.disk_usage` answers, in bytes."""

    total: int
    used: int
    free: int


def read_port(text: str | None) -> int:
    """The port that `PORT` names. Raises Problem when it is no port."""
    if not text:
        return DEFAULT_PORT
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise Problem(f"PORT is {text!r}, but must be a number from 1 to 65535: make run PORT={DEFAULT_PORT}")


def require_port(host: str, port: int) -> None:
    """Raises Problem when nothing could listen at `host` and `port`."""
    try:
        _try_port(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = _free_port_after(host, port)
            raise Problem(
                f"Port {port} is in use by another program. Stop it, or choose another: make run PORT={other}"
            ) from error
        if error.errno == errno.EACCES:
            raise Problem(
                f"Port {port} is only for root. Choose one above 1023: make run PORT={DEFAULT_PORT}"
            ) from error
        raise Problem(
            f"Nothing can listen at HOST={host} ({error.strerror}). Try: make run HOST=127.0.0.1"
        ) from error


def require_space(
    folder: Path,
    needed: int,
    measure: Callable[[Path], tuple[int, int, int]] = shutil.disk_usage,
) -> None:
    """Raises Problem when the disk that `folder` is (or will be) on has fewer than `needed` bytes free."""
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    free = Space(*measure(there)).free
    if free < needed:
        raise Problem(
            f"Lantern needs {_gigabytes(needed)} free on the disk of {folder}, and there are {_gigabytes(free)}. "
            "Free some, or keep Lantern's data elsewhere: make run VOD_HOME=/other/disk/lantern"
        )


def require_folder(folder: Path, name: str) -> None:
    """Makes `folder`. Raises Problem when it cannot be made or written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise Problem(
            f"{folder} cannot be written to ({error.strerror}). Change its owner, or name another folder: {name}"
        ) from error


def hold_home(home: Path) -> int:
    """Takes the lock of an installation and returns its descriptor; it is held until the process ends.

    Raises Problem when another Lantern holds it.
    """
    descriptor = os.open(home / "lantern.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.read(descriptor, 200).decode("utf-8", "replace").strip()
        os.close(descriptor)
        raise Problem(
            f"Lantern runs here already{f' ({holder})' if holder else ''}. "
            "Stop that one with Ctrl-C, or start another beside it: make run VOD_HOME=var2 PORT=8001"
        ) from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"process {os.getpid()}\n".encode(), 0)
    return descriptor


def hold_checkout(root: Path, waiting: Callable[[], None]) -> int:
    """Takes the lock of a checkout while it is being set up, and waits (after telling so) for who has it.

    Returns the descriptor to close; the folder itself is locked, so no file is left behind.
    """
    descriptor = os.open(root, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        waiting()
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def _try_port(host: str, port: int) -> None:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as trial:
        # As the web server will: a port that only cools down after the last run is free.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind(address)
        trial.listen(1)


def _free_port_after(host: str, port: int) -> int:
    for other in range(port + 1, min(port + 100, 65536)):
        try:
            _try_port(host, other)
        except OSError:
            continue
        return other
    return DEFAULT_PORT


def _gigabytes(count: int) -> str:
    return f"{count / 10**9:.1f} GB"
