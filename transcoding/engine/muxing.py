"""Pictures into fragmented MP4 (ISO/IEC 14496-12) that say nothing but what a player needs."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from transcoding.engine.boxes import box

# About as fine as those of the ladder's encoder; a frame is a whole number of ticks.
_LEAST_TIMESCALE = 10_000
# sample_flags (8.8.3.1): depends on no other; depends on others and is no sync sample.
_SYNC = 0x0200_0000
_NO_SYNC = 0x0101_0000
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


@dataclass(frozen=True, slots=True)
class PictureSample:
    """One coded picture: ticks it lasts, ticks from its decode time to when it is shown, and its bytes."""

    duration: int
    offset: int
    sync: bool
    data: bytes


def fine_ticks(numerator: int) -> int:
    """How many ticks stand for one of a rate's or time base's own, so that players reckon finely."""
    fine = 1
    while numerator * fine < _LEAST_TIMESCALE:
        fine *= 10
    return fine


def init_of_picture(record: bytes, width: int, height: int, timescale: int) -> bytes:
    """ftyp and moov of one H.264 track with this configuration record; sizes in pixels. No edit list, no metadata."""
    entry = box(
        b"avc1",
        bytes(6),
        struct.pack(">H", 1),
        bytes(16),
        struct.pack(">HHIII", width, height, 0x0048_0000, 0x0048_0000, 0),
        struct.pack(">H32sHh", 1, b"", 0x18, -1),
        box(b"avcC", record),
    )
    tables = [box(name, bytes(8)) for name in (b"stts", b"stsc")]
    tables += [box(b"stsz", bytes(12)), box(b"stco", bytes(8))]
    stbl = box(b"stbl", box(b"stsd", struct.pack(">II", 0, 1), entry), *tables)
    dinf = box(b"dinf", box(b"dref", struct.pack(">II", 0, 1), box(b"url ", struct.pack(">I", 1))))
    minf = box(b"minf", box(b"vmhd", struct.pack(">IQ", 1, 0)), dinf, stbl)
    mdia = box(
        b"mdia",
        # Times of creation are nobody's business; the language is undetermined.
        box(b"mdhd", struct.pack(">IIIIIHH", 0, 0, 0, timescale, 0, 0x55C4, 0)),
        box(b"hdlr", struct.pack(">II4s12s", 0, 0, b"vide", b""), b"video\x00"),
        minf,
    )
    tkhd = struct.pack(">IIIII", 3, 0, 0, 1, 0) + bytes(20)
    trak = box(b"trak", box(b"tkhd", tkhd, _MATRIX, struct.pack(">II", width << 16, height << 16)), mdia)
    mvhd = struct.pack(">IIIII", 0, 0, 0, 1000, 0) + struct.pack(">IH10s", 0x10000, 0x100, b"")
    return b"".join(
        (
            box(b"ftyp", b"iso5", struct.pack(">I", 512), b"iso5iso6mp41"),
            box(
                b"moov",
                box(b"mvhd", mvhd, _MATRIX, bytes(24), struct.pack(">I", 2)),
                trak,
                box(b"mvex", box(b"trex", struct.pack(">IIIIII", 0, 1, 1, 0, 0, 0))),
            ),
        )
    )


def picture_fragment(sequence: int, decode_time: int, samples: Sequence[PictureSample]) -> bytes:
    """A segment of pictures in decode order: styp, one moof and one mdat."""
    table = b"".join(
        struct.pack(
            ">IIIi", sample.duration, len(sample.data), _SYNC if sample.sync else _NO_SYNC, sample.offset
        )
        for sample in samples
    )

    def moof(data_offset: int) -> bytes:
        return box(
            b"moof",
            box(b"mfhd", struct.pack(">II", 0, sequence)),
            box(
                b"traf",
                # default-base-is-moof; everything else is in the table.
                box(b"tfhd", struct.pack(">II", 0x0002_0000, 1)),
                box(b"tfdt", struct.pack(">IQ", 0x0100_0000, decode_time)),
                # Version 1: offsets of either sign. Data offset, durations, sizes, flags, offsets.
                box(b"trun", struct.pack(">III", 0x0100_0F01, len(samples), data_offset), table),
            ),
        )

    head = moof(0)
    return b"".join(
        (
            box(b"styp", b"msdh", struct.pack(">I", 0), b"msdhmsix"),
            moof(len(head) + 8),
            box(b"mdat", *(sample.data for sample in samples)),
        )
    )
