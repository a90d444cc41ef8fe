"""First bytes that are certainly no film's."""

from pathlib import Path
from uuid import UUID

import pytest

from transcoding.engine.boxes import box
from transcoding.engine.sniff import is_cut_off, is_protected, name_of, refuse_what_is_no_video
from transcoding.errors import FailureCode, MediaError


@pytest.mark.parametrize(
    ("head", "word"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00", "a picture"),
        (b"PK\x03\x04\x14\x00", "an archive"),
        (b"%PDF-1.7", "a document"),
        (b"#EXTM3U\n#EXT-X-VERSION:3\n", "a playlist"),
        (b"ffconcat version 1.0\nfile 'a'\n", "a playlist"),
        (b"<html><script>alert(1)</script>", "text"),
        ("Zażółć gęślą jaźń".encode(), "text"),
        (("ż" * 3000).encode()[:4096], "text"),
        (b"\x00\x00\x00\x20ftypavis\x00\x00\x00\x00", "a picture"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "a picture"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", "sound"),
        (b"ID3\x04\x00\x00", "sound"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00", None),
        (b"\x1aE\xdf\xa3\x01\x00", None),
        (b"G@\x11\x10\x00B\xf0%", None),
        (b"RIFF\x10\x00\x00\x00AVI LIST", None),
    ],
)
def test_files_are_named_by_their_first_bytes(head: bytes, word: str | None) -> None:
    assert name_of(head) == word


def test_what_is_no_film_is_refused_with_its_name() -> None:
    with pytest.raises(MediaError) as caught:
        refuse_what_is_no_video(b"#EXTM3U\nfile:///etc/passwd\n")

    assert caught.value.code is FailureCode.NOT_A_VIDEO
    assert caught.value.sentence == "This file is a playlist, not a video. Choose a video file and try again."
    assert caught.value.permanent


@pytest.mark.parametrize(
    ("content", "protected"),
    [
        (box(b"ftyp") + box(b"mdat", bytes(9)) + box(b"moov", box(b"sinf", box(b"schm", b"cenc"))), True),
        (box(b"ftyp") + box(b"moov", box(b"trak")), False),
        (box(b"ftyp") + box(b"mdat", b"sinf schm"), False),
        (b"\x00\x00\x00\x00moov" + b"sinf schm", True),
        (b"\x00\x00\x00\x02junk" * 9, False),
        (b"\x00", False),
    ],
)
def test_a_protected_file_is_known_by_its_scheme(tmp_path: Path, content: bytes, protected: bool) -> None:
    source = tmp_path / "source"
    source.write_bytes(content)

    assert is_protected(source) is protected


@pytest.mark.parametrize(
    ("identifier", "protected"),
    [
        ("2211B3FB-BD23-11D2-B4B7-00A0C955FC6E", True),
        ("298AE614-2622-4C17-B935-DAE07EE9289C", True),
        ("1806D474-CADF-4509-A4BA-9AABCB96AAE8", False),
    ],
)
def test_a_protected_windows_media_file_is_known_by_its_header(
    tmp_path: Path, identifier: str, protected: bool
) -> None:
    header = UUID("75B22630-668E-11CF-A6D9-00AA0062CE6C").bytes_le + bytes(14)
    source = tmp_path / "film.wmv"
    source.write_bytes(header + UUID(identifier).bytes_le + bytes(100))

    assert is_protected(source) is protected


@pytest.mark.parametrize(
    ("content", "cut"),
    [
        (box(b"ftyp", b"isom") + box(b"mdat", bytes(100)) + box(b"moov", bytes(50)), False),
        ((box(b"ftyp", b"isom") + box(b"mdat", bytes(100)) + box(b"moov", bytes(50)))[:-1], True),
        (box(b"ftyp", b"isom") + b"\x00\x00\x00\x01mdat" + (2**40).to_bytes(8, "big") + bytes(9), True),
        (b"\x1aE\xdf\xa3\x01\x00\x00\x00\x00\x00", False),
        (b"", False),
    ],
)
def test_a_file_that_ends_inside_a_box_was_cut_off(tmp_path: Path, content: bytes, cut: bool) -> None:
    source = tmp_path / "film.mp4"
    source.write_bytes(content)

    assert is_cut_off(source) is cut
