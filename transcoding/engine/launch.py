"""Become another program, under limits and bound to the life of the process that started this one.

Run as a file by ``ffmpeg.py``: ``python -I -S launch.py PARENT CPU AS FSIZE NICE -- PROGRAM ARGUMENTS``. A limit of 0
is none. It stands between ``Popen`` and the tool because ``preexec_fn`` is unsafe in a process with
threads, and because ``setpriv`` and ``prlimit`` are not on every machine.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Set the limits and replace this process by the program; never returns."""
    parent, cpu, address_space, file_size, nice = (int(argument) for argument in arguments[:5])
    program = arguments[6:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            # The parent died before the line above took effect.
            sys.exit(1)
    for name, value, grace in (
        # Time to die of SIGXCPU, which tells why, before SIGKILL, which does not.
        (resource.RLIMIT_CPU, cpu, 5),
        (resource.RLIMIT_AS, address_space, 0),
        (resource.RLIMIT_FSIZE, file_size, 0),
    ):
        if value:
            ceiling = resource.getrlimit(name)[1]
            hard = value + grace if ceiling == resource.RLIM_INFINITY else min(value + grace, ceiling)
            resource.setrlimit(name, (min(value, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Python ignores these two; the tool must die of them.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    if nice:
        os.nice(nice)
    os.execv(program[0], program)  # noqa: S606 - becoming the tool is what this file is for


if __name__ == "__main__":
    main(sys.argv[1:])
