"""The finished stream is the film: every rung decoded, every border looked at."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.hls import films
from tests.hls.judge import joined, lag, likeness, read_rendition, samples
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.factory import TranscodeReport, transcode
from transcoding.engine.ffmpeg import Progress
from transcoding.engine.package import media_playlist
from transcoding.engine.plan import ChunkSpec, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.tools import Tools
from transcoding.engine.verify import verify_chunk
from transcoding.errors import FailureCode, MediaError

Maker = Callable[[Tools, Path], Path]


def made(tools: Tools, source: Path, folder: Path) -> TranscodeReport:
    return transcode(source, folder, tools=tools)


@pytest.mark.parametrize(
    ("name", "options", "frames"),
    [
        ("film.mp4", {"seconds": 6}, 144),
        ("ntsc.mkv", {"rate": "30000/1001", "seconds": 5}, 150),
        ("odd.mp4", {"rate": "179/6", "seconds": 6}, 179),
    ],
)
def test_every_rung_has_every_frame_of_the_source(
    tools: Tools, tmp_path: Path, name: str, options: dict[str, float], frames: int
) -> None:
    source = films.film(tools, tmp_path / name, **options)  # type: ignore[arg-type]
    out = tmp_path / "out"

    report = made(tools, source, out)

    rate = Fraction(options.get("rate", "24"))
    assert report.frames == frames
    for name, width, height in (("video-360", 640, 360), ("video-240", 426, 240)):
        stream = joined(out / name, tmp_path / f"{name}.mp4")
        values = likeness(tools, source, stream, prepare=f"scale={width}:{height}")
        assert len(values) == frames
        assert min(values) > 26
        segments = read_rendition(out / name)
        assert [segment.start for segment in segments] == [
            Fraction(first) / rate for first in range(0, frames, round(4 * rate))
        ]
        assert sum(segment.samples for segment in segments) == frames
        assert all(segment.starts_with_sync for segment in segments)


def test_sound_stands_where_it_stood(tools: Tools, tmp_path: Path) -> None:
    source = films.film(tools, tmp_path / "film.mp4", sound_seconds=10)
    out = tmp_path / "out"
    made(tools, source, out)

    ours = samples(tools, joined(out / "audio-0", tmp_path / "sound.mp4"))

    assert abs(lag(ours, samples(tools, source))) <= 1
    assert len(ours) == -(-480_000 // 1024) * 1024
    borders = [segment.start for segment in read_rendition(out / "audio-0")]
    assert all(abs(border - 4 * number) <= Fraction(512, 48_000) for number, border in enumerate(borders))


def test_a_short_picture_is_held_and_a_short_sound_is_silence(tools: Tools, tmp_path: Path) -> None:
    short_picture = films.film(tools, tmp_path / "picture.mp4", seconds=2, sound_seconds=7)
    short_sound = films.film(tools, tmp_path / "sound.mp4", seconds=5, sound_seconds=2)

    assert made(tools, short_picture, tmp_path / "held").frames == 7 * 24
    assert made(tools, short_sound, tmp_path / "silent").frames == 5 * 24

    still = joined(tmp_path / "held" / "video-360", tmp_path / "held.mp4")
    values = likeness(tools, short_picture, still, prepare="tpad=stop=-1:stop_mode=clone")
    assert len(values) == 7 * 24
    assert min(values) > 26
    silence = samples(tools, joined(tmp_path / "silent" / "audio-0", tmp_path / "silent.mp4"))
    assert len(silence) == -(-5 * 48_000 // 1024) * 1024
    assert float(np.abs(silence[3 * 48_000 :]).max()) < 0.001
    assert float(np.abs(silence[:48_000]).max()) > 0.1


@pytest.mark.parametrize(
    "maker",
    [
        films.late_transport_stream,
        films.variable_rate,
        films.audio_video_interleave,
        films.program_stream,
        films.flash,
    ],
    ids=["late ts", "variable rate", "avi", "ps", "flv"],
)
def test_pieces_made_alone_and_out_of_order_are_the_whole(tools: Tools, tmp_path: Path, maker: Maker) -> None:
    source = maker(tools, tmp_path / "source")
    plan = make_plan(probe(source, tools=tools), build=tools.build)
    whole, pieces = tmp_path / "whole", tmp_path / "pieces"
    count = plan.segment_count
    result = encode_video_chunk(source, plan, ChunkSpec(0, 0, count), whole, tools=tools)
    inits = {output.name: output.init.read_bytes() for output in result.renditions}

    for number in reversed(range(count)):
        piece = encode_video_chunk(source, plan, ChunkSpec(number, number, number + 1), pieces, tools=tools)
        for output in piece.renditions:
            verify_chunk(plan, output, expected_init=inits[output.name])

    lowest = plan.video[-1].name
    for folder in (whole, pieces):
        (folder / lowest / "index.m3u8").write_text(media_playlist(plan, lowest))
    together = joined(whole / lowest, tmp_path / "whole.mp4")
    alone = joined(pieces / lowest, tmp_path / "alone.mp4")
    values = likeness(tools, together, alone, prepare="null")
    assert len(values) == plan.frames
    # The rate control starts anew in each piece, the pictures are the same ones.
    assert min(values) > 30


def test_a_variable_rate_becomes_constant_and_shows_each_frame_when_it_was_shown(
    tools: Tools, tmp_path: Path
) -> None:
    source = films.variable_rate(tools, tmp_path / "source.mp4")

    report = made(tools, source, tmp_path / "out")

    assert abs(report.frames - 300) <= 1
    stream = joined(tmp_path / "out" / "video-360", tmp_path / "stream.mp4")
    values = likeness(tools, source, stream, prepare="fps=30:start_time=0")
    assert len(values) >= 298
    assert sorted(values)[5] > 26


def test_a_rotated_film_stands_upright(tools: Tools, tmp_path: Path) -> None:
    source = films.rotated(tools, tmp_path)

    made(tools, source, tmp_path / "out")

    assert "RESOLUTION=360x640" in (tmp_path / "out" / "master.m3u8").read_text()
    stream = joined(tmp_path / "out" / "video-360", tmp_path / "stream.mp4")
    assert min(likeness(tools, source, stream, prepare="scale=360:640")) > 26


def test_a_film_without_sound_has_no_audio_group(tools: Tools, tmp_path: Path) -> None:
    source = films.film(tools, tmp_path / "mute.mp4", seconds=2, sound_seconds=0)

    report = made(tools, source, tmp_path / "out")

    assert [part.name for part in report.renditions] == ["video-360", "video-240"]
    assert "AUDIO" not in (tmp_path / "out" / "master.m3u8").read_text()


def test_progress_never_falls_and_ends_at_one(tools: Tools, tmp_path: Path) -> None:
    source = films.film(tools, tmp_path / "film.mp4", seconds=6)
    seen: list[Progress] = []

    transcode(source, tmp_path / "out", tools=tools, on_progress=seen.append)

    fractions = [progress.fraction for progress in seen]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


def test_a_cancelled_film_leaves_nothing(tools: Tools, tmp_path: Path) -> None:
    source = films.film(tools, tmp_path / "film.mp4", size="1280x720", seconds=5)
    seen: list[Progress] = []

    with pytest.raises(MediaError) as caught:
        transcode(
            source, tmp_path / "out", tools=tools, on_progress=seen.append, should_stop=lambda: len(seen) > 1
        )

    assert caught.value.code is FailureCode.CANCELLED
    assert {path.name for path in tmp_path.iterdir()} <= {"film.mp4", "home"}
