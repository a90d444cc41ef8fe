"""What an H.264 stream says of itself (ITU-T H.264, clause 7): units of a sample, parameter sets, messages. Pure.

Readers raise ValueError on anything that does not add up.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Data = bytes | bytearray | memoryview

# nal_unit_type, table 7-1.
SLICE = 1
IDR_SLICE = 5
MESSAGES = 6
SEQUENCE = 7
PICTURE = 8
DELIMITER = 9
FILLER = 12

# What a sample of a film in MP4 need not carry: the configuration record has the sets, the boxes the borders.
_NEEDLESS = frozenset({SEQUENCE, PICTURE, DELIMITER, FILLER})
# payloadType of user_data_unregistered: names of encoders, and of cameras the place and time (D.1).
_UNREGISTERED = 5
_HIGH_PROFILES = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128})
# More than any level allows slices in a picture; a file that is nothing but units costs no more than its size.
_MOST_UNITS = 2000
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Sequence264:
    """A sequence parameter set, as far as it says who can play it; sizes in pixels as shown.

    Colours are code points of table E-3 to E-5, 2 where nothing is said; ``aspect`` is that of a pixel.
    """

    profile: int
    constraints: int
    level: int
    chroma: int
    depth: int
    width: int
    height: int
    progressive: bool
    has_gaps: bool
    aspect: tuple[int, int]
    full_range: bool
    primaries: int
    transfer: int
    matrix: int


def units(sample: Data) -> Iterator[tuple[int, int, int]]:
    """Type, first byte and end of each unit of a sample whose lengths have four bytes."""
    position, end, left = 0, len(sample), _MOST_UNITS
    while position < end:
        if position + 5 > end:
            raise ValueError("a unit's length is cut off")
        length = _LENGTH.unpack_from(sample, position)[0]
        start = position + 4
        position = start + length
        if not length or position > end:
            raise ValueError("a unit reaches beyond its sample")
        left -= 1
        if not left:
            raise ValueError("a sample has too many units")
        yield sample[start] & 0x1F, start, position


def stripped(sample: Data) -> bytes:
    """The sample without repeated parameter sets, delimiters, filler and what an encoder or a camera wrote of itself.

    Captions, which are registered user data, stay.
    """
    parts: list[bytes] = []
    for kind, start, end in units(sample):
        if kind in _NEEDLESS:
            continue
        content = bytes(sample[start:end])
        if kind == MESSAGES:
            content = _without_unregistered(content)
            if not content:
                continue
        parts += (_LENGTH.pack(len(content)), content)
    return b"".join(parts)


def parameter_sets(record: Data) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Sequence and picture parameter sets of an avcC record with lengths of four bytes (ISO/IEC 14496-15, 5.3.3)."""
    if len(record) < 7 or record[0] != 1 or record[4] & 3 != 3:
        raise ValueError("the configuration record is not one of ours")
    position = 6
    sets: list[list[bytes]] = []
    for number in (0, 1):
        if number:
            position += 1
        count = record[position - 1] & (0xFF if number else 0x1F)
        found: list[bytes] = []
        for _ in range(count):
            length = int.from_bytes(record[position : position + 2], "big")
            content = bytes(record[position + 2 : position + 2 + length])
            if not length or len(content) != length:
                raise ValueError("the configuration record is cut off")
            found.append(content)
            position += 2 + length
        if position >= len(record) and not number:
            raise ValueError("the configuration record is cut off")
        sets.append(found)
    return tuple(sets[0]), tuple(sets[1])


def configuration_record(sequence: bytes, pictures: Sequence[bytes]) -> bytes:
    """An avcC record of one sequence parameter set and its picture parameter sets."""
    parts = [b"\x01", sequence[1:4], b"\xff\xe1", len(sequence).to_bytes(2, "big"), sequence]
    parts.append(bytes([len(pictures)]))
    for picture in pictures:
        parts += [len(picture).to_bytes(2, "big"), picture]
    if sequence[1] in _HIGH_PROFILES:
        # 4:2:0 of 8 bits, no extensions: others are not copied.
        parts.append(b"\xfd\xf8\xf8\x00")
    return b"".join(parts)


