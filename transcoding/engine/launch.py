"""Become another program, under limits and bound to the life of the process that started this one.

Run as a file by ``ffmpeg.py``:
``python -I -S launch.py PARENT CPU AS DATA FSIZE NICE NESTED DOOR -- PROGRAM ARGUMENTS``.
A limit of 0 is none. It stands between ``Popen`` and the tool because ``preexec_fn`` is unsafe in a process with
threads, and because ``setpriv`` and ``prlimit`` are not on every machine.

NESTED is 1 for a sandbox. bwrap goes away without waiting for its helper, so what the tool cost would be
lost, and it reports a death by signal as 128 + number. This process stays then: as the reaper of its
descendants it collects their cost for whoever waits for it, and it dies of the same signal. Where bwrap failed before
the tool began, which bwrap tells on a pipe that the tool cannot write to, it dies of SIGUSR2.

DOOR is -1, or a socket for a sandbox whose tool reads a film from a store: bwrap waits before it starts the tool, until a
listening socket was made in the sandbox's own network and handed to whoever holds the other end (``door.py``).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
# More than bwrap says: the numbers of its namespaces, and how the tool ended.
_NEWS_BYTES = 4096
# Where memory runs out, the kernel takes the tool and not whoever keeps count of it.
_OOM_SCORE_ADJ = b"500"
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
# ioctl_ns(2): the user namespace that a namespace belongs to.
_NS_GET_USERNS = 0xB701
_DOOR_PORT = 8080
_MOST_CALLERS = 16
# ffmpeg ends with 256 - errno, which reaches into 129…139 only for errors that no file or decoder gives.
_DEADLY = frozenset(
    {
        *(signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGILL, signal.SIGTRAP, signal.SIGABRT),
        *(signal.SIGBUS, signal.SIGFPE, signal.SIGKILL, signal.SIGSEGV, signal.SIGPIPE, signal.SIGTERM),
        *(signal.SIGXCPU, signal.SIGXFSZ, signal.SIGSYS),
    }
)


def main(arguments: list[str]) -> None:
    """Set the limits and replace this process by the program; never returns."""
    numbers = [int(argument) for argument in arguments[:8]]
    parent, cpu, address_space, data, file_size, nice, nested, door = numbers
    program = arguments[9:]
    _die_with(parent)
    # Python ignores the first two and turns the third into an exception; the tool must die of them.
    for number in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if nice:
        os.nice(nice)
    if nested:
        program = _stay_until_end(os.getpid(), program, door)
    _offer_first()
    for name, value, grace in (
        # Time to die of SIGXCPU, which tells why, before SIGKILL, which does not.
        (resource.RLIMIT_CPU, cpu, 5),
        (resource.RLIMIT_AS, address_space, 0),
        (resource.RLIMIT_DATA, data, 0),
        (resource.RLIMIT_FSIZE, file_size, 0),
    ):
        if value:
            ceiling = resource.getrlimit(name)[1]
            hard = value + grace if ceiling == resource.RLIM_INFINITY else min(value + grace, ceiling)
            resource.setrlimit(name, (min(value, hard), hard))
    os.execv(program[0], program)  # noqa: S606 - becoming the tool is what this file is for


def _die_with(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            # The parent died before the line above took effect.
            os._exit(1)


def _offer_first() -> None:
    with contextlib.suppress(OSError):
        file = os.open("/proc/self/oom_score_adj", os.O_WRONLY | os.O_CLOEXEC)
        os.write(file, _OOM_SCORE_ADJ)


def _stay_until_end(own: int, program: list[str], door: int) -> list[str]:
    """Fork; the child returns with its command. The parent waits for all descendants and ends as the child did."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    news, status_pipe = os.pipe()
    start, start_pipe = os.pipe()
    child = os.fork()
    if child == 0:
        _die_with(own)
        options = ["--json-status-fd", str(_kept(status_pipe))]
        if door >= 0:
            os.close(door)
            options += ["--block-fd", str(_kept(start))]
        return [program[0], *options, *program[1:]]
    os.close(status_pipe)
    os.close(start)
    told = b""
    if door >= 0:
        while b"\n" not in told and (data := os.read(news, _NEWS_BYTES)):
            told += data
        if told and not _opened(told, door):
            # Its end is what it is told by: nothing was started in it.
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.kill(own, signal.SIGUSR2)
        os.close(door)
    os.close(start_pipe)
    status = 0
    while True:
        try:
            pid, ended = os.wait()
        except ChildProcessError:
            break
        if pid == child:
            status = os.waitstatus_to_exitcode(ended)
    if status == 1 and b'"exit-code"' not in told + os.read(news, _NEWS_BYTES):
        os.kill(own, signal.SIGUSR2)
    number = -status if status < 0 else status - 128
    if number in _DEADLY:
        os.kill(own, number)
    os._exit(status)


def _kept(handle: int) -> int:
    os.set_inheritable(handle, True)
    return handle


def _opened(told: bytes, door: int) -> bool:
    """Whether a listening socket of the sandbox's network went through ``door``. A process of its own enters, and ends."""
    entering = os.fork()
    if entering == 0:
        try:
            _open_door(int(told.split(b":")[1].split(b",")[0]), door)
        except (OSError, ValueError, IndexError) as error:
            sys.stderr.write(f"the sandbox's door does not open: {error}\n")
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    return os.waitpid(entering, 0)[1] == 0


def _open_door(pid: int, door: int) -> None:
    import fcntl
    import socket

    network = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY)
    # Its owner's, not the one of the process: that has locked itself up in a further one.
    _enter(fcntl.ioctl(network, _NS_GET_USERNS), _CLONE_NEWUSER)
    _enter(network, _CLONE_NEWNET)
    with socket.socket() as listener, socket.socket(fileno=door) as way_out:
        # Not by the loopback's address, which is there only once bwrap has brought that up.
        listener.bind(("", _DOOR_PORT))
        listener.listen(_MOST_CALLERS)
        socket.send_fds(way_out, [b"x"], [listener.fileno()])


def _enter(namespace: int, kind: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(namespace, kind):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


if __name__ == "__main__":
    main(sys.argv[1:])
