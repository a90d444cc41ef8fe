"""Whole sound tracks as AAC segments that begin where the picture's do, to the packet.

Sound is cheap, so a track is encoded at one go; cutting it ourselves puts every border on the packet nearest
to the picture's, whatever the boundary list, and drops the encoder's priming exactly.
"""

from __future__ import annotations

import logging
import mmap
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from transcoding.engine import boxes
from transcoding.engine.ffmpeg import (
    Completed,
    Limits,
    OnProgress,
    ShouldStop,
    Usage,
    check,
    input_guard,
    input_of,
    quiet_options,
    run,
)
from transcoding.engine.loudness import MeterReader
from transcoding.engine.outputs import ChunkResult, Loudness, RenditionOutput, SegmentFile
from transcoding.engine.plan import PACKET, SAMPLE_RATE, Plan
from transcoding.engine.renditions import AudioRendition
from transcoding.engine.sound_copy import SILENT_PACKET, first_place, is_plain_stereo, read_packet_times
from transcoding.engine.sound_graph import sound_graph
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

logger = logging.getLogger(__name__)

# The encoder's first packet holds only what it needs to begin: without it, sound stands where it should.
_PRIMING = -1
# More than any init segment of ours.
_MOST_HEADER = 64 * 1024

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
    """Make every audio rendition whole, each track from one decode, into ``workdir/<rendition>/``.

    Segments begin at the packet nearest to the picture's boundary. Packets are the source's own where the plan asks
    for it and they fit. A track that cannot be decoded is silence and a note. Raises as ``encode_video_chunk``.
    """
    if not plan.audio:
        return ChunkResult((), Usage())
    whole = workdir / "audio-whole"
    whole.mkdir(parents=True, exist_ok=True)
    work = _Work(source, plan, whole, tools, on_progress, should_stop)
    try:
        tracks = work.make(plan.audio)
    except MediaError as error:
        if error.code is not FailureCode.ENCODER_FAILED:
            raise
        tracks = _each_alone(work, error)
    outputs = tuple(
        replace(
            cut_sound(
                work.file(audio),
                plan,
                audio.name,
                workdir / audio.name,
                copied_from=tracks[audio.name].copied_from,
            ),
            loudness=tracks[audio.name].loudness,
            copied=tracks[audio.name].copied_from is not None,
        )
        for audio in plan.audio
    )
    shutil.rmtree(whole)
    return ChunkResult(outputs, work.usage, tuple(work.notes))


@dataclass(frozen=True, slots=True)
class _Track:
    """A whole track as a file; ``copied_from`` is the place of its first packet on the plan's grid if it is copied."""

    loudness: Loudness
    copied_from: int | None = None


@dataclass(slots=True)
class _Work:
    source: Path
    plan: Plan
    whole: Path
    tools: Tools
    on_progress: OnProgress
    should_stop: ShouldStop
    usage: Usage = field(default_factory=Usage)
    notes: list[str] = field(default_factory=list)

    def file(self, rendition: AudioRendition) -> Path:
        return self.whole / f"{rendition.name}.mp4"

    def make(self, renditions: Sequence[AudioRendition], *, silent: bool = False) -> dict[str, _Track]:
        """Make these in one process, and those once more by encoding that cannot be copied. Raises MediaError."""
        reader = MeterReader(self.plan.duration, self.on_progress)
        arguments = audio_arguments(self.source, self.plan, self.whole, renditions, silent=silent)
        said, failed = "", False
        try:
            said = self.run(arguments, len(renditions), reader).tail
        except MediaError as error:
            failed = True
            if error.code is not FailureCode.ENCODER_FAILED or not any(one.copied for one in renditions):
                raise
        tracks: dict[str, _Track] = {}
        for number, rendition in enumerate(renditions):
            if not rendition.copied and not failed:
                tracks[rendition.name] = _Track(reader.of(number))
            # What the decoder complains about, browsers may refuse.
            elif not said and not failed and (first := self._first_place(rendition)) is not None:
                tracks[rendition.name] = _Track(reader.of(number), first)
        left = [replace(one, copied=False) for one in renditions if one.name not in tracks]
        return tracks | self.make(left) if left else tracks

    def _first_place(self, rendition: AudioRendition) -> int | None:
        """Where the source's own packets begin on the plan's grid; None where they do not fit."""
        try:
            with self.file(rendition).open("rb") as file:
                config = boxes.audio_config(file.read(_MOST_HEADER))
            if not is_plain_stereo(config):
                return None
            with (self.whole / f"{rendition.name}.packets").open(encoding="ascii") as lines:
                packets = read_packet_times(lines)
        except ValueError as error:
            logger.info("%s is not copied: %s", rendition.name, error)
            return None
        return first_place(packets, self.plan.source_offset)

    def decodes(self, index: int) -> bool:
        """Whether the track at ``index`` can be decoded at all."""
        arguments = [*quiet_options(), *input_guard(), *input_of(self.source), "-map", f"0:{index}"]
        try:
            self.run([*arguments, "-f", "null", "-"], 1, _ignore)
        except MediaError as error:
            if error.code is not FailureCode.ENCODER_FAILED:
                raise
            return False
        return True

    def run(self, arguments: Sequence[str], count: int, on_line: Callable[[str], None]) -> Completed:
        seconds = float(self.plan.duration)
        completed = run(
            [str(self.tools.ffmpeg), *arguments],
            limits=Limits(
                wall_seconds=300 + 2 * seconds * count,
                cpu_seconds=int(300 + seconds * count),
                file_bytes=int(64 * 1024**2 + seconds * max(audio.bitrate for audio in self.plan.audio)),
            ),
            sandbox=self.tools.sandbox,
            reads=[self.source],
            writes=[self.whole],
            on_line=on_line,
            should_stop=self.should_stop,
        )
        self.usage = self.usage.plus(completed.usage)
        return check(completed, _FAILED)


