"""The whole way of a film at one go, without server or database: a file in, a playable HLS folder out."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from transcoding.engine.av1 import need_av1
from transcoding.engine.boxes import codecs_of
from transcoding.engine.copies import all_copies, copy_chunk, copy_chunks
from transcoding.engine.copying import find_copy
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.ffmpeg import OnProgress, Progress, ShouldStop, Usage
from transcoding.engine.outputs import ChunkResult, Loudness
from transcoding.engine.package import RenditionFacts, SegmentFact, peak_bandwidth
from transcoding.engine.plan import Plan, chunks, make_plan
from transcoding.engine.playlists import playlists_of
from transcoding.engine.probe import probe
from transcoding.engine.records import Record
from transcoding.engine.sound import encode_audio
from transcoding.engine.sources import Source
from transcoding.engine.subtitles.extract import SubtitleOutput, extract_subtitles
from transcoding.engine.subtitles.playlists import write_subtitle_playlists
from transcoding.engine.thumbnails import StoryboardOutput, make_storyboard
from transcoding.engine.tools import Tools
from transcoding.engine.verify import verify_chunk
from transcoding.errors import FailureCode, MediaError

# Shares of the whole work, for one progress bar: picture, then sound and storyboard.
_PICTURE_SHARE = 0.94
_SOUND_SHARE = 0.04


@dataclass(frozen=True, slots=True)
class RenditionReport(Record):
    """One rendition of a finished folder; pixels where it is a picture, bits a second of its dearest segment.

    ``loudness`` in LUFS and ``true_peak`` in dBTP where it is sound; ``copied`` where the samples are the source's own.
    """

    name: str
    kind: str
    codecs: str
    width: int | None
    height: int | None
    bitrate: int
    segments: int
    bytes: int
    loudness: float | None = None
    true_peak: float | None = None
    copied: bool = False


@dataclass(frozen=True, slots=True)
class TranscodeReport(Record):
    """Figures of a finished folder: seconds, bytes, and the build of ffmpeg that made it."""

    duration: float
    frames: int
    segments: int
    cpu_seconds: float
    wall_seconds: float
    peak_memory_bytes: int
    bytes: int
    build: str
    renditions: tuple[RenditionReport, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Made:
    init: bytes
    segments: list[SegmentFact]
    loudness: Loudness
    copied: bool


def transcode(
    source: Source,
    outdir: Path,
    *,
    tools: Tools,
    encoding: str = "speed",
    av1: bool = False,
    on_progress: OnProgress = None,
    should_stop: ShouldStop = None,
) -> TranscodeReport:
    """Make ``outdir`` from ``source``; it appears whole or not at all. ``encoding`` is a key of the
    ladder's PRESETS; ``av1`` adds the plan's AV1 rungs.

    Raises MediaError; TOOLS_MISSING if AV1 is wanted of a build that cannot make it, STORAGE_FAILED if ``outdir`` exists with something in it or cannot be written.
    """
    started = time.monotonic()
    # A sandboxed tool stands in another folder than we do.
    outdir = outdir.absolute()
    _refuse_used(outdir)
    if av1:
        need_av1(tools)
    info = probe(source, tools=tools)
    copyable = find_copy(source, info, tools=tools, should_stop=should_stop)
    plan = make_plan(info, build=tools.build, encoding=encoding, copyable=copyable)
    meter = _Meter(on_progress, started, float(plan.duration))
    try:
        outdir.parent.mkdir(parents=True, exist_ok=True)
        workdir = Path(tempfile.mkdtemp(prefix=f".{outdir.name}-", dir=outdir.parent))
    except OSError as error:
        raise _storage(error) from error
    try:
        made, usage, notes = _make(source, plan, workdir, tools, meter, should_stop, av1=av1)
        texts = extract_subtitles(source, plan, workdir, tools=tools, should_stop=should_stop)
        usage, notes = usage.plus(texts.usage), (*notes, *texts.left_out.values())
        facts = _write_playlists(plan, workdir, made, texts.outputs)
        workdir.chmod(0o755)
        if outdir.exists():
            outdir.rmdir()
        workdir.rename(outdir)
    except OSError as error:
        raise _storage(error) from error
    finally:
        shutil.rmtree(workdir, ignore_errors=True)
    meter.report(1.0)
    pictures = (*plan.video, *plan.av1, *((plan.original,) if plan.original else ()))
    sizes = {picture.name: (picture.width, picture.height) for picture in pictures}
    renditions = tuple(
        RenditionReport(
            name=fact.name,
            kind="VIDEO" if fact.name in sizes else "AUDIO",
            codecs=fact.codecs,
            width=sizes[fact.name][0] if fact.name in sizes else None,
            height=sizes[fact.name][1] if fact.name in sizes else None,
            bitrate=peak_bandwidth(fact.segments),
            segments=len(fact.segments),
            bytes=sum(part.bytes for part in fact.segments),
            loudness=made[fact.name].loudness.integrated,
            true_peak=made[fact.name].loudness.true_peak,
            copied=made[fact.name].copied,
        )
        for fact in facts
    ) + tuple(
        RenditionReport(
            name=text.name,
            kind="SUBTITLES",
            codecs="webvtt",
            width=None,
            height=None,
            bitrate=0,
            segments=1,
            bytes=text.bytes,
        )
        for text in texts.outputs
    )
    return TranscodeReport(
        duration=float(plan.duration),
        frames=plan.frames,
        segments=plan.segment_count,
        cpu_seconds=round(usage.cpu_seconds, 3),
        wall_seconds=round(time.monotonic() - started, 3),
        peak_memory_bytes=usage.peak_bytes,
        bytes=sum(path.stat().st_size for path in outdir.rglob("*") if path.is_file()),
        build=plan.build,
        renditions=renditions,
        notes=(*info.notes, *notes),
    )


class _Meter:
    """One number for the whole: never falls, with speed and time left since the beginning."""

    def __init__(self, on_progress: OnProgress, started: float, duration: float) -> None:
        self._on_progress = on_progress
        self._started = started
        self._duration = duration
        self._fraction = 0.0

    def report(self, fraction: float) -> None:
        self._fraction = max(self._fraction, min(fraction, 1.0))
        if self._on_progress is None:
            return
        elapsed = time.monotonic() - self._started
        done = self._fraction * self._duration
        speed = done / elapsed if done and elapsed else None
        left = (self._duration - done) / speed if speed else None
        self._on_progress(Progress(self._fraction, done, speed, left))

    def part(self, start: float, share: float) -> Callable[[Progress], None]:
        """A callback for a piece of work that is ``share`` of the whole and begins at ``start``."""
        return lambda progress: self.report(start + share * progress.fraction)


def _make(
    source: Source,
    plan: Plan,
    workdir: Path,
    tools: Tools,
    meter: _Meter,
    should_stop: ShouldStop,
    *,
    av1: bool,
) -> tuple[dict[str, _Made], Usage, tuple[str, ...]]:
    made: dict[str, _Made] = {}
    usage = Usage()
    notes: tuple[str, ...] = ()
    for copy in all_copies(plan):
        for chunk in copy_chunks(copy):
            result = copy_chunk(source, plan, copy, chunk, workdir, tools=tools, should_stop=should_stop)
            _take(plan, result, made)
            usage = usage.plus(result.usage)
    ladders = [plan.encoded, plan.av1] if av1 else [plan.encoded]
    share = _PICTURE_SHARE / len(ladders)
    for turn, rungs in enumerate(ladders):
        for chunk in chunks(plan):
            frames = plan.boundaries[chunk.end_segment] - plan.boundaries[chunk.first_segment]
            result = encode_video_chunk(
                source,
                plan,
                chunk,
                workdir,
                tools=tools,
                rungs=rungs,
                on_progress=meter.part(
                    share * (turn + plan.boundaries[chunk.first_segment] / plan.frames),
                    share * frames / plan.frames,
                ),
                should_stop=should_stop,
            )
            _take(plan, result, made)
            usage, notes = usage.plus(result.usage), (*notes, *result.notes)
    sound = encode_audio(
        source,
        plan,
        workdir,
        tools=tools,
        on_progress=meter.part(_PICTURE_SHARE, _SOUND_SHARE),
        should_stop=should_stop,
    )
    _take(plan, sound, made)
    board = _storyboard(plan, workdir, tools, should_stop)
    return made, usage.plus(sound.usage).plus(board.usage), (*notes, *sound.notes)


def _storyboard(plan: Plan, workdir: Path, tools: Tools, should_stop: ShouldStop) -> StoryboardOutput:
    """From our own lowest rung, which decodes for a tenth of what the source takes."""
    lowest = workdir / plan.video[-1].name
    whole = workdir / "lowest.mp4"
    with whole.open("wb") as target:
        for path in [lowest / "init.mp4", *sorted(lowest.glob("*.m4s"))]:
            target.write(path.read_bytes())
    picture = replace(
        plan.picture,
        index=0,
        container="mov,mp4",
        start=Fraction(0),
        frames=plan.frames,
        interlaced=False,
        hdr=False,
        transfer="bt709",
        matrix="bt709",
    )
    try:
        return make_storyboard(
            whole,
            replace(plan, source_offset=Fraction(0), picture=picture),
            workdir,
            tools=tools,
            should_stop=should_stop,
        )
    finally:
        whole.unlink()


def _take(plan: Plan, result: ChunkResult, made: dict[str, _Made]) -> None:
    """Verify what a call made and remember it."""
    for output in result.renditions:
        known = made.get(output.name)
        key_frames = verify_chunk(plan, output, expected_init=known.init if known else None)
        if known is None:
            known = made[output.name] = _Made(output.init.read_bytes(), [], output.loudness, output.copied)
        known.segments += [
            SegmentFact(segment.bytes, Fraction(segment.seconds), key_frames.get(segment.number))
            for segment in output.segments
        ]


def _write_playlists(
    plan: Plan, workdir: Path, made: dict[str, _Made], texts: Sequence[SubtitleOutput]
) -> list[RenditionFacts]:
    facts = [RenditionFacts(name, codecs_of(part.init), tuple(part.segments)) for name, part in made.items()]
    subtitles = write_subtitle_playlists(plan, texts)
    for path, text in playlists_of(plan, facts, subtitles=subtitles).items():
        (workdir / path).write_text(text, encoding="utf-8")
    return facts


def _refuse_used(outdir: Path) -> None:
    if outdir.exists() and (not outdir.is_dir() or any(outdir.iterdir())):
        raise MediaError(
            FailureCode.STORAGE_FAILED,
            f"{outdir} exists already. Name a folder that does not exist, or an empty one.",
            permanent=True,
        )


def _storage(error: OSError) -> MediaError:
    return MediaError(
        FailureCode.STORAGE_FAILED,
        f"The result could not be written: {error.strerror or error}. Check space and permissions.",
        tail=str(error),
    )
