"""Whether this process and its siblings are about to end: so balancers look elsewhere before the door closes.

The byte is shared by whatever is forked after the import, so the parent of a pool can tell all of its children.
"""

import mmap

_shared = mmap.mmap(-1, 1)


def say_leaving() -> None:
    _shared[0] = 1


def is_leaving() -> bool:
    return _shared[0] == 1
