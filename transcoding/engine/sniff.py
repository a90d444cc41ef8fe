"""Say what a file is by its first bytes, before any demuxer is asked: the refusal is clearer and costs nothing."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Iterator
from typing import BinaryIO

from transcoding.engine import refusals
from transcoding.engine.sources import Source, open_source, size_of
from transcoding.errors import FailureCode, MediaError

# Signatures of what people upload by mistake, and the word for it.
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "a picture"),
    (0, b"\xff\xd8\xff", "a picture"),
    (0, b"GIF8", "a picture"),
    (0, b"BM", "a picture"),
    (0, b"II*\x00", "a picture"),
    (0, b"MM\x00*", "a picture"),
    (8, b"WEBP", "a picture"),
    (0, b"8BPS", "a picture"),
    (0, b"\x00\x00\x00\x0cJXL ", "a picture"),
    (0, b"\x00\x00\x00\x0cjP  ", "a picture"),
    # HEIF and AVIF, stills and sequences, are MP4 by their boxes.
    *(
        (4, b"ftyp" + brand, "a picture")
        for brand in (b"avif", b"avis", b"heic", b"heix", b"hevc", b"mif1", b"msf1")
    ),
    (8, b"WAVE", "sound"),
    (8, b"AIFF", "sound"),
    (0, b"fLaC", "sound"),
    (0, b"ID3", "sound"),
    (0, b"#!AMR", "sound"),
    (0, b"PK\x03\x04", "an archive"),
    (0, b"PK\x05\x06", "an archive"),
    (0, b"Rar!", "an archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "an archive"),
    (0, b"\x1f\x8b", "an archive"),
    (0, b"%PDF", "a document"),
    (0, b"\xd0\xcf\x11\xe0", "a document"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a program"),
)
_MOST_BOXES = 1000
_MOST_MOOV = 64 * 1024**2
_MOST_ASF_HEADER = 1024**2
# ASF specification, 10.1 and 10.2: the header, and its objects for protected content.
_ASF_HEADER = uuid.UUID("75B22630-668E-11CF-A6D9-00AA0062CE6C").bytes_le
_ASF_ENCRYPTION = (
    uuid.UUID("2211B3FB-BD23-11D2-B4B7-00A0C955FC6E").bytes_le,
    uuid.UUID("298AE614-2622-4C17-B935-DAE07EE9289C").bytes_le,
)
_PLAYLISTS = (b"#EXTM3U", b"ffconcat", b"[playlist]", b"<MPD", b"v=0\r\n", b"v=0\n")


def refuse_what_is_no_video(head: bytes) -> None:
    """Raise MediaError NOT_A_VIDEO, or NO_VIDEO_TRACK, if these first bytes (up to 4 KiB) cannot be a film's."""
    word = name_of(head)
    if word == "sound":
        raise refusals.no_picture(has_sound=True)
    if word:
        raise MediaError(
            FailureCode.NOT_A_VIDEO, f"This file is {word}, not a video. Choose a video file and try again."
        )


def name_of(head: bytes) -> str | None:
    """What these bytes are, if they are certainly not a film."""
    if not head:
        return "empty"
    for offset, signature, word in _SIGNATURES:
        if head[offset : offset + len(signature)] == signature:
            return word
    if any(mark in head[:512] for mark in _PLAYLISTS) and _is_text(head):
        return "a playlist"
    return "text" if _is_text(head) else None


def is_protected(source: Source) -> bool:
    """Whether the tracks are encrypted, where ffprobe names the codec under the encryption and lets the decoder fail.

    In MP4 (ISO/IEC 23001-7) a scheme type inside the moov box; in ASF a content encryption object in the header.
    """
    with open_source(source) as file:
        if file.read(16) == _ASF_HEADER:
            head = file.read(_MOST_ASF_HEADER)
            return any(identifier in head for identifier in _ASF_ENCRYPTION)
        for kind, start, length in _boxes(file, size_of(source)):
            if kind == b"moov":
                file.seek(start)
                moov = file.read(min(length, _MOST_MOOV))
                return b"sinf" in moov and b"schm" in moov
    return False


def is_cut_off(source: Source) -> bool:
    """Whether an MP4 file ends inside a box, as one that was not copied to its end."""
    size = size_of(source)
    with open_source(source) as file:
        boxes = list(_boxes(file, size))
    return bool(boxes) and boxes[0][0] == b"ftyp" and any(start + length > size for _, start, length in boxes)


def _boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, position and length of the boxes at the top of an MP4 file, as they claim."""
    position = 0
    for _ in range(_MOST_BOXES):
        file.seek(position)
        head = file.read(16)
        if len(head) < 8:
            return
        length, kind = struct.unpack(">I4s", head[:8])
        if length == 1 and len(head) == 16:
            length = struct.unpack(">Q", head[8:])[0]
        elif length == 0:
            length = size - position
        yield kind, position, length
        if length < 8:
            return
        position += length


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    try:
        # A character may be cut at the end of what was read.
        head[:-4].decode("utf-8") if len(head) >= 4096 else head.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
