"""Say what a file is by its first bytes, before any demuxer is asked: the refusal is clearer and costs nothing."""

from __future__ import annotations

import struct
from pathlib import Path

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
_PLAYLISTS = (b"#EXTM3U", b"ffconcat", b"[playlist]", b"<MPD", b"v=0\r\n", b"v=0\n")


def refuse_what_is_no_video(head: bytes) -> None:
    """Raise MediaError NOT_A_VIDEO if these first bytes (up to 4 KiB) cannot be a film's."""
    word = name_of(head)
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


def is_protected(source: Path) -> bool:
    """Whether an MP4 file's tracks are encrypted (ISO/IEC 23001-7): a scheme type inside its moov box.

    ffprobe names the codec under the encryption and lets the decoder fail.
    """
    with source.open("rb") as file:
        size = source.stat().st_size
        position = 0
        for _ in range(_MOST_BOXES):
            file.seek(position)
            head = file.read(16)
            if len(head) < 8:
                break
            length, kind = struct.unpack(">I4s", head[:8])
            if length == 1 and len(head) == 16:
                length = struct.unpack(">Q", head[8:])[0]
            if kind == b"moov":
                file.seek(position)
                moov = file.read(min(length or size, _MOST_MOOV))
                return b"sinf" in moov and b"schm" in moov
            if length < 8:
                break
            position += length
    return False


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    try:
        # A character may be cut at the end of what was read.
        head[:-4].decode("utf-8") if len(head) >= 4096 else head.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
