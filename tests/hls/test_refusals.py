"""Files that cannot be used, made by the encoder itself: refused by code, at once."""

from pathlib import Path

import pytest

from tests.hls import films
from transcoding.engine.probe import probe
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

KEY = "76a6c65c5ea762046bd749a2e632ccbb"
CHART = ("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=1")


def refused(source: Path, tools: Tools) -> FailureCode:
    with pytest.raises(MediaError) as caught:
        probe(source, tools=tools)
    assert caught.value.permanent
    return caught.value.code


def test_an_encrypted_file_is_named_as_such(tools: Tools, tmp_path: Path) -> None:
    scheme = ("-encryption_scheme", "cenc-aes-ctr", "-encryption_key", KEY, "-encryption_kid", KEY)
    source = films.make(tools, tmp_path / "film.mp4", *CHART, "-c:v", "libx264", *scheme)

    assert refused(source, tools) is FailureCode.ENCRYPTED


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("pictures.mkv", ("-c:v", "png"), FailureCode.UNSUPPORTED_CODEC),
        ("raw.y4m", (), FailureCode.UNSUPPORTED_CONTAINER),
        ("film.nut", ("-c:v", "ffv1"), FailureCode.UNSUPPORTED_CONTAINER),
    ],
)
def test_what_is_not_on_the_lists_is_refused(
    tools: Tools, tmp_path: Path, name: str, options: tuple[str, ...], code: FailureCode
) -> None:
    assert refused(films.make(tools, tmp_path / name, *CHART, *options), tools) is code


@pytest.mark.parametrize("kept", [0.3, 0.6])
def test_a_file_that_was_cut_off_is_incomplete(tools: Tools, tmp_path: Path, kept: float) -> None:
    whole = films.film(tools, tmp_path / "whole.mp4", "-movflags", "+faststart", size="320x180", seconds=4)
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * kept)])

    assert refused(cut, tools) is FailureCode.TRUNCATED
