"""A picture that browsers can play is copied, not encoded: every bit of it, and every other rung cut where it is."""

import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from tests.hls import films, flaws
from tests.hls.judge import joined, lag, read_rendition, samples
from transcoding.engine.copies import copy_chunk, copy_of_original, copy_of_rung
from transcoding.engine.copying import Copyable, find_copy
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.factory import transcode
from transcoding.engine.plan import ChunkSpec, Plan, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.tools import Tools
from transcoding.engine.verify import verify_chunk

# Closed groups of two seconds with B-pictures that others refer to.
CLOSED = (
    "-x264-params",
    "open-gop=0",
    "-preset",
    "veryfast",
    "-crf",
    "23",
    "-bf",
    "3",
    "-b_strategy",
    "0",
    "-sc_threshold",
    "0",
)


def closed(
    tools: Tools,
    target: Path,
    *options: str,
    rate: str = "24",
    seconds: float = 9,
    sound_seconds: float | None = None,
    group: int = 2,
) -> Path:
    frames = str(round(Fraction(rate) * group))
    return films.film(
        tools,
        target,
        *CLOSED,
        "-g",
        frames,
        "-keyint_min",
        frames,
        *options,
        rate=rate,
        seconds=seconds,
        sound_seconds=sound_seconds,
    )


def planned(tools: Tools, source: Path) -> tuple[Plan, Copyable | None]:
    info = probe(source, tools=tools)
    copyable = find_copy(source, info, tools=tools)
    return make_plan(info, build=tools.build, copyable=copyable), copyable


