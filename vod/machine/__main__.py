"""`python -m vod.machine COMMAND`: what the Makefile calls. Old syntax until the version is known to do."""

import sys

from vod.machine.python import version_problem


def main() -> int:
    problem = version_problem((sys.version_info[0], sys.version_info[1]))
    if problem:
        sys.stderr.write(problem + "\n")
        return 1
    # Only now: everything below uses the syntax of the Python that Lantern needs.
    from vod.machine.commands import main as commands_main

    return commands_main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
