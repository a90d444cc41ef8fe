"""MP4 files that say one thing and hold another, made from honest ones byte by byte."""

import struct
from collections.abc import Iterator
from pathlib import Path

from transcoding.engine.boxes import box, boxes, find

_TABLES = (b"moov", b"trak", b"mdia", b"minf", b"stbl")


def without_sync_table(path: Path) -> Path:
    """A file whose every sample claims to be a key frame: without a table of them, all are (14496-12, 8.6.2)."""
    path.write_bytes(path.read_bytes().replace(b"stss", b"free"))
    return path


def with_two_descriptions(path: Path, other: Path, *, from_chunk: int) -> Path:
    """A film whose pictures from a chunk on are described as those of another film; its index must be at its end."""
    data = path.read_bytes()
    entries = [_content(data, b"stsd")[8:], _content(other.read_bytes(), b"stsd")[8:]]
    picture = find(data, b"moov", b"trak")

    def rebuilt(start: int, end: int, is_picture: bool) -> Iterator[bytes]:
        for kind, content, stop in boxes(data, start, end):
            if kind in _TABLES:
                yield box(kind, *rebuilt(content, stop, is_picture or (content, stop) == picture))
            elif is_picture and kind == b"stsd":
                yield box(kind, struct.pack(">II", 0, 2), *entries)
            elif is_picture and kind == b"stsc":
                yield box(kind, _runs(data[content:stop], from_chunk))
            else:
                yield data[content - 8 : stop]

    path.write_bytes(b"".join(rebuilt(0, len(data), False)))
    return path


def _runs(table: bytes, from_chunk: int) -> bytes:
    """How many samples are in each chunk, and the second description for those from one on (8.7.4)."""
    rows = [struct.unpack_from(">III", table, place) for place in range(8, len(table), 12)]
    before = [row for row in rows if row[0] < from_chunk]
    after = [(from_chunk, before[-1][1], 2), *((row[0], row[1], 2) for row in rows if row[0] > from_chunk)]
    written = [struct.pack(">III", *row) for row in (*before, *after)]
    return struct.pack(">II", 0, len(written)) + b"".join(written)


def _content(data: bytes, kind: bytes) -> bytes:
    found = find(data, *_TABLES, kind)
    assert found is not None
    return data[found[0] : found[1]]
