"""Sound in the finished stream: in step with the picture from beginning to end, in stereo and 5.1, measured."""

import subprocess
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.hls import films
from tests.hls.flashes import Flashes, offsets
from tests.hls.judge import channels, joined, samples
from transcoding.engine.factory import RenditionReport, TranscodeReport, transcode
from transcoding.engine.plan import make_plan
from transcoding.engine.probe import probe
from transcoding.engine.sound import encode_audio
from transcoding.engine.tools import Tools
from transcoding.engine.verify import verify_chunk

NTSC_FILM, PAL, NTSC = Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001)
LOST_PACKETS = ("-bsf:a", "noise=drop='between(n\\,500\\,600)'")


def sounds(report: TranscodeReport) -> list[RenditionReport]:
    return [part for part in report.renditions if part.kind == "AUDIO"]


def picture(report: TranscodeReport) -> str:
    return next(part.name for part in report.renditions if part.kind == "VIDEO")


@pytest.mark.parametrize(
    ("name", "flashes", "options", "filters", "heard"),
    [
        ("a.mp4", Flashes(NTSC_FILM, 44), ("-c:a", "libmp3lame"), {}, 44),
        ("a.mkv", Flashes(NTSC), ("-c:a", "libopus"), {}, 20),
        ("a.ts", Flashes(PAL), ("-c:a", "mp2", "-output_ts_offset", "100"), {}, 20),
        ("a.mp4", Flashes(PAL, sample_rate=44_100), (), {}, 20),
        ("a.mkv", Flashes(PAL, 44, stretch=1.002), ("-c:a", "pcm_s16le"), {}, 44),
        ("a.ts", Flashes(PAL, stretch=0.999), ("-c:a", "mp2"), {}, 20),
        ("a.mp4", Flashes(NTSC_FILM), ("-c:a", "libmp3lame"), {"sound": "atrim=start=2.3"}, 18),
        ("a.mkv", Flashes(NTSC_FILM), ("-c:a", "flac"), {"sound": "atrim=start=2.3"}, 18),
        ("a.mp4", Flashes(NTSC), ("-c:a", "libmp3lame"), {"picture": "trim=start=1.7"}, 18),
        ("a.ts", Flashes(NTSC), ("-c:a", "ac3"), {"picture": "trim=start=1.7"}, 18),
        ("a.mp4", Flashes(PAL), LOST_PACKETS, {}, 18),
        ("a.mkv", Flashes(PAL), LOST_PACKETS, {}, 18),
        ("a.ts", Flashes(PAL), LOST_PACKETS, {}, 18),
        ("a.mkv", Flashes(PAL, 10, channels=6), ("-c:a", "ac3", "-b:a", "448k"), {}, 10),
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


@pytest.mark.parametrize(
    ("name", "flashes", "options", "filters", "heard"),
    [
        ("a.mp4", Flashes(NTSC_FILM, 44), (), {}, 44),
        ("a.mkv", Flashes(NTSC), (), {}, 20),
        ("a.ts", Flashes(PAL), ("-output_ts_offset", "100"), {}, 20),
        ("a.mp4", Flashes(NTSC_FILM), (), {"sound": "atrim=start=2.3"}, 18),
        ("a.ts", Flashes(NTSC), (), {"picture": "trim=start=1.7"}, 18),
        ("a.mkv", Flashes(PAL), (), {"sound": "atrim=end=12"}, 12),
    ],
    ids=["mp4", "mkv", "late ts", "late in mp4", "leads in ts", "ends early"],
)
def test_stereo_aac_is_copied_and_stays_in_step(
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

    (part,) = sounds(report)
    assert part.copied
    assert part.loudness == pytest.approx(-15.2, abs=1)
    apart = offsets(tools, out, picture(report), part.name)
    assert len(apart) == heard
    assert max(map(abs, apart)) < 0.020
    theirs = set(packets_of(tools, source))
    ours = packets_of(tools, joined(out / part.name, tmp_path / "sound.mp4"))
    taken = [packet for packet in ours if packet in theirs]
    assert len(taken) >= 0.98 * heard * float(flashes.period) * 48_000 / 1024


def packets_of(tools: Tools, path: Path) -> list[str]:
    """The checksum of each packet of a file's sound, without its header of a broadcast."""
    completed = subprocess.run(
        [
            *(str(tools.ffmpeg), "-nostdin", "-v", "error", "-i", str(path), "-map", "0:a:0", "-c", "copy"),
            *("-bsf:a", "aac_adtstoasc", "-f", "framecrc", "-"),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    return [line.split(",")[5].strip() for line in completed.stdout.splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(
    "options",
    [LOST_PACKETS, ("-ar", "44100"), ("-ac", "1"), ("-bsf:a", "noise=amount=3000")],
    ids=["a hole", "44.1 kHz", "mono", "damaged"],
)
def test_sound_that_does_not_fit_is_encoded(tools: Tools, tmp_path: Path, options: tuple[str, ...]) -> None:
    noise = "aevalsrc=random(0)*2-1|random(1)*2-1:s=48000:d=15"
    source = films.make(
        tools,
        tmp_path / "a.mp4",
        *("-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=15", "-f", "lavfi", "-i", noise),
        *("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", *options),
    )

    report = transcode(source, tmp_path / "out", tools=tools)

    assert [part.copied for part in sounds(report)] == [False]


def test_sound_that_changes_its_channels_on_the_way_stays_in_step(tools: Tools, tmp_path: Path) -> None:
    parts = []
    for channels_then, dropped in ((6, "gte(n\\,468)"), (2, "lt(n\\,468)")):
        whole = Flashes(PAL, channels=channels_then).make(
            tools, tmp_path / f"{channels_then}.mkv", "-c:a", "ac3", "-b:a", "448k"
        )
        cut = ("-map", "0:a", "-c", "copy", "-bsf:a", f"noise=drop='{dropped}'")
        part = films.make(tools, tmp_path / f"{channels_then}.ac3", "-i", str(whole), *cut)
        parts.append(part.read_bytes())
    (tmp_path / "both.ac3").write_bytes(b"".join(parts))
    source = films.make(
        tools,
        tmp_path / "a.ts",
        *("-i", str(tmp_path / "6.mkv"), "-i", str(tmp_path / "both.ac3")),
        *("-map", "0:v", "-map", "1:a", "-c", "copy"),
    )
    out = tmp_path / "out"

    report = transcode(source, out, tools=tools)

    assert [part.name for part in sounds(report)] == ["audio-0", "audio-0-surround"]
    for track in sounds(report):
        apart = offsets(tools, out, picture(report), track.name)
        assert len(apart) == 20
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


def two_tracks(tools: Tools, target: Path, *options: str) -> Path:
    """Eight seconds of a chart with two tones, each in a track of its own."""
    tones = [("-f", "lavfi", "-i", f"sine=frequency={pitch}:duration=8") for pitch in (440, 880)]
    return films.make(
        tools,
        target,
        *("-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=8", *tones[0], *tones[1]),
        *("-map", "0", "-map", "1", "-map", "2", "-ac", "2", "-ar", "48000"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", *options),
    )


def test_a_track_that_cannot_be_decoded_is_left_out_with_a_note(tools: Tools, tmp_path: Path) -> None:
    source = two_tracks(tools, tmp_path / "a.mp4", "-bsf:a:0", "noise=amount=1")

    report = transcode(source, tmp_path / "out", tools=tools)

    assert report.notes == ("A sound track that cannot be decoded (aac) is left out.",)
    (left,) = sounds(report)
    sound = samples(tools, joined(tmp_path / "out" / left.name, tmp_path / "sound.mp4"))
    assert list(loudest(sound)) == [880]


def test_a_track_that_breaks_in_the_middle_is_silent_from_there_on(tools: Tools, tmp_path: Path) -> None:
    source = two_tracks(tools, tmp_path / "a.mp4", "-bsf:a:0", "noise=amount='if(gt(n\\,190)\\,1\\,0)'")

    report = transcode(source, tmp_path / "out", tools=tools)

    assert [part.name for part in sounds(report)] == ["audio-0", "audio-1"]
    sound = samples(tools, joined(tmp_path / "out" / "audio-0", tmp_path / "sound.mp4"))
    assert list(loudest(sound)) == [440]
    assert len(sound) == 8 * 48_000
    assert float(np.sqrt(np.mean(sound[5 * 48_000 :] ** 2))) < 0.001


def test_a_track_that_ffmpeg_refuses_later_is_silence_and_the_others_stay(
    tools: Tools, tmp_path: Path
) -> None:
    source = two_tracks(tools, tmp_path / "a.mp4")
    plan = make_plan(probe(source, tools=tools), build=tools.build)
    refused = replace(plan, audio=(replace(plan.audio[0], source_index=7), plan.audio[1]))

    result = encode_audio(source, refused, tmp_path / "out", tools=tools)

    assert result.notes == ("The sound track Audio 1 cannot be decoded; it is silent.",)
    for output in result.renditions:
        verify_chunk(refused, output)
    assert [output.loudness.integrated is None for output in result.renditions] == [True, False]
