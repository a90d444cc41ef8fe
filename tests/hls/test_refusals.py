"""Files that cannot be used, made by the encoder itself: refused by code, at once."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.hls import films
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.factory import transcode
from transcoding.engine.plan import ChunkSpec, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

KEY = "76a6c65c5ea762046bd749a2e632ccbb"
CHART = ("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=1")
CHART_LONG = ("-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=6")


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


def cut(tools: Tools, folder: Path, name: str, *options: str, kept: float = 0.6) -> Path:
    whole = films.make(tools, folder / f"whole-{name}", *CHART_LONG, *options)
    short = folder / name
    short.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * kept)])
    return short


@pytest.mark.parametrize(
    ("name", "options", "kept"),
    [
        ("film.mkv", ("-c:v", "libx264", "-g", "25"), 0.6),
        ("film.webm", ("-c:v", "libvpx", "-g", "25", "-deadline", "realtime", "-cpu-used", "8"), 0.6),
        ("film.avi", ("-c:v", "mpeg4"), 0.6),
        ("pieces.mp4", ("-c:v", "libx264", "-g", "25", "-movflags", "empty_moov+frag_keyframe"), 0.6),
        ("index-at-the-end.mp4", ("-c:v", "libx264"), 0.99),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_film_of_any_container_that_was_cut_off_is_incomplete(
    tools: Tools, tmp_path: Path, name: str, options: tuple[str, ...], kept: float
) -> None:
    assert refused(cut(tools, tmp_path, name, *options, kept=kept), tools) is FailureCode.TRUNCATED


def test_a_stream_that_says_nothing_of_its_length_is_taken_as_it_is(tools: Tools, tmp_path: Path) -> None:
    source = cut(tools, tmp_path, "film.ts", "-c:v", "libx264", "-g", "25", "-preset", "ultrafast")

    assert 1 < probe(source, tools=tools).duration < 6


def test_a_film_that_is_shorter_than_it_says_is_taken_and_says_so(tools: Tools, tmp_path: Path) -> None:
    source = cut(tools, tmp_path, "film.flv", "-c:v", "libx264", "-g", "25", "-preset", "ultrafast")

    info = probe(source, tools=tools)

    assert info.duration < 6
    assert any(note.startswith("This file says that it lasts 6 s") for note in info.notes)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("film.gif", ()),
        ("film.apng", ("-f", "apng")),
        ("film.webp", ("-c:v", "libwebp_anim")),
        ("still.avif", ("-c:v", "libsvtav1", "-preset", "12", "-frames:v", "1")),
        ("film.avif", ("-c:v", "libsvtav1", "-preset", "12")),
    ],
)
def test_moving_and_still_pictures_are_no_films(
    tools: Tools, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    made = films.make(tools, tmp_path / name, *CHART, *options)

    assert refused(made.rename(tmp_path / "named.mp4"), tools) is FailureCode.NOT_A_VIDEO


@pytest.mark.parametrize("name", ["song.mp3", "song.wav", "song.flac", "song.ogg", "song.m4a", "song.mka"])
def test_sound_alone_is_named_as_such(tools: Tools, tmp_path: Path, name: str) -> None:
    source = films.make(tools, tmp_path / name, "-f", "lavfi", "-i", "sine=d=1")

    assert refused(source, tools) is FailureCode.NO_VIDEO_TRACK


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (
            ("-f", "lavfi", "-i", "color=black:s=64x36:r=1/20:d=46800", "-g", "9999"),
            FailureCode.DURATION_LIMIT,
        ),
        (("-f", "lavfi", "-i", "color=black:s=8200x64:r=1:d=2"), FailureCode.RESOLUTION_LIMIT),
        (("-f", "lavfi", "-i", "color=black:s=8192x4352:r=1:d=1"), FailureCode.RESOLUTION_LIMIT),
        ((*CHART, *("-map", "0:v") * 33), FailureCode.RESOURCE_LIMIT),
        (("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25", "-frames:v", "1"), FailureCode.NOT_A_VIDEO),
    ],
    ids=["thirteen hours", "too wide", "too large", "33 tracks", "one picture"],
)
def test_what_is_beyond_the_limits_is_refused(
    tools: Tools, tmp_path: Path, options: tuple[str, ...], code: FailureCode
) -> None:
    coding = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")

    assert refused(films.make(tools, tmp_path / "film.mkv", *options, *coding), tools) is code


def test_a_length_in_the_header_alone_is_not_believed(tools: Tools, tmp_path: Path) -> None:
    source = films.film(tools, tmp_path / "film.mp4", size="160x90", seconds=2, sound_seconds=0)
    content = bytearray(source.read_bytes())
    for kind, place in ((b"mvhd", 20), (b"tkhd", 24), (b"mdhd", 20)):
        at = content.index(kind) + place
        content[at : at + 4] = b"\x7f\xff\xff\xff"
    source.write_bytes(content)

    info = probe(source, tools=tools)

    assert info.duration == 2


def test_a_clock_that_begins_anew_is_refused_rather_than_shown_by_half(tools: Tools, tmp_path: Path) -> None:
    part = films.film(tools, tmp_path / "part.ts", size="160x90", rate="25", seconds=3, sound_seconds=0)
    source = tmp_path / "both.ts"
    source.write_bytes(part.read_bytes() * 2)

    assert refused(source, tools) is FailureCode.CORRUPT


def test_hdr_waits_for_a_build_that_can_show_it(tools: Tools, tmp_path: Path) -> None:
    light = "setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc,format=yuv420p10le"
    source = films.make(
        tools, tmp_path / "film.mkv", *CHART, "-vf", light, "-c:v", "libx265", "-preset", "ultrafast"
    )
    lacking = replace(tools, filters=tools.filters - {"zscale"})

    with pytest.raises(MediaError) as caught:
        probe(source, tools=lacking)

    assert caught.value.code is FailureCode.TOOLS_MISSING
    assert not caught.value.permanent


def damaged(tools: Tools, target: Path, *coding: str, start: float, end: float) -> Path:
    """Ten seconds, of whose pictures a share is noughts."""
    chart = ("-f", "lavfi", "-i", "testsrc2=size=160x90:rate=24:duration=10")
    films.make(tools, target, *chart, *(coding or ("-c:v", "libx264", "-preset", "ultrafast", "-g", "24")))
    content = bytearray(target.read_bytes())
    first = content.index(b"mdat") + 4
    length = content.index(b"moov") - 4 - first
    begin, stop = first + int(length * start), first + int(length * end)
    content[begin:stop] = bytes(stop - begin)
    target.write_bytes(content)
    return target


def test_a_picture_that_cannot_be_read_at_all_is_corrupt(tools: Tools, tmp_path: Path) -> None:
    assert refused(damaged(tools, tmp_path / "film.mp4", start=0, end=1), tools) is FailureCode.CORRUPT


def test_a_hole_in_the_picture_is_filled_and_told_of(tools: Tools, tmp_path: Path) -> None:
    source = damaged(tools, tmp_path / "film.mp4", start=0.3, end=0.6)

    report = transcode(source, tmp_path / "out", tools=tools)

    assert report.frames == 240
    assert any(note.endswith("cannot be read.") for note in report.notes)


def test_a_stretch_without_any_picture_is_corrupt(tools: Tools, tmp_path: Path) -> None:
    # Each picture stands for itself, and its container still calls it a key frame.
    source = damaged(tools, tmp_path / "film.mov", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", start=0.2, end=1)
    plan = make_plan(probe(source, tools=tools), build=tools.build)

    with pytest.raises(MediaError) as caught:
        encode_video_chunk(source, plan, ChunkSpec(1, 1, 2), tmp_path / "out", tools=tools)

    assert caught.value.code is FailureCode.CORRUPT
    assert caught.value.sentence == (
        "Parts of the picture between 0:04 and 0:08 cannot be read. Export the file anew and upload that."
    )
