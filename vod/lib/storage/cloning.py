"""Copies of files that cost nothing where the file system can share blocks (reflinks)."""

import errno
import os
import shutil
from pathlib import Path

# The kernel copies so many bytes at a call, and shares as many: a whole number of blocks.
_AT_ONCE = 256 * 1024 * 1024
# No other way of copying does better.
_FATAL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def clone(source: Path, target: Path) -> None:
    """Makes `target` with the bytes of `source`.

    copy_file_range(2) shares the blocks on Btrfs, XFS, bcachefs and NFS 4.2, until one of the two is written to, and
    elsewhere copies inside the kernel. Where it cannot (two kinds of file systems, an old kernel, another system), they are
    copied as ever. Raises OSError.
    """
    with source.open("rb") as reader, target.open("wb") as writer:
        if not _in_kernel(reader.fileno(), writer.fileno()):
            reader.seek(0)
            writer.seek(0)
            writer.truncate()
            shutil.copyfileobj(reader, writer, 1024 * 1024)


def _in_kernel(reader: int, writer: int) -> bool:
    """Whether the kernel could do it; what it did not finish has to be done over."""
    if not hasattr(os, "copy_file_range"):
        return False
    left = os.fstat(reader).st_size
    try:
        while left > 0:
            copied = os.copy_file_range(reader, writer, min(left, _AT_ONCE))
            if copied == 0:
                # Files of some file systems claim to be empty, or were cut off meanwhile.
                return False
            left -= copied
    except OSError as error:
        if error.errno in _FATAL:
            raise
        return False
    return True
