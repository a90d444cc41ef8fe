"""Versions of tools, as they say them."""

import pytest

from transcoding.engine.languages import label_of, tag_of
from transcoding.engine.tools import find_tools, parse_version
from transcoding.errors import FailureCode, MediaError


@pytest.mark.parametrize(
    ("text", "build", "number"),
    [
        ("ffmpeg version 5.1.9-0+deb12u1 Copyright", "5.1.9-0+deb12u1", (5, 1)),
        ("ffmpeg version n9.0.2-17-g2a571b6068-20260930 Copyright", "n9.0.2-17-g2a571b6068-20260930", (9, 0)),
        ("ffmpeg version N-118000-gabcdef Copyright", "N-118000-gabcdef", None),
        ("ffmpeg version 10.0", "10.0", (10, 0)),
        ("something else", "unknown", None),
    ],
)
def test_versions_are_read_from_what_the_tool_says(
    text: str, build: str, number: tuple[int, int] | None
) -> None:
    assert parse_version(text) == (build, number)


def test_a_tool_that_is_not_there_is_named() -> None:
    with pytest.raises(MediaError) as caught:
        find_tools(ffmpeg="/nowhere/ffmpeg", ffprobe="/nowhere/ffprobe")

    assert caught.value.code is FailureCode.TOOLS_MISSING
    assert caught.value.sentence.startswith("/nowhere/ffmpeg is not a program that can be run.")
    assert not caught.value.permanent


@pytest.mark.parametrize(
    ("code", "tag", "label"),
    [
        ("eng", "en", "English"),
        ("ger", "de", "German"),
        ("deu", "de", "German"),
        ("en-GB", "en-GB", "English"),
        ("und", "", ""),
        ("", "", ""),
        ("tlh", "tlh", "tlh"),
        ('e"n', "", ""),
        ("x" * 40, "", ""),
    ],
)
def test_languages_become_tags_and_names(code: str, tag: str, label: str) -> None:
    assert tag_of(code) == tag
    assert label_of(tag) == label