def read_sequence(unit: bytes) -> Sequence264:
    """Read a sequence parameter set (7.3.2.1.1 and E.1.1)."""
    bits = _Bits(unit[1:])
    profile, constraints, level = bits.take(8), bits.take(8), bits.take(8)
    bits.unsigned()
    chroma, depth = 1, 8
    if profile in _HIGH_PROFILES:
        chroma = bits.unsigned()
        if chroma == 3:
            bits.take(1)
        depth = 8 + max(bits.unsigned(), bits.unsigned())
        bits.take(1)
        if bits.take(1):
            _skip_scaling(bits, 12 if chroma == 3 else 8)
    bits.unsigned()
    _skip_order(bits)
    bits.unsigned()
    has_gaps = bool(bits.take(1))
    columns, rows = bits.unsigned() + 1, bits.unsigned() + 1
    progressive = bool(bits.take(1))
    if not progressive:
        bits.take(1)
    bits.take(1)
    left, right, top, bottom = (bits.unsigned() for _ in range(4)) if bits.take(1) else (0, 0, 0, 0)
    fields = 1 if progressive else 2
    aspect, full_range, colours = _usability(bits) if bits.take(1) else ((1, 1), False, (2, 2, 2))
    return Sequence264(
        profile=profile,
        constraints=constraints,
        level=level,
        chroma=chroma,
        depth=depth,
        width=16 * columns - 2 * (left + right),
        height=16 * rows * fields - 2 * fields * (top + bottom),
        progressive=progressive,
        has_gaps=has_gaps,
        aspect=aspect,
        full_range=full_range,
        primaries=colours[0],
        transfer=colours[1],
        matrix=colours[2],
    )


def has_slice_groups(unit: bytes) -> bool:
    """Whether a picture parameter set asks for slice groups, which no browser decodes (7.3.2.2)."""
    bits = _Bits(unit[1:])
    bits.unsigned()
    bits.unsigned()
    bits.take(2)
    return bits.unsigned() > 0


def _skip_scaling(bits: _Bits, lists: int) -> None:
    for number in range(lists):
        if not bits.take(1):
            continue
        last = following = 8
        for _ in range(16 if number < 6 else 64):
            if following:
                following = (last + bits.signed()) % 256
            last = following or last


def _skip_order(bits: _Bits) -> None:
    kind = bits.unsigned()
    if kind == 0:
        bits.unsigned()
    elif kind == 1:
        bits.take(1)
        bits.signed()
        bits.signed()
        for _ in range(min(bits.unsigned(), 255)):
            bits.signed()


def _usability(bits: _Bits) -> tuple[tuple[int, int], bool, tuple[int, int, int]]:
    aspect, full_range, colours = (1, 1), False, (2, 2, 2)
    if bits.take(1):
        kind = bits.take(8)
        # Of the fixed shapes only 1 is square, and 0 says nothing (table E-1).
        aspect = (bits.take(16), bits.take(16)) if kind == 255 else (1, 1) if kind < 2 else (kind, 1)
    if bits.take(1):
        bits.take(1)
    if bits.take(1):
        bits.take(3)
        full_range = bool(bits.take(1))
        if bits.take(1):
            colours = bits.take(8), bits.take(8), bits.take(8)
    return aspect, full_range, colours


def _without_unregistered(unit: bytes) -> bytes:
    """A unit of messages without unregistered user data; empty where nothing else was in it (7.3.2.3)."""
    content = unit[1:].replace(b"\x00\x00\x03", b"\x00\x00")
    # What follows the last message is a one and zeros.
    end = len(content.rstrip(b"\x00")) - 1
    position, kept = 0, b""
    while position < end:
        start = position
        kind, position = _long_number(content, position)
        length, position = _long_number(content, position)
        if position + length > end:
            # Not understood; a decoder can do without.
            return b""
        position += length
        if kind != _UNREGISTERED:
            kept += content[start:position]
    return unit[:1] + _escaped(kept + b"\x80") if kept else b""


def _long_number(content: bytes, position: int) -> tuple[int, int]:
    value = 0
    while position < len(content):
        byte = content[position]
        value, position = value + byte, position + 1
        if byte != 0xFF:
            break
    return value, position


def _escaped(content: bytes) -> bytes:
    """Content with an emulation prevention byte wherever it could be taken for the beginning of a unit (7.4.1)."""
    written, zeros = bytearray(), 0
    for byte in content:
        if zeros == 2 and byte <= 3:
            written.append(3)
            zeros = 0
        written.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes(written)


class _Bits:
    """Reads bits of a unit's payload, emulation prevention bytes left out."""

    def __init__(self, payload: bytes) -> None:
        # Parameter sets are short; a longer one is not one.
        content = payload[:4096].replace(b"\x00\x00\x03", b"\x00\x00")
        self._value = int.from_bytes(content, "big")
        self._left = 8 * len(content)

    def take(self, count: int) -> int:
        self._left -= count
        if self._left < 0:
            raise ValueError("a parameter set is cut off")
        return self._value >> self._left & ((1 << count) - 1)

    def unsigned(self) -> int:
        """An Exp-Golomb number, ue(v) (9.1)."""
        zeros = 0
        while not self.take(1):
            zeros += 1
            if zeros > 32:
                raise ValueError("a parameter set has a number out of bounds")
        return (1 << zeros) - 1 + self.take(zeros)

    def signed(self) -> int:
        """se(v)."""
        value = self.unsigned()
        return (value + 1) // 2 if value % 2 else -(value // 2)
