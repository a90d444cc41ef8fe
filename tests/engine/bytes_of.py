"""Init segments made byte by byte, for tests that run no encoder."""

import struct

from transcoding.engine.boxes import box


def init_of_sound(timescale: int, *, edit_list: bool = False) -> bytes:
    """ftyp and moov of one AAC-LC track."""
    specific = b"\x05\x02\x11\x90"
    config = b"\x04" + bytes([13 + len(specific)]) + bytes([0x40, 0x15]) + bytes(11) + specific
    descriptor = b"\x03" + bytes([3 + len(config)]) + b"\x00\x01\x00" + config
    entry = box(b"mp4a", bytes(28), box(b"esds", bytes(4), descriptor))
    return _init(timescale, entry, edit_list)


def init_of_picture(timescale: int, width: int, height: int) -> bytes:
    """ftyp and moov of one H.264 High track at level 4.0."""
    size = bytes(24) + struct.pack(">HH", width, height) + bytes(50)
    return _init(timescale, box(b"avc1", size, box(b"avcC", b"\x01\x64\x00\x28\xff\xe1")), edit_list=False)


def _init(timescale: int, entry: bytes, edit_list: bool) -> bytes:
    stsd = box(b"stsd", struct.pack(">II", 0, 1), entry)
    mdhd = box(b"mdhd", struct.pack(">IIIII", 0, 0, 0, timescale, 0), bytes(4))
    edits = [box(b"edts", box(b"elst", bytes(8)))] if edit_list else []
    trak = box(b"trak", *edits, box(b"mdia", mdhd, box(b"minf", box(b"stbl", stsd))))
    return box(b"ftyp", b"iso5") + box(b"moov", trak)
