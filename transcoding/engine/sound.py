"""Whole sound tracks as AAC segments that begin where the picture's do, to the packet.

Sound is cheap, so a track is encoded at one go; cutting it ourselves puts every border on the packet nearest
to the picture's, whatever the boundary list, and drops the encoder's priming exactly.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from transcoding.engine import boxes
from transcoding.engine.ffmpeg import (
    Completed,
    Limits,
    OnProgress,
    ShouldStop,
    Usage,
    check,
    quiet_options,
    run,
)
from transcoding.engine.loudness import MeterReader
from transcoding.engine.outputs import ChunkResult, Loudness
from transcoding.engine.plan import SAMPLE_RATE, Plan
from transcoding.engine.renditions import AudioRendition
from transcoding.engine.sound_commands import EVEN_OFFSET, audio_arguments, even_arguments
from transcoding.engine.sound_copy import first_place, is_plain_stereo, read_packet_times
from transcoding.engine.sound_cut import SENTENCE, cut_sound, is_stereo_throughout, packet_count
from transcoding.engine.sources import Source, input_guard, input_of
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

logger = logging.getLogger(__name__)

# Bytes a second: of AAC, several times what is asked of it; of 5.1 in 16 bits.
_MOST_RATE = 400_000
_EVEN_RATE = 6 * 2 * SAMPLE_RATE
# Packets that the encoder may add at either end.
_ADDED = 3
# More than any init segment of ours.
_MOST_HEADER = 64 * 1024


def encode_audio(
    source: Source,
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
    source: Source
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
        if left:
            return tracks | self.make(left)
        encoded = [one for one in renditions if tracks[one.name].copied_from is None]
        changing = [one for one in encoded if packet_count(self.file(one)) > self.plan.packets + _ADDED]
        return tracks | self._evened(changing)

    def _evened(self, renditions: Sequence[AudioRendition]) -> dict[str, _Track]:
        """Tracks whose channels change in mid-stream, by way of a file in which they do not.

        ffmpeg builds a graph anew when sound changes, and the new one knows nothing of what came out of the old one.
        """
        tracks: dict[str, _Track] = {}
        for index in dict.fromkeys(one.source_index for one in renditions):
            logger.info("track %s changes its channels on the way", index)
            even = self.whole / f"even-{index}.mkv"
            self.run(even_arguments(self.source, self.plan, index, even), 1, _ignore, rate=_EVEN_RATE)
            plan = replace(self.plan, source_offset=EVEN_OFFSET)
            work = _Work(even, plan, self.whole, self.tools, self.on_progress, self.should_stop)
            tracks |= work.make(
                [
                    replace(one, source_index=0, source_channels=6)
                    for one in renditions
                    if one.source_index == index
                ]
            )
            self.usage = self.usage.plus(work.usage)
            even.unlink()
        return tracks

    def _first_place(self, rendition: AudioRendition) -> int | None:
        """Where the source's own packets begin on the plan's grid; None where they do not fit."""
        try:
            with self.file(rendition).open("rb") as file:
                config = boxes.audio_config(file.read(_MOST_HEADER))
            if not is_plain_stereo(config) or not is_stereo_throughout(self.file(rendition)):
                return None
            with (self.whole / f"{rendition.name}.packets").open(encoding="ascii") as lines:
                packets = read_packet_times(lines)
        except ValueError as error:
            logger.info("%s is not copied: %s", rendition.name, error)
            return None
        return first_place(packets, self.plan.source_offset)

    def decodes(self, index: int) -> bool:
        """Whether the track at ``index`` can be decoded at all."""
        arguments = [
            *quiet_options(),
            *input_guard(self.source),
            *input_of(self.source),
            "-map",
            f"0:{index}",
        ]
        try:
            self.run([*arguments, "-f", "null", "-"], 1, _ignore)
        except MediaError as error:
            if error.code is not FailureCode.ENCODER_FAILED:
                raise
            return False
        return True

    def run(
        self,
        arguments: Sequence[str],
        count: int,
        on_line: Callable[[str], None],
        *,
        rate: int = _MOST_RATE,
    ) -> Completed:
        """Run ffmpeg for ``count`` tracks, whose files have at most ``rate`` bytes a second."""
        seconds = float(self.plan.duration)
        completed = run(
            [str(self.tools.ffmpeg), *arguments],
            limits=Limits(
                wall_seconds=300 + 2 * seconds * count,
                cpu_seconds=int(300 + seconds * count),
                file_bytes=int(64 * 1024**2 + seconds * rate),
            ),
            sandbox=self.tools.sandbox,
            reads=[self.source],
            writes=[self.whole],
            on_line=on_line,
            should_stop=self.should_stop,
        )
        self.usage = self.usage.plus(completed.usage)
        return check(completed, SENTENCE)


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
