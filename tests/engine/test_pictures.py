"""What the last words of ffmpeg mean where it could not read a picture."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from transcoding.engine import pictures
from transcoding.engine.ffmpeg import Completed, Usage
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

TOOLS = Tools(Path("/nowhere/ffmpeg"), Path("/nowhere/ffprobe"), "n8", frozenset(), frozenset())
Commands = list[list[str]]


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Commands]:
    """`says(words)`: ffmpeg writes nothing and ends well with these words; the commands it is given."""

    def set_words(words: str) -> Commands:
        commands: Commands = []

        def run(arguments: list[str], **_options: Any) -> Completed:
            commands.append(arguments)
            return Completed(0, b"", words, Usage())

        monkeypatch.setattr(pictures, "run", run)
        return commands

    return set_words


def refused(tmp_path: Path, head: bytes) -> MediaError:
    (tmp_path / "given").write_bytes(head + bytes(100))
    with pytest.raises(MediaError) as caught:
        pictures.flatten(tmp_path / "given", tmp_path / "flat.ppm", tools=TOOLS)
    return caught.value


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Decoding requested, but no decoder found for: png", FailureCode.UNSUPPORTED_CODEC),
        ("[in#0 @ 0x7f] Unknown input format: 'webp_anim'", FailureCode.UNSUPPORTED_CODEC),
        ("Unknown encoder 'ppm'", FailureCode.UNSUPPORTED_CODEC),
        ("[mov @ 0x7f] Codec (h264) not on whitelist 'av1'", FailureCode.UNSUPPORTED_CODEC),
        ("Your platform doesn't support hardware accelerated AV1 decoding.", FailureCode.UNSUPPORTED_CODEC),
        ("Picture size 16000x16000 exceeds specified max pixel count 5", FailureCode.RESOLUTION_LIMIT),
        ("[mjpeg @ 0x7f] overread 8", FailureCode.CORRUPT),
        ("", FailureCode.CORRUPT),
    ],
)
def test_each_refusal_has_its_code(
    tmp_path: Path, says: Callable[[str], Commands], words: str, code: FailureCode
) -> None:
    says(words)

    error = refused(tmp_path, b"\x89PNG\r\n\x1a\n")

    assert (error.code, error.permanent, error.tail) == (code, True, words)


@pytest.mark.parametrize(
    ("head", "demuxer", "formats", "decoders"),
    [
        (b"\x89PNG\r\n\x1a\n", "png_pipe", "png_pipe", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg_pipe", "jpeg_pipe", "mjpeg"),
        (b"RIFF\x20\0\0\0WEBPVP8 ", "webp_pipe", "webp_pipe", "webp,vp8"),
        (b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\x02", "webp_anim", "webp_anim", "webp_anim,webp,vp8"),
        (b"\0\0\0\x1cftypavif", "mov", "mov,mp4,m4a,3gp,3g2,mj2", "libdav1d,libaom-av1,av1"),
    ],
)
def test_no_demuxer_or_decoder_but_those_of_its_kind_may_see_a_picture(
    tmp_path: Path,
    says: Callable[[str], Commands],
    head: bytes,
    demuxer: str,
    formats: str,
    decoders: str,
) -> None:
    commands = says("")

    refused(tmp_path, head)

    (command,) = commands
    before = command[: command.index("-i")]
    options = dict(pairwise(before))
    assert command[command.index("-i") + 1] == f"file:{tmp_path / 'given'}"
    assert options["-f"] == demuxer
    assert options["-format_whitelist"] == formats
    assert options["-codec_whitelist"] == decoders
    assert options["-protocol_whitelist"] == "file"
    assert options["-max_pixels"] == "50000000"
