"""Which Python may run Lantern. Read by Pythons that may not, so the syntax here stays old."""

import shutil
from typing import Optional, Tuple  # noqa: UP035 - a Python 3.8 must be able to read this

OLDEST = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")


def version_problem(version: Tuple[int, int]) -> Optional[str]:  # noqa: UP006, UP045
    """The sentence to show when `version` (major, minor) is too old; None when it is not."""
    if version >= OLDEST:
        return None
    found = [name for name in NEWER_NAMES if shutil.which(name)]
    return "Lantern needs Python {}.{} or newer; this is {}.{}. {}make run PYTHON={}".format(
        OLDEST[0],
        OLDEST[1],
        version[0],
        version[1],
        "Name the newer one that is here: " if found else "Install one, then name it: ",
        found[0] if found else "python3.12",
    )
