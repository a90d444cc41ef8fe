"""Text tracks out of real containers: times on the film's clock, what cannot be used named and left out."""

import struct
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.hls.conftest import MEDIA
from transcoding.engine.plan import Plan, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.subtitles.extract import SubtitlesResult, extract_subtitles
from transcoding.engine.subtitles.faults import UnusableSubtitles
from transcoding.engine.subtitles.reading import read_subtitles
from transcoding.engine.tools import Tools

SRT = (
    "1\n00:00:00,500 --> 00:00:01,000\nA {\\an8}<i>b</i> & c\n\n2\n00:00:02,000 --> 00:00:09,000\nשלום 漢字\n"
)
SHOWN = [(500, 1000, "A <i>b</i> &amp; c"), (2000, 3000, "שלום 漢字")]


@pytest.fixture(scope="session")
def silent(tmp_path_factory: pytest.TempPathFactory, tools: Tools) -> Path:
    """Three seconds of a test chart."""
    target = tmp_path_factory.mktemp("subtitles") / "silent.mkv"
    ffmpeg(
        tools, "-f", "lavfi", "-i", "testsrc=size=64x36:rate=25:duration=3", "-c:v", "libx264", str(target)
    )
    return target


@pytest.fixture
def srt(tmp_path: Path) -> Path:
    path = tmp_path / "text.srt"
    path.write_text(SRT, encoding="utf-8")
    return path


def ffmpeg(tools: Tools, *arguments: str) -> None:
    subprocess.run([str(tools.ffmpeg), "-y", "-loglevel", "error", *arguments], check=True)


def extract(source: Path, folder: Path, tools: Tools) -> tuple[Plan, SubtitlesResult]:
    plan = make_plan(probe(source, tools=tools), build=tools.build)
    return plan, extract_subtitles(source, plan, folder / "made", tools=tools)


def cues(path: Path) -> list[tuple[int, int, str]]:
    return [(cue.start, cue.end, cue.text) for cue in read_subtitles(path.read_bytes())]


@pytest.mark.parametrize(
    ("container", "codec"),
    [
        ("mkv", "srt"),
        ("mkv", "ass"),
        ("mkv", "webvtt"),
        ("mkv", "text"),
        ("webm", "webvtt"),
        ("mp4", "mov_text"),
        ("mov", "mov_text"),
        ("mp4", "ttml"),
    ],
)
@pytest.mark.parametrize("late", [0, 10])
def test_every_kind_of_text_track_stands_where_the_picture_has_it(
    tmp_path: Path, tools: Tools, silent: Path, srt: Path, container: str, codec: str, late: int
) -> None:
    # TTML's documents have times of their own, which the muxer does not move.
    late = 0 if codec == "ttml" else late
    source = tmp_path / f"film.{container}"
    video = ["-c:v", "libvpx-vp9", "-deadline", "realtime"] if container == "webm" else ["-c:v", "copy"]
    ffmpeg(
        tools,
        *("-i", str(silent), "-i", str(srt), "-map", "0:v", "-map", "1", "-map", "1", *video, "-c:s", codec),
        *("-output_ts_offset", str(late), str(source)),
    )

    plan, result = extract(source, tmp_path, tools)

    assert float(plan.source_offset) == pytest.approx(late, abs=0.001)
    assert [output.name for output in result.outputs] == ["subtitles-0", "subtitles-1"]
    assert result.left_out == {}
    plain = [(start, end, text.replace("<i>", "").replace("</i>", "")) for start, end, text in SHOWN]
    for output in result.outputs:
        assert output.path == tmp_path / "made" / output.name / "00000.vtt"
        assert output.bytes == output.path.stat().st_size
        # The test's own encoders of these two write no styles.
        assert cues(output.path) == (plain if codec in ("text", "ttml") else SHOWN)
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == ["subtitles-0", "subtitles-1"]


def test_a_cue_that_began_before_the_film_is_shown_from_its_start(
    tmp_path: Path, tools: Tools, silent: Path, srt: Path
) -> None:
    source = tmp_path / "film.mkv"
    ffmpeg(
        tools,
        *("-itsoffset", "0.72", "-i", str(silent), "-i", str(srt), "-map", "0:v", "-map", "1"),
        *("-c", "copy", str(source)),
    )

    plan, result = extract(source, tmp_path, tools)

    late = round(plan.source_offset * 1000)
    assert 500 < late < 1000
    (output,) = result.outputs
    assert cues(output.path) == [(0, 1000 - late, SHOWN[0][2]), (2000 - late, 3000, SHOWN[1][2])]


