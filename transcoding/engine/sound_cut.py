"""Whole files of AAC packets, taken apart and cut at the plan's packet boundaries."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from transcoding.engine import boxes
from transcoding.engine.outputs import RenditionOutput, SegmentFile
from transcoding.engine.plan import PACKET, Plan
from transcoding.engine.sound_copy import SILENT_PACKET
from transcoding.errors import FailureCode, MediaError

# The encoder's first packet holds only what it needs to begin: without it, sound stands where it should.
_PRIMING = -1
# Kinds of syntactic elements that a packet of plain stereo begins with (ISO/IEC 14496-3, table 4.85):
# a channel pair, or data and filling before it.
_STEREO_BEGINS = frozenset({1, 4, 6})

SENTENCE = "The sound of this file could not be read to its end. Export it again and upload that."


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
                FailureCode.ENCODER_FAILED, SENTENCE, tail=f"{name}: {len(packets)} packets of {bounds[-1]}"
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


def packet_count(whole: Path) -> int:
    """How many packets a fragmented file has. Raises ValueError."""
    with whole.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return sum(len(fragment.sizes) for fragment in boxes.fragments(data))


def is_stereo_throughout(whole: Path) -> bool:
    """Whether no packet of a fragmented file begins like one of another number of channels. Raises ValueError."""
    with whole.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return all(
            end > at and data[at] >> 5 in _STEREO_BEGINS for at, end in _packets(boxes.fragments(data))
        )
