"""How a picture was held when it was taken: tag 274 of Exif (CIPA DC-008, 4.6.4 A), found without any decoder.

Builds of ffmpeg differ in which kinds of pictures they turn upright by themselves, so none is asked to.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

# Filters that bring a picture upright, by its orientation; 1 is upright.
UPRIGHT: dict[int, str] = {
    2: "hflip",
    3: "hflip,vflip",
    4: "vflip",
    5: "transpose=cclock_flip",
    6: "transpose=clock",
    7: "transpose=clock_flip",
    8: "transpose=cclock",
}
_MOST_PARTS = 100_000
_MOST_EXIF = 64 * 1024
_EXIF = b"Exif\0\0"
_TAG, _SHORT = 0x0112, 3
_START_OF_SCAN, _END = 0xDA, 0xD9


def orientation_of(source: Path) -> int:
    """1 to 8 as the file's Exif says; 1 where it says nothing that makes sense."""
    with source.open("rb") as file:
        head = file.read(12)
        if head[:2] == b"\xff\xd8":
            exif = _of_jpeg(file)
        elif head[:4] == b"\x89PNG":
            exif = _of_parts(file, 8, b"eXIf", length_first=True)
        elif head[:4] == b"RIFF":
            exif = _of_parts(file, 12, b"EXIF", length_first=False)
        else:
            exif = b""
    return _orientation(exif.removeprefix(_EXIF))


def _of_jpeg(file: BinaryIO) -> bytes:
    """The first Exif segment before the picture itself (ITU-T T.81, B.1.1)."""
    position = 2
    for _ in range(_MOST_PARTS):
        file.seek(position)
        head = file.read(10)
        if len(head) < 4 or head[0] != 0xFF:
            return b""
        if head[1] == 0xFF:
            # Any number of these may stand before a marker.
            position += 1
            continue
        if head[1] in (_START_OF_SCAN, _END):
            return b""
        length = int.from_bytes(head[2:4], "big")
        if head[1] == 0xE1 and head[4:] == _EXIF:
            file.seek(position + 4)
            return file.read(max(length - 2, 0))
        position += 2 + length
    return b""


def _of_parts(file: BinaryIO, position: int, wanted: bytes, *, length_first: bool) -> bytes:
    """The body of a chunk of PNG (length, name, body, check sum) or of RIFF (name, length, body, even)."""
    for _ in range(_MOST_PARTS):
        file.seek(position)
        head = file.read(8)
        if len(head) < 8:
            return b""
        name = head[4:] if length_first else head[:4]
        length = int.from_bytes(head[:4], "big") if length_first else int.from_bytes(head[4:], "little")
        if name == wanted:
            return file.read(min(length, _MOST_EXIF))
        position += 8 + length + (4 if length_first else length % 2)
    return b""


def _orientation(tiff: bytes) -> int:
    """Tag 274 of the first directory (TIFF 6.0, section 2)."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for number in range(count):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * number)
            if (tag, kind) == (_TAG, _SHORT):
                return int(value) if value in UPRIGHT else 1
    except struct.error:
        return 1
    return 1