def _ignore(_line: str) -> None:
    """Nobody wants to know."""


def _each_alone(work: _Work, error: MediaError) -> dict[str, _Track]:
    """Track for track after all at once have failed; what does not decode even by itself becomes silence."""
    tracks: dict[str, _Track] = {}
    for index in dict.fromkeys(audio.source_index for audio in work.plan.audio):
        renditions = [audio for audio in work.plan.audio if audio.source_index == index]
        if work.decodes(index):
            tracks |= work.make(renditions)
        else:
            logger.warning("track %s is silence, since it cannot be decoded: %s", index, error.tail[-500:])
            work.notes.append(f"The sound track {renditions[0].label} cannot be decoded; it is silent.")
            silent = [replace(audio, copied=False) for audio in renditions]
            tracks |= work.make(silent, silent=True)
    return tracks


def audio_arguments(
    source: Path, plan: Plan, folder: Path, renditions: Sequence[AudioRendition], *, silent: bool = False
) -> list[str]:
    """Arguments of ffmpeg for all sound: one fragmented file a rendition, cut afterwards."""
    # Over what a first try left behind, if there was one.
    arguments = [*quiet_options(), "-y", "-copyts"]
    if silent:
        arguments += ["-f", "lavfi", "-i", f"anullsrc=channel_layout=stereo:sample_rate={SAMPLE_RATE}"]
    else:
        # A track that breaks is silent from there on; the share of errors that ffmpeg bears by itself is two thirds.
        arguments += [*input_guard(), "-max_error_rate", "1", *input_of(source)]
    arguments += ["-filter_complex", sound_graph(plan, renditions, silent=silent)]
    for number, audio in enumerate(renditions):
        encoder = ["-c:a", "aac", "-b:a", str(audio.bitrate), "-ac", str(audio.channels)]
        # Broadcasts have a header on every packet where files have one for all.
        copier = ["-map", f"0:{audio.source_index}", "-c:a", "copy", "-bsf:a", "aac_adtstoasc"]
        flags = "+empty_moov+default_base_moof" + ("+delay_moov" if audio.copied else "")
        arguments += [
            *(copier if audio.copied else ["-map", f"[a{number}]", *encoder, "-ar", str(SAMPLE_RATE)]),
            *("-map_metadata", "-1", "-map_chapters", "-1"),
            # Fragments of ten seconds, only to be taken apart again: few headers to read.
            *("-f", "mp4", "-movflags", flags, "-frag_duration", "10000000"),
            *("-use_editlist", "0", str(folder / f"{audio.name}.mp4")),
        ]
        if audio.copied:
            # The same packets once more as lines of text: MP4 forgets where on the source's clock they stood.
            arguments += [*copier, "-f", "framecrc", str(folder / f"{audio.name}.packets")]
            arguments += ["-map", f"[m{number}]", "-f", "null", "-"]
    return arguments


def cut_sound(
    whole: Path, plan: Plan, name: str, folder: Path, *, copied_from: int | None = None
) -> RenditionOutput:
    """Cut a fragmented AAC file at the plan's packet boundaries.

    ``copied_from`` is the place of its first packet on the plan's grid where it is copied; places that it leaves empty
    before it begins and after it ends hold silence. Raises MediaError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Mapped, not read: twelve hours of sound are a gigabyte.
    with whole.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        found = list(boxes.fragments(data))
        packets = list(_packets(found))
        bounds = plan.packet_boundaries
        first = _PRIMING if copied_from is None else copied_from
        if copied_from is None and len(packets) + first < bounds[-1]:
            raise MediaError(
                FailureCode.ENCODER_FAILED, _FAILED, tail=f"{name}: {len(packets)} packets of {bounds[-1]}"
            )
        init = folder / "init.mp4"
        init.write_bytes(data[: found[0].moof_start])
        durations = plan.segment_durations(name)
        segments = []
        for number, (start, end) in enumerate(pairwise(bounds)):
            path = folder / f"{number:05d}.m4s"
            contents = [
                data[slice(*packets[place - first])] if 0 <= place - first < len(packets) else SILENT_PACKET
                for place in range(start, end)
            ]
            content = boxes.packet_fragment(number + 1, start * PACKET, PACKET, contents)
            path.write_bytes(content)
            segments.append(SegmentFile(number, path, len(content), durations[number]))
    return RenditionOutput(name, init, tuple(segments))


def _packets(fragments: Iterable[boxes.Fragment]) -> Iterator[tuple[int, int]]:
    """Where every packet begins and ends, in order."""
    for fragment in fragments:
        position = fragment.data_start
        for size in fragment.sizes:
            yield position, position + size
            position += size
