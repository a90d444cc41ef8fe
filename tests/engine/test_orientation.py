"""How a picture is held, read from its first chunks without a decoder."""

import struct
from pathlib import Path

import pytest

from transcoding.engine.orientation import orientation_of

JFIF = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + bytes(9)


def tiff(value: int, *, order: str = "<", kind: int = 3, before: int = 1) -> bytes:
    """A directory with ``before`` other tags in front of the orientation."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    others = b"".join(struct.pack(f"{order}HHII", 0x0100 + number, 4, 1, 7) for number in range(before))
    tag = struct.pack(f"{order}HHIHH", 0x0112, kind, 1, value, 0)
    return head + struct.pack(f"{order}H", before + 1) + others + tag + bytes(4)


def jpeg(exif: bytes) -> bytes:
    body = b"Exif\0\0" + exif
    return b"\xff\xd8" + JFIF + b"\xff\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xda"


def png(exif: bytes) -> bytes:
    parts = ((b"IHDR", bytes(13)), (b"IDAT", bytes(100)), (b"eXIf", exif), (b"IEND", b""))
    chunks = b"".join(struct.pack(">I", len(body)) + name + body + bytes(4) for name, body in parts)
    return b"\x89PNG\r\n\x1a\n" + chunks


def webp(exif: bytes) -> bytes:
    parts = ((b"VP8X", bytes(10)), (b"VP8 ", bytes(33)), (b"EXIF", exif))
    chunks = b"".join(
        name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2) for name, body in parts
    )
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def read(tmp_path: Path, content: bytes) -> int:
    path = tmp_path / "picture"
    path.write_bytes(content)
    return orientation_of(path)


@pytest.mark.parametrize("wrapped", [jpeg, png, webp])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("value", [1, 2, 6, 8])
def test_it_is_found_in_each_kind_of_picture_and_order_of_bytes(
    tmp_path: Path, wrapped: object, order: str, value: int
) -> None:
    assert callable(wrapped)

    assert read(tmp_path, wrapped(tiff(value, order=order))) == value


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8",
        jpeg(b""),
        jpeg(tiff(0)),
        jpeg(tiff(9)),
        jpeg(tiff(6, kind=2)),
        jpeg(tiff(6)[:20]),
        jpeg(b"II*\0\xff\xff\xff\xff"),
        jpeg(b"II*\0\x08\0\0\0\xff\xff"),
        jpeg(tiff(6)).replace(b"Exif", b"Http"),
        b"\xff\xd8" + b"\xff\xda" + jpeg(tiff(6))[2:],
        b"\xff\xd8" + b"\xff\xe0\0\0" * 50,
        b"\xff\xd8" + b"\xff" * 300_000,
        b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xffIDAT",
        b"RIFF\xff\xff\xff\xffWEBP" + b"\xff" * 50,
        b"GIF89a",
    ],
)
def test_what_makes_no_sense_is_upright(tmp_path: Path, content: bytes) -> None:
    assert read(tmp_path, content) == 1
