"""Whole sound tracks as AAC segments that begin where the picture's do, to the packet.

Sound is cheap, so a track is encoded at one go; cutting it ourselves puts every border on the packet nearest
to the picture's, whatever the boundary list, and drops the encoder's priming exactly.
"""

from __future__ import annotations

import mmap
import shutil
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from transcoding.engine import boxes
from transcoding.engine.ffmpeg import (
    Limits,
    OnProgress,
    ProgressReader,
    ShouldStop,
    Usage,
    check,
    input_guard,
    input_of,
    quiet_options,
    run,
)
from transcoding.engine.filters import sound_graph
from transcoding.engine.outputs import ChunkResult, RenditionOutput, SegmentFile
from transcoding.engine.plan import PACKET, Plan
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

_FAILED = "The sound of this file could not be read to its end. Export it again and upload that."


def encode_audio(
    source: Path,
    plan: Plan,
    workdir: Path,
    *,
    tools: Tools,
    on_progress: OnProgress = None,
    should_stop: ShouldStop = None,
) -> ChunkResult:
    """Make every audio rendition whole, in one process, into ``workdir/<rendition>/``.

    Segments begin at the packet nearest to the picture's boundary. Raises as ``encode_video_chunk``.
    """
    if not plan.audio:
        return ChunkResult((), Usage())
    whole = workdir / "audio-whole"
    whole.mkdir(parents=True, exist_ok=True)
    completed = run(
        [str(tools.ffmpeg), *audio_arguments(source, plan, whole)],
        limits=Limits(
            wall_seconds=300 + 2 * float(plan.duration) * len(plan.audio),
            cpu_seconds=int(300 + float(plan.duration) * len(plan.audio)),
            file_bytes=int(64 * 1024**2 + float(plan.duration) * plan.audio[0].bitrate),
        ),
        sandbox=tools.sandbox,
        reads=[source],
        writes=[whole],
        on_line=ProgressReader(float(plan.duration), on_progress) if on_progress else None,
        should_stop=should_stop,
    )
    check(completed, _FAILED)
    outputs = tuple(
        cut_sound(whole / f"{audio.name}.mp4", plan, audio.name, workdir / audio.name) for audio in plan.audio
    )
    shutil.rmtree(whole)
    return ChunkResult(outputs, completed.usage)


def audio_arguments(source: Path, plan: Plan, folder: Path) -> list[str]:
    """Arguments of ffmpeg for all sound: one fragmented file a rendition, cut afterwards."""
    arguments = [*quiet_options(), "-copyts", *input_guard(), *input_of(source)]
    chains = [
        f"[0:{audio.source_index}]{sound_graph(plan, audio)}[a{number}]"
        for number, audio in enumerate(plan.audio)
    ]
    arguments += ["-filter_complex", ";".join(chains)]
    for number, audio in enumerate(plan.audio):
        arguments += [
            *("-map", f"[a{number}]"),
            *("-c:a", "aac", "-b:a", str(audio.bitrate), "-ac", "2", "-ar", "48000"),
            *("-map_metadata", "-1", "-map_chapters", "-1"),
            # Fragments of ten seconds, only to be taken apart again: few headers to read.
            *("-f", "mp4", "-movflags", "+empty_moov+default_base_moof", "-frag_duration", "10000000"),
            *("-use_editlist", "0", str(folder / f"{audio.name}.mp4")),
        ]
    return arguments


def cut_sound(whole: Path, plan: Plan, name: str, folder: Path) -> RenditionOutput:
    """Cut a fragmented AAC file at the plan's packet boundaries, without the encoder's priming packet."""
    folder.mkdir(parents=True, exist_ok=True)
    # Mapped, not read: twelve hours of sound are a gigabyte.
    with whole.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        found = list(boxes.fragments(data))
        packets = list(_packets(found))
        # The first packet holds only what the encoder needs to begin; without it sound stands where it should.
        del packets[:1]
        bounds = plan.packet_boundaries
        if len(packets) < bounds[-1]:
            raise MediaError(
                FailureCode.ENCODER_FAILED, _FAILED, tail=f"{name}: {len(packets)} packets of {bounds[-1]}"
            )
        init = folder / "init.mp4"
        init.write_bytes(data[: found[0].moof_start])
        durations = plan.segment_durations(name)
        segments = []
        for number, (start, end) in enumerate(pairwise(bounds)):
            path = folder / f"{number:05d}.m4s"
            contents = [data[at : at + size] for at, size in packets[start:end]]
            content = boxes.packet_fragment(number + 1, start * PACKET, PACKET, contents)
            path.write_bytes(content)
            segments.append(SegmentFile(number, path, len(content), durations[number]))
    return RenditionOutput(name, init, tuple(segments))


def _packets(fragments: Iterable[boxes.Fragment]) -> Iterator[tuple[int, int]]:
    """Position and size of every packet, in order."""
    for fragment in fragments:
        position = fragment.data_start
        for size in fragment.sizes:
            yield position, size
            position += size