def test_pictures_of_text_are_named_and_left_out(
    tmp_path: Path, tools: Tools, silent: Path, srt: Path
) -> None:
    sup = tmp_path / "bitmap.sup"
    composition = struct.pack(">HHBHBBBB", 64, 36, 0x10, 0, 0x80, 0, 0, 0)
    sup.write_bytes(
        b"".join(
            b"PG" + struct.pack(">IIBH", time, 0, kind, len(body)) + body
            for time in (9000, 90_000)
            for kind, body in ((0x16, composition), (0x80, b""))
        )
    )
    source = tmp_path / "film.mkv"
    ffmpeg(
        tools,
        *("-i", str(silent), "-i", str(sup), "-i", str(srt), "-map", "0", "-map", "1", "-map", "2"),
        *("-c", "copy", "-metadata:s:s:0", "language=fra", "-metadata:s:s:1", "language=eng", str(source)),
    )

    info = probe(source, tools=tools)
    plan, result = extract(source, tmp_path, tools)

    assert [note for note in info.notes if "ubtitle" in note] == [
        "Subtitle track 1 (French) is made of pictures (hdmv_pgs_subtitle) and is left out. Add it as a text file."
    ]
    assert [(one.name, one.language) for one in plan.subtitles] == [("subtitles-0", "en")]
    assert cues(result.outputs[0].path) == SHOWN


def test_one_track_that_cannot_be_read_takes_no_other_with_it(
    tmp_path: Path, tools: Tools, silent: Path, srt: Path
) -> None:
    source = tmp_path / "film.mkv"
    ffmpeg(
        tools,
        *(
            "-i",
            str(silent),
            "-i",
            str(srt),
            "-map",
            "0",
            "-map",
            "1",
            "-map",
            "1",
            "-c",
            "copy",
            str(source),
        ),
    )
    plan = make_plan(probe(source, tools=tools), build=tools.build)
    missing = replace(plan.subtitles[0], source_index=77)
    plan = replace(plan, subtitles=(missing, plan.subtitles[1]))

    result = extract_subtitles(source, plan, tmp_path / "made", tools=tools)

    assert result.left_out == {
        "subtitles-0": f"The subtitle track {missing.label} cannot be read and is left out."
    }
    assert [(output.name, cues(output.path)) for output in result.outputs] == [("subtitles-1", SHOWN)]


@pytest.mark.parametrize(
    ("name", "codec", "damage", "shown"),
    [
        ("film.mkv", "srt", "Grüße".encode("latin-1") + b"!!", ["Grüße!!", "last"]),
        ("film.mkv", "srt", b"\0" * 7, ["last"]),
        ("film.mp4", "mov_text", b"\xff\xfe\xf0\xf1\xf2\xf3\xf4", ["last"]),
    ],
)
def test_what_can_be_read_of_a_damaged_track_is_kept(
    tmp_path: Path, tools: Tools, silent: Path, name: str, codec: str, damage: bytes, shown: list[str]
) -> None:
    srt, source = tmp_path / "text.srt", tmp_path / name
    srt.write_text("1\n00:00:00,500 --> 00:00:01,000\ndamaged\n\n2\n00:00:01,000 --> 00:00:02,000\nlast\n")
    ffmpeg(
        tools,
        *("-i", str(silent), "-i", str(srt), "-map", "0", "-map", "1", "-c:v", "copy", "-c:s", codec),
        str(source),
    )
    content = source.read_bytes()
    assert content.count(b"damaged") == 1 and len(damage) == len(b"damaged")
    source.write_bytes(content.replace(b"damaged", damage))

    _plan, result = extract(source, tmp_path, tools)

    assert [text for _start, _end, text in cues(result.outputs[0].path)] == shown


def test_a_shared_file_of_subtitles_is_taken(subtitle_line: dict[str, str]) -> None:
    made = read_subtitles((MEDIA / subtitle_line["path"]).read_bytes())

    least = {"typical.srt": 3, "utf16le_bom.srt": 3, "with_tags.srt": 14, "positioning.ssa": 6}
    assert len(made) >= least.get(Path(subtitle_line["path"]).name, 9)


def test_a_shared_hostile_file_of_subtitles_is_refused_or_reduced(bad_subtitle_line: dict[str, str]) -> None:
    path = MEDIA / bad_subtitle_line["path"]
    shown = {
        "xss.vtt": ["&gt;hi\nx link"],
        "bad_times.vtt": ["comma"],
        "hls_as.vtt": [],
        "regex_bomb.srt": ["&lt;" * 2000],
    }

    try:
        texts = [cue.text for cue in read_subtitles(path.read_bytes())]
    except UnusableSubtitles:
        texts = []

    assert texts == shown[path.name]


def test_a_shared_film_with_two_text_tracks_has_both(
    tmp_path: Path, tools: Tools, nasa_line: dict[str, str]
) -> None:
    plan, result = extract(MEDIA / nasa_line["path"], tmp_path, tools)

    assert [(one.label, one.language) for one in plan.subtitles] == [("English", "en"), ("English (2)", "en")]
    for output in result.outputs:
        made = cues(output.path)
        assert made[0] == (210, 4260, "NAR: This is the optical and science segment of the Webb")
        assert made[-1][1] <= float(plan.duration) * 1000 + 1
