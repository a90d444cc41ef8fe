"""What the makers of segments hand on: files on the worker's own disk, not yet verified."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from transcoding.engine.ffmpeg import Usage


@dataclass(frozen=True, slots=True)
class SegmentFile:
    """A segment on disk; ``number`` counts from the film's beginning."""

    number: int
    path: Path
    bytes: int
    seconds: Fraction


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a track is as a whole: LUFS and dBTP (EBU R 128); None for silence."""

    integrated: float | None = None
    true_peak: float | None = None


@dataclass(frozen=True, slots=True)
class RenditionOutput:
    """What one call made of one rendition; ``copied`` says whether its samples are the source's own."""

    name: str
    init: Path
    segments: tuple[SegmentFile, ...]
    loudness: Loudness = Loudness()
    copied: bool = False


@dataclass(frozen=True, slots=True)
class ChunkResult:
    """The renditions of one call and what it cost; ``notes`` say in sentences what is not as it should be."""

    renditions: tuple[RenditionOutput, ...]
    usage: Usage
    notes: tuple[str, ...] = ()
