"""Sound in the finished stream: in step with the picture from beginning to end, in stereo and 5.1, measured."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.hls import films
from tests.hls.flashes import Flashes, offsets
from tests.hls.judge import channels, joined
from transcoding.engine.factory import RenditionReport, TranscodeReport, transcode
from transcoding.engine.tools import Tools

NTSC_FILM, PAL, NTSC = Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001)
LOST_PACKETS = ("-bsf:a", "noise=drop='between(n\\,500\\,600)'")


def sounds(report: TranscodeReport) -> list[RenditionReport]:
    return [part for part in report.renditions if part.kind == "AUDIO"]


def picture(report: TranscodeReport) -> str:
    return next(part.name for part in report.renditions if part.kind == "VIDEO")


@pytest.mark.parametrize(
    ("name", "flashes", "options", "filters", "heard"),
    [
        ("a.mp4", Flashes(NTSC_FILM, 66), ("-c:a", "libmp3lame"), {}, 66),
        ("a.mkv", Flashes(NTSC), ("-c:a", "libopus"), {}, 30),
        ("a.ts", Flashes(PAL), ("-c:a", "mp2", "-output_ts_offset", "100"), {}, 30),
        ("a.mp4", Flashes(PAL, sample_rate=44_100), (), {}, 30),
        ("a.mkv", Flashes(PAL, 66, stretch=1.002), ("-c:a", "pcm_s16le"), {}, 66),
        ("a.ts", Flashes(PAL, 66, stretch=0.999), ("-c:a", "mp2"), {}, 66),
        ("a.mp4", Flashes(NTSC_FILM), ("-c:a", "libmp3lame"), {"sound": "atrim=start=2.3"}, 28),
        ("a.mkv", Flashes(NTSC_FILM), ("-c:a", "flac"), {"sound": "atrim=start=2.3"}, 28),
        ("a.mp4", Flashes(NTSC), (), {"picture": "trim=start=1.7"}, 28),
        ("a.ts", Flashes(NTSC), ("-c:a", "ac3"), {"picture": "trim=start=1.7"}, 28),
        ("a.mp4", Flashes(PAL), LOST_PACKETS, {}, 28),
        ("a.mkv", Flashes(PAL), LOST_PACKETS, {}, 28),
        ("a.ts", Flashes(PAL), LOST_PACKETS, {}, 28),
        ("a.mkv", Flashes(PAL, channels=6), ("-c:a", "ac3", "-b:a", "448k"), {}, 30),
    ],
    ids=[
        *("mp4", "mkv", "late ts", "44.1 kHz", "slow clock", "fast clock", "late in mp4", "late in mkv"),
        *("leads in mp4", "leads in ts", "hole in mp4", "hole in mkv", "hole in ts", "5.1"),
    ],
)
def test_every_beep_comes_within_20_ms_of_its_flash(
    tools: Tools,
    tmp_path: Path,
    name: str,
    flashes: Flashes,
    options: tuple[str, ...],
    filters: Mapping[str, str],
    heard: int,
) -> None:
    source = flashes.make(tools, tmp_path / name, *options, **filters)
    out = tmp_path / "out"

    report = transcode(source, out, tools=tools)

    for part in sounds(report):
        apart = offsets(tools, out, picture(report), part.name)
        assert len(apart) == heard
        assert max(map(abs, apart)) < 0.020


def in_six_channels(tools: Tools, target: Path, *frequencies: int, layout: str = "5.1") -> Path:
    """A film with a tone of its own in each channel."""
    tones = "|".join(f"0.2*sin(2*PI*{frequency}*t)" for frequency in frequencies)
    chart = "testsrc2=size=160x90:rate=25:duration=5"
    return films.make(
        tools,
        target,
        *("-f", "lavfi", "-i", chart, "-f", "lavfi", "-i", f"aevalsrc={tones}:s=48000:c={layout}:d=5"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "flac"),
    )


def loudest(sound: np.ndarray[tuple[int], np.dtype[np.float32]]) -> dict[int, float]:
    """The tones of a channel by frequency in Hz: amplitude, of all that are worth naming."""
    middle = sound[48_000 : 4 * 48_000]
    spectrum = np.abs(np.fft.rfft(middle)) * 2 / len(middle)
    return {round(at / 3): float(spectrum[at]) for at in np.flatnonzero(spectrum > 0.02)}


def test_a_track_in_5_1_has_both_renditions_with_every_channel_in_its_place(
    tools: Tools, tmp_path: Path
) -> None:
    source = in_six_channels(tools, tmp_path / "a.mkv", 300, 400, 500, 60, 700, 800)

    report = transcode(source, tmp_path / "out", tools=tools)

    assert [(part.name, part.codecs) for part in sounds(report)] == [
        ("audio-0", "mp4a.40.2"),
        ("audio-0-surround", "mp4a.40.2"),
    ]
    surround = channels(tools, joined(tmp_path / "out" / "audio-0-surround", tmp_path / "surround.mp4"), 6)
    assert [list(loudest(channel)) for channel in surround] == [[300], [400], [500], [60], [700], [800]]
    left, right = channels(tools, joined(tmp_path / "out" / "audio-0", tmp_path / "stereo.mp4"), 2)
    assert loudest(left) == pytest.approx({300: 0.0828, 500: 0.0586, 700: 0.0586}, abs=0.003)
    assert loudest(right) == pytest.approx({400: 0.0828, 500: 0.0586, 800: 0.0586}, abs=0.003)


def test_7_1_becomes_5_1_with_side_and_back_together(tools: Tools, tmp_path: Path) -> None:
    source = in_six_channels(tools, tmp_path / "a.mkv", 300, 400, 500, 60, 700, 800, 900, 1000, layout="7.1")

    transcode(source, tmp_path / "out", tools=tools)

    surround = channels(tools, joined(tmp_path / "out" / "audio-0-surround", tmp_path / "surround.mp4"), 6)
    assert loudest(surround[0]) == pytest.approx({300: 0.2}, abs=0.005)
    assert loudest(surround[4]) == pytest.approx({700: 0.1414, 900: 0.1414}, abs=0.005)
    assert loudest(surround[5]) == pytest.approx({800: 0.1414, 1000: 0.1414}, abs=0.005)


def test_the_loudness_of_a_tone_is_what_the_standard_says(tools: Tools, tmp_path: Path) -> None:
    # EBU Tech 3341, test 1: a stereo sine of 1 kHz with peaks of -23 dBFS has -23 LUFS.
    tone = f"{10 ** (-23 / 20):.6f}*sin(2*PI*1000*t)"
    source = films.make(
        tools,
        tmp_path / "a.mkv",
        *("-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=20"),
        *("-f", "lavfi", "-i", f"aevalsrc={tone}|{tone}:s=48000:d=20"),
        *("-f", "lavfi", "-i", "anullsrc=channel_layout=stereo:sample_rate=48000:duration=20"),
        *("-map", "0", "-map", "1", "-map", "2", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "flac"),
    )

    report = transcode(source, tmp_path / "out", tools=tools)

    tone_report, silence = sounds(report)
    assert tone_report.loudness == pytest.approx(-23.0, abs=0.1)
    assert tone_report.true_peak == pytest.approx(-23.0, abs=0.2)
    assert (silence.loudness, silence.true_peak) == (None, None)
