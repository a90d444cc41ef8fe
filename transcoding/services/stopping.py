"""Whether this worker has been told to stop: one byte of memory that it shares with its children.

Made before the pool forks. Not a lock or an event, which a child killed in the wrong moment would keep.
"""

import mmap

_told = mmap.mmap(-1, 1)


def tell_to_stop() -> None:
    """From here on, running work is handed back instead of finished."""
    _told[0] = 1


def told_to_stop() -> bool:
    return bool(_told[0])


def carry_on() -> None:
    """Takes `tell_to_stop` back."""
    _told[0] = 0
