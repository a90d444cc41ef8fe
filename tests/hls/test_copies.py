"""A picture that browsers can play is copied, not encoded: every bit of it, and every other rung cut where it is."""

import subprocess
from fractions import Fraction
from pathlib import Path

import pytest

from tests.hls import films
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
    tools: Tools, target: Path, *options: str, rate: str = "24", seconds: float = 9, group: int = 2
) -> Path:
    frames = str(round(Fraction(rate) * group))
    return films.film(
        tools, target, *CLOSED, "-g", frames, "-keyint_min", frames, *options, rate=rate, seconds=seconds
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
    assert abs(lag(ours, samples(tools, source)) - round(sound_lead(tools, source) * 48_000)) <= 48


def sound_lead(tools: Tools, source: Path) -> Fraction:
    """By how much the source's sound begins after the zero of the plan."""
    info = probe(source, tools=tools)
    return info.audio[0].start - planned(tools, source)[0].source_offset
