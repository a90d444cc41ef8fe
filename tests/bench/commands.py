"""The same rungs by ffmpeg alone: the references that the factory is measured against."""

from __future__ import annotations

import subprocess
from pathlib import Path

from transcoding.engine.ladder import VideoRung
from transcoding.engine.plan import Plan
from transcoding.engine.tools import Tools


def single_command(source: Path, plan: Plan, target: Path, tools: Tools) -> list[str]:
    """All rungs from one decode, each scaled from the one above, and the sound: the best single command."""
    steps = [f"[0:v:0]scale={plan.video[0].width}:{plan.video[0].height},format=yuv420p[s0]"]
    for number, rung in enumerate(plan.video[1:]):
        steps.append(f"[s{number}]split[v{number}][d{number}]")
        steps.append(f"[d{number}]scale={rung.width}:{rung.height}[s{number + 1}]")
    steps.append(f"[s{len(plan.video) - 1}]null[v{len(plan.video) - 1}]")
    arguments = [*_read(source, tools), "-filter_complex", ";".join(steps)]
    for number, rung in enumerate(plan.video):
        arguments += ["-map", f"[v{number}]", *_encode(rung, plan, threads=1), *_hls(target / rung.name)]
    return [*arguments, *_sound(plan, target)]


def commands_per_rung(
    source: Path, plan: Plan, target: Path, tools: Tools, *, threads: int
) -> list[list[str]]:
    """One process a rung, each with a decode of its own; the first also makes the sound.

    `threads` of each encoder: 0 is what ffmpeg takes by itself, 1 what ours has.
    """
    commands = []
    for number, rung in enumerate(plan.video):
        filters = f"scale={rung.width}:{rung.height},format=yuv420p"
        encode = _encode(rung, plan, threads=threads)
        command = [*_read(source, tools), "-map", "0:v:0", "-vf", filters, *encode]
        command += _hls(target / rung.name)
        commands.append([*command, *_sound(plan, target)] if number == 0 else command)
    return commands


def whole_file(source: Path, rung: VideoRung, target: Path, tools: Tools, *, codec: list[str]) -> list[str]:
    """One rung of the whole film with these options of an encoder, as segments of 4 s, without sound."""
    filters = f"scale={rung.width}:{rung.height}:flags=bicubic,format=yuv420p"
    return [*_read(source, tools), "-map", "0:v:0", "-vf", filters, *codec, *_hls(target / rung.name)]


def execute(command: list[str]) -> None:
    """Run one command, or stop the benchmark."""
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def _read(source: Path, tools: Tools) -> list[str]:
    return [str(tools.ffmpeg), "-nostdin", "-v", "error", "-i", str(source)]


def _encode(rung: VideoRung, plan: Plan, *, threads: int) -> list[str]:
    segment = str(plan.boundaries[1])
    return [
        *("-c:v", "libx264", "-preset", rung.preset, "-crf", str(rung.crf)),
        *("-maxrate", str(rung.maxrate), "-bufsize", str(rung.bufsize)),
        *("-profile:v", "high", "-level:v", rung.level, "-pix_fmt", "yuv420p", "-threads", str(threads)),
        *("-g", segment, "-keyint_min", segment, "-sc_threshold", "0", "-bf", "3", "-flags", "+cgop"),
    ]


def _sound(plan: Plan, target: Path) -> list[str]:
    arguments = []
    for audio in plan.audio:
        arguments += [
            "-map",
            f"0:{audio.source_index}",
            "-c:a",
            "aac",
            "-b:a",
            str(audio.bitrate),
            "-ac",
            str(audio.channels),
        ]
        arguments += _hls(target / audio.name)
    return arguments


def _hls(folder: Path) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    return [
        *("-f", "hls", "-hls_time", "4", "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4"),
        *("-hls_segment_filename", f"{folder}/%05d.m4s", f"{folder}/index.m3u8"),
    ]