def pictures(tools: Tools, path: Path) -> list[str]:
    """A digest of each picture, in the order in which they are shown."""
    completed = subprocess.run(
        [
            *(str(tools.ffmpeg), "-nostdin", "-v", "error", "-i", str(path), "-map", "0:v:0"),
            *("-fps_mode", "passthrough", "-f", "framemd5", "-"),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    lines = [line for line in completed.stdout.splitlines() if not line.startswith("#")]
    return [line.rsplit(",", 1)[1].strip() for line in lines]


@pytest.mark.parametrize(
    ("name", "rate", "borders"),
    [
        ("film.mp4", "24", (0, 96, 192, 216)),
        ("film.mkv", "25", (0, 100, 200, 225)),
        ("film.mp4", "30000/1001", (0, 120, 240, 270)),
        ("film.ts", "60", (0, 240, 480, 540)),
    ],
)
def test_the_top_rung_is_the_source_bit_for_bit_and_the_others_are_cut_where_it_is(
    tools: Tools, tmp_path: Path, name: str, rate: str, borders: tuple[int, ...]
) -> None:
    source = closed(tools, tmp_path / name, rate=rate)
    out = tmp_path / "out"

    report = transcode(source, out, tools=tools)

    # Sound that begins before the picture holds the first one for whole frames.
    lead = report.frames - borders[-1]
    assert 0 <= lead <= 2
    starts = [Fraction(0), *((lead + border) / Fraction(rate) for border in borders[1:-1])]
    copied, encoded = read_rendition(out / "video-360"), read_rendition(out / "video-240")
    assert [segment.start for segment in copied] == starts
    assert [segment.duration for segment in copied] == [segment.duration for segment in encoded]
    assert all(
        abs(segment.start - start) < Fraction(1, 9000) for segment, start in zip(encoded, starts, strict=True)
    )
    assert sum(segment.samples for segment in copied) == borders[-1]
    assert sum(segment.samples for segment in encoded) == report.frames
    assert all(segment.starts_with_sync for segment in (*copied, *encoded))
    assert pictures(tools, joined(out / "video-360", tmp_path / "copy.mp4")) == pictures(tools, source)
    ours = samples(tools, joined(out / "audio-0", tmp_path / "sound.mp4"))
    # Sound that is copied as well moves to the nearest place of its packets.
    assert abs(lag(ours, samples(tools, source)) - round(sound_lead(tools, source) * 48_000)) <= 768


def sound_lead(tools: Tools, source: Path) -> Fraction:
    """By how much the source's sound begins after the zero of the plan."""
    info = probe(source, tools=tools)
    return info.audio[0].start - planned(tools, source)[0].source_offset


def test_boundaries_are_where_key_frames_are_however_they_lie(tools: Tools, tmp_path: Path) -> None:
    keys = "expr:eq(n,0)+eq(n,31)+eq(n,77)+eq(n,170)+eq(n,171)+eq(n,250)"
    source = closed(tools, tmp_path / "film.mp4", "-force_key_frames", keys, group=20, seconds=12)
    out = tmp_path / "out"

    report = transcode(source, out, tools=tools)

    assert report.frames == 288
    for name in ("video-360", "video-240"):
        segments = read_rendition(out / name)
        assert [segment.start * 24 for segment in segments] == [0, 77, 171, 250]
        assert [segment.samples for segment in segments] == [77, 94, 79, 38]
    assert pictures(tools, joined(out / "video-360", tmp_path / "copy.mp4")) == pictures(tools, source)


def test_pieces_made_alone_are_the_whole_and_share_one_init(tools: Tools, tmp_path: Path) -> None:
    source = closed(tools, tmp_path / "film.ts", "-muxdelay", "0", "-output_ts_offset", "100", seconds=21)
    plan, _ = planned(tools, source)
    copy, inits = copy_of_rung(plan), []

    for number in reversed(range(plan.segment_count)):
        chunk = ChunkSpec(number, number, number + 1)
        made = copy_chunk(source, plan, copy, chunk, tmp_path / "pieces", tools=tools).renditions[0]
        inits.append(made.init.read_bytes())
        verify_chunk(plan, made, expected_init=inits[0])
    whole = copy_chunk(
        source, plan, copy, ChunkSpec(0, 0, plan.segment_count), tmp_path / "whole", tools=tools
    )

    assert plan.segment_count == 6
    assert len(set(inits)) == 1
    for segment in whole.renditions[0].segments:
        alone = tmp_path / "pieces" / copy.name / segment.path.name
        assert alone.read_bytes() == segment.path.read_bytes()


def test_rungs_of_uneven_segments_share_one_init(tools: Tools, tmp_path: Path) -> None:
    keys = "expr:eq(n,0)+eq(n,40)+eq(n,130)+eq(n,190)"
    source = closed(tools, tmp_path / "film.mp4", "-force_key_frames", keys, group=20, seconds=10)
    plan, _ = planned(tools, source)
    whole = encode_video_chunk(
        source, plan, ChunkSpec(0, 0, plan.segment_count), tmp_path / "whole", tools=tools
    )
    inits = {output.name: output.init.read_bytes() for output in whole.renditions}

    for number in range(plan.segment_count):
        piece = encode_video_chunk(
            source, plan, ChunkSpec(number, number, number + 1), tmp_path / "p", tools=tools
        )
        for output in piece.renditions:
            verify_chunk(plan, output, expected_init=inits[output.name])

    assert plan.boundaries == (0, 130, 240)
    assert set(inits) == {"video-240"}


def test_a_picture_that_begins_after_its_sound_is_held_not_doubled(tools: Tools, tmp_path: Path) -> None:
    film = closed(tools, tmp_path / "film.mp4", seconds=5)
    late = (
        "-itsoffset",
        "0.25",
        "-i",
        str(film),
        "-i",
        str(film),
        "-map",
        "0:v",
        "-map",
        "1:a",
        "-c",
        "copy",
    )
    source = films.make(tools, tmp_path / "late.mp4", *late)
    out = tmp_path / "out"

    transcode(source, out, tools=tools)

    first = read_rendition(out / "video-360")[0]
    assert first.start == 0
    assert first.duration == read_rendition(out / "video-240")[0].duration
    assert first.samples == read_rendition(out / "video-240")[0].samples - 6
    assert pictures(tools, joined(out / "video-360", tmp_path / "copy.mp4")) == pictures(tools, film)


def test_nothing_that_a_camera_or_an_encoder_wrote_of_itself_is_copied(tools: Tools, tmp_path: Path) -> None:
    place = ("-metadata", "location=+48.2082+016.3738/", "-metadata", "title=Where I live")
    noted = ("-bsf:v", "h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+48.2082")
    source = closed(tools, tmp_path / "film.mp4", *place, *noted, seconds=5)
    assert b"48.2082" in source.read_bytes()
    out = tmp_path / "out"

    transcode(source, out, tools=tools)

    copied = b"".join(path.read_bytes() for path in sorted((out / "video-360").iterdir()))
    for word in (b"48.2082", b"Where I live", b"x264", b"Lav"):
        assert word not in copied


def test_only_what_is_an_idr_picture_counts_as_a_key_frame(tools: Tools, tmp_path: Path) -> None:
    honest = closed(tools, tmp_path / "film.mp4", seconds=5)
    lying = flaws.without_sync_table(closed(tools, tmp_path / "lying.mp4", seconds=5))
    rare = flaws.without_sync_table(closed(tools, tmp_path / "rare.mp4", seconds=8, group=20))

    copyable = planned(tools, honest)[1]

    assert copyable is not None and copyable.key_frames == (0, 48, 96)
    assert planned(tools, lying)[1] == copyable
    plan, seen = planned(tools, rare)
    assert seen is not None and seen.key_frames == (0,)
    assert plan.copied is None


def changed_within(tools: Tools, folder: Path, name: str) -> Path:
    """Two films with other parameter sets in one file."""
    closed(tools, folder / "one.mp4", seconds=4, sound_seconds=0)
    closed(tools, folder / "two.mp4", "-bf", "0", "-refs", "1", seconds=4, sound_seconds=0)
    (folder / "list.txt").write_text("file one.mp4\nfile two.mp4\n")
    return films.make(tools, folder / name, "-f", "concat", "-i", str(folder / "list.txt"), "-c", "copy")


def described_twice(tools: Tools, folder: Path) -> Path:
    one = closed(tools, folder / "one.mp4", seconds=6)
    two = closed(tools, folder / "two.mp4", "-refs", "1", "-bf", "0", seconds=1)
    return flaws.with_two_descriptions(one, two, from_chunk=96)


def shortened(tools: Tools, folder: Path) -> Path:
    """A film that ends in the middle of a group, whose last pictures are there and are not to be shown."""
    whole = closed(tools, folder / "whole.mp4", seconds=6)
    return films.make(tools, folder / "a.mp4", "-i", str(whole), "-t", "5.3", "-c", "copy")


OPEN = ("-x264-params", "open-gop=1:bframes=3", "-g", "60")


@pytest.mark.parametrize(
    "make_source",
    [
        lambda tools, folder: films.film(tools, folder / "a.mp4", *OPEN, seconds=31, size="320x180"),
        lambda tools, folder: changed_within(tools, folder, "a.mp4"),
        lambda tools, folder: changed_within(tools, folder, "a.ts"),
        described_twice,
        shortened,
        lambda tools, folder: closed(tools, folder / "a.mp4", "-pix_fmt", "yuv420p10le"),
        lambda tools, folder: closed(tools, folder / "a.mp4", "-pix_fmt", "yuv422p"),
        lambda tools, folder: closed(tools, folder / "a.mp4", "-pix_fmt", "yuvj420p"),
        lambda tools, folder: closed(tools, folder / "a.mp4", "-x264-params", "tff=1"),
        lambda tools, folder: closed(tools, folder / "a.mp4", "-vf", "setsar=4/3"),
        lambda tools, folder: closed(tools, folder / "a.mp4", "-x264-params", "colorprim=bt2020"),
        films.rotated,
    ],
    ids=[
        "open groups",
        "other sets in mp4",
        "other sets in ts",
        "two descriptions",
        "shortened by an edit list",
        "ten bits",
        "4:2:2",
        "full range",
        "interlaced",
        "oblong pixels",
        "wide colours",
        "rotated",
    ],
)
def test_what_is_not_sure_to_play_is_encoded(
    tools: Tools, tmp_path: Path, make_source: Callable[[Tools, Path], Path]
) -> None:
    source = make_source(tools, tmp_path)

    plan, copyable = planned(tools, source)

    assert copyable is None
    assert plan.copied is None and plan.original is None
    assert len(plan.encoded) == len(plan.video)


@pytest.mark.parametrize(
    ("make_source", "borders"),
    [
        (lambda tools, folder: closed(tools, folder / "a.mp4", seconds=21, group=10), (0, 240, 480, 504)),
        (lambda tools, folder: closed(tools, folder / "a.mp4", "-crf", "1", seconds=5), (0, 96, 120)),
    ],
    ids=["far key frames", "above the cap"],
)
def test_what_cannot_be_a_rung_is_the_original_beside_a_ladder_of_its_own(
    tools: Tools, tmp_path: Path, make_source: Callable[[Tools, Path], Path], borders: tuple[int, ...]
) -> None:
    source = make_source(tools, tmp_path)
    out = tmp_path / "out"

    transcode(source, out, tools=tools)

    original = read_rendition(out / "original")
    assert [segment.start * 24 for segment in original] == list(borders[:-1])
    assert sum(segment.samples for segment in original) == borders[-1]
    assert pictures(tools, joined(out / "original", tmp_path / "copy.mp4")) == pictures(tools, source)
    ladder = [segment.start * 24 for segment in read_rendition(out / "video-360")]
    assert ladder == list(range(0, borders[-1], 96))
    assert "original/index.m3u8" in (out / "original.m3u8").read_text()
    assert "original" not in (out / "master.m3u8").read_text()


def test_a_variable_rate_stays_as_it_is_in_the_original(tools: Tools, tmp_path: Path) -> None:
    source = films.variable_rate(tools, tmp_path / "film.mp4", "-x264-params", "colorprim=bt709")
    plan, copyable = planned(tools, source)
    assert copyable is not None and copyable.key_frames == ()
    copy = copy_of_original(plan)

    made = copy_chunk(source, plan, copy, ChunkSpec(0, 0, len(copy.borders) - 1), tmp_path, tools=tools)

    verify_chunk(plan, made.renditions[0])
    whole = tmp_path / "whole.mp4"
    pieces = [made.renditions[0].init, *(segment.path for segment in made.renditions[0].segments)]
    whole.write_bytes(b"".join(piece.read_bytes() for piece in pieces))
    assert pictures(tools, whole) == pictures(tools, source)
    shown = times(tools, source)
    # The film begins with its sound; its first picture is held from there on.
    assert times(tools, whole) == pytest.approx([0, *shown[1:]], abs=0.0005)


def times(tools: Tools, path: Path) -> list[float]:
    """When each picture is shown, in seconds."""
    completed = subprocess.run(
        [
            *(str(tools.ffprobe), "-v", "error", "-select_streams", "v:0"),
            *("-show_entries", "frame=best_effort_timestamp_time", "-of", "csv=p=0", str(path)),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    return [float(line.strip(",")) for line in completed.stdout.split()]
