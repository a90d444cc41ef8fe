"""Boxes of fragmented MP4 (ISO/IEC 14496-12), read and written in plain Python.

Readers raise ValueError on anything that does not add up; they never read outside the bytes given.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Data = bytes | mmap.mmap

# Bytes of a sample entry before its child boxes (14496-12, 12.1.3 and 12.2.3).
_ENTRY_HEADER = {b"avc1": 78, b"av01": 78, b"hvc1": 78, b"mp4a": 28}
# sample_is_non_sync_sample of sample_flags (8.8.3.1).
_NON_SYNC = 0x0001_0000
# A sample that depends on none: AAC packets all are.
_SYNC_FLAGS = 0x0200_0000


@dataclass(frozen=True, slots=True)
class Fragment:
    """One moof with its mdat: times in the track's time scale, sizes and positions in bytes of the file.

    ``offsets`` are from a sample's decode time to when it is shown, of either sign.
    """

    sequence: int
    decode_time: int
    durations: tuple[int, ...]
    sizes: tuple[int, ...]
    flags: tuple[int, ...]
    data_start: int
    moof_start: int
    offsets: tuple[int, ...]

    @property
    def duration(self) -> int:
        return sum(self.durations)

    @property
    def starts_with_sync(self) -> bool:
        return bool(self.flags) and not self.flags[0] & _NON_SYNC


@dataclass(frozen=True, slots=True)
class TrackHead:
    """What an init segment says of its one track; sizes in pixels, 0 for sound."""

    timescale: int
    codecs: str
    width: int
    height: int
    has_edit_list: bool


def boxes(data: Data, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, int, int]]:
    """Type, first byte of content and end of each box between two positions."""
    position, end = start, len(data) if end is None else end
    while position < end:
        if position + 8 > end:
            raise ValueError("a box header is cut off")
        size, kind = struct.unpack_from(">I4s", data, position)
        head = 8
        if size == 1:
            if position + 16 > end:
                raise ValueError("a box header is cut off")
            size, head = struct.unpack_from(">Q", data, position + 8)[0], 16
        elif size == 0:
            size = end - position
        if size < head or position + size > end:
            raise ValueError(f"box {kind!r} does not fit where it stands")
        yield kind, position + head, position + size
        position += size


def find(data: Data, *path: bytes, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Content of the first box along a path of types."""
    for kind, content, stop in boxes(data, start, end):
        if kind == path[0]:
            return (content, stop) if len(path) == 1 else find(data, *path[1:], start=content, end=stop)
    return None


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box of these parts."""
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def fragments(data: Data) -> Iterator[Fragment]:
    """Every fragment of a file with one track."""
    defaults = (0, 0, 0)
    trex = find(data, b"moov", b"mvex", b"trex")
    if trex:
        defaults = struct.unpack_from(">III", data, trex[0] + 12)
    pending: tuple[int, int, int] | None = None
    for kind, content, end in boxes(data):
        if kind == b"moof":
            pending = (content, end, content - 8)
        elif kind == b"mdat" and pending:
            yield _fragment(data, pending, (content, end), defaults)
            pending = None
    if pending:
        raise ValueError("a moof has no mdat")


def _need(found: tuple[int, int] | None, name: str) -> tuple[int, int]:
    if found is None:
        raise ValueError(f"there is no {name} box")
    return found


def _fragment(
    data: Data, moof: tuple[int, int, int], mdat: tuple[int, int], defaults: tuple[int, int, int]
) -> Fragment:
    start, end, moof_start = moof
    mfhd, _ = _need(find(data, b"mfhd", start=start, end=end), "mfhd")
    traf = _need(find(data, b"traf", start=start, end=end), "traf")
    default_duration, default_size, default_flags = _tfhd(data, traf, defaults)
    tfdt, _ = _need(find(data, b"tfdt", start=traf[0], end=traf[1]), "tfdt")
    decode_time = struct.unpack_from(">Q" if data[tfdt] else ">I", data, tfdt + 4)[0]
    durations: list[int] = []
    sizes: list[int] = []
    flags: list[int] = []
    offsets: list[int] = []
    for kind, content, _stop in boxes(data, *traf):
        if kind == b"trun":
            run = _trun(data, content, (default_duration, default_size, default_flags))
            durations += run[0]
            sizes += run[1]
            flags += run[2]
            offsets += run[3]
    if sum(sizes) > mdat[1] - mdat[0]:
        raise ValueError("samples reach beyond their mdat")
    sequence = struct.unpack_from(">I", data, mfhd + 4)[0]
    return Fragment(
        sequence,
        decode_time,
        tuple(durations),
        tuple(sizes),
        tuple(flags),
        mdat[0],
        moof_start,
        tuple(offsets),
    )


def _tfhd(data: Data, traf: tuple[int, int], defaults: tuple[int, int, int]) -> tuple[int, int, int]:
    tfhd, _ = _need(find(data, b"tfhd", start=traf[0], end=traf[1]), "tfhd")
    present = struct.unpack_from(">I", data, tfhd)[0] & 0xFFFFFF
    position = tfhd + 8 + (8 if present & 0x1 else 0) + (4 if present & 0x2 else 0)
    values = list(defaults)
    for number, bit in enumerate((0x8, 0x10, 0x20)):
        if present & bit:
            values[number] = struct.unpack_from(">I", data, position)[0]
            position += 4
    return values[0], values[1], values[2]


def _trun(
    data: Data, content: int, defaults: tuple[int, int, int]
) -> tuple[list[int], list[int], list[int], list[int]]:
    flags, count = struct.unpack_from(">II", data, content)
    position = content + 8 + (4 if flags & 0x1 else 0)
    first_flags: int | None = None
    if flags & 0x4:
        first_flags = struct.unpack_from(">I", data, position)[0]
        position += 4
    fields = [bit for bit in (0x100, 0x200, 0x400, 0x800) if flags & bit]
    width = len(fields)
    table = struct.unpack_from(f">{count * width}I", data, position) if width else ()
    columns = {bit: list(table[number::width]) for number, bit in enumerate(fields)}
    durations = columns.get(0x100, [defaults[0]] * count)
    sizes = columns.get(0x200, [defaults[1]] * count)
    sample_flags = columns.get(0x400, [defaults[2]] * count)
    if first_flags is not None and sample_flags:
        sample_flags[0] = first_flags
    offsets = columns.get(0x800, [0] * count)
    if data[content]:
        # Of either sign since version 1 (8.8.8).
        offsets = [value - 2**32 if value >= 2**31 else value for value in offsets]
    return durations, sizes, sample_flags, offsets


def track_head(init: bytes) -> TrackHead:
    """Read an init segment of one track."""
    trak = _need(find(init, b"moov", b"trak"), "trak")
    mdhd, _ = _need(find(init, b"mdia", b"mdhd", start=trak[0], end=trak[1]), "mdhd")
    timescale = struct.unpack_from(">I", init, mdhd + (20 if init[mdhd] else 12))[0]
    stsd = _need(find(init, b"mdia", b"minf", b"stbl", b"stsd", start=trak[0], end=trak[1]), "stsd")
    kind, entry, end = next(boxes(init, stsd[0] + 8, stsd[1]))
    if kind not in _ENTRY_HEADER:
        raise ValueError(f"sample entry {kind!r} is not one of ours")
    width, height = (0, 0) if kind == b"mp4a" else struct.unpack_from(">HH", init, entry + 24)
    codecs = _codecs(init, kind, entry + _ENTRY_HEADER[kind], end)
    edits = find(init, b"edts", b"elst", start=trak[0], end=trak[1])
    return TrackHead(timescale, codecs, width, height, edits is not None)


def codecs_of(init: bytes) -> str:
    """The CODECS value of an init segment (RFC 6381), from its configuration record."""
    return track_head(init).codecs


def _codecs(init: Data, kind: bytes, start: int, end: int) -> str:
    if kind == b"avc1":
        content, _ = _need(find(init, b"avcC", start=start, end=end), "avcC")
        return f"avc1.{init[content + 1 : content + 4].hex()}"
    if kind == b"mp4a":
        content, stop = _need(find(init, b"esds", start=start, end=end), "esds")
        return f"mp4a.40.{_audio_config(init[content + 4 : stop])[0] >> 3}"
    if kind == b"av01":
        return _av1_string(init[_need(find(init, b"av1C", start=start, end=end), "av1C")[0] :][:4])
    raise ValueError(f"no codec string for {kind!r}")


def _av1_string(record: bytes) -> str:
    """Profile, level, tier and depth of an av1C record (AV1 in ISOBMFF, 2.3.3 and 5)."""
    profile, level = record[1] >> 5, record[1] & 0x1F
    depth = (12 if record[2] & 0x20 else 10) if record[2] & 0x40 else 8
    return f"av01.{profile}.{level:02d}{'H' if record[2] & 0x80 else 'M'}.{depth:02d}"


def audio_config(init: bytes) -> bytes:
    """The AudioSpecificConfig of an init segment of sound."""
    stsd = _need(find(init, b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd"), "stsd")
    kind, entry, end = next(boxes(init, stsd[0] + 8, stsd[1]))
    if kind != b"mp4a":
        raise ValueError(f"sample entry {kind!r} is no AAC")
    content, stop = _need(find(init, b"esds", start=entry + _ENTRY_HEADER[kind], end=end), "esds")
    return _audio_config(init[content + 4 : stop])


def _audio_config(descriptor: bytes) -> bytes:
    """The AudioSpecificConfig inside ES, DecoderConfig and DecoderSpecificInfo (14496-1)."""
    position = 0
    size = 0
    # Bytes of each descriptor before the next one begins.
    for tag, skip in ((0x03, 3), (0x04, 13), (0x05, 0)):
        if position >= len(descriptor) or descriptor[position] != tag:
            raise ValueError("the elementary stream descriptor is not understood")
        position += 1
        size = 0
        while descriptor[position] & 0x80:
            size = size << 7 | descriptor[position] & 0x7F
            position += 1
        size = size << 7 | descriptor[position]
        position += 1 + skip
    if not size:
        raise ValueError("the decoder's configuration is empty")
    return bytes(descriptor[position : position + size])


def packet_fragment(sequence: int, decode_time: int, packet: int, packets: Sequence[bytes]) -> bytes:
    """A segment of sound: styp, one moof and one mdat with packets of ``packet`` samples each."""
    sizes = [len(data) for data in packets]

    def moof(data_offset: int) -> bytes:
        trun = struct.pack(">III", 0x0000_0201, len(sizes), data_offset)
        return box(
            b"moof",
            box(b"mfhd", struct.pack(">II", 0, sequence)),
            box(
                b"traf",
                # default-base-is-moof, with default duration and flags.
                box(b"tfhd", struct.pack(">IIII", 0x0002_0028, 1, packet, _SYNC_FLAGS)),
                box(b"tfdt", struct.pack(">IQ", 0x0100_0000, decode_time)),
                box(b"trun", trun, struct.pack(f">{len(sizes)}I", *sizes)),
            ),
        )

    head = moof(0)
    return b"".join(
        (
            box(b"styp", b"msdh", struct.pack(">I", 0), b"msdhmsix"),
            moof(len(head) + 8),
            box(b"mdat", *packets),
        )
    )
