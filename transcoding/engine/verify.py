"""Read segments back before anyone can watch them: boxes, decode times, lengths, key frames, init."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from transcoding.engine import boxes
from transcoding.engine.outputs import RenditionOutput, SegmentFile
from transcoding.engine.plan import PACKET, Plan
from transcoding.errors import FailureCode, MediaError

_SENTENCE = "A finished piece of this film did not read back as it should. Try again."


def verify_chunk(plan: Plan, output: RenditionOutput, *, expected_init: bytes | None = None) -> None:
    """Check one rendition of one call against the plan.

    ``expected_init`` is the init segment of the same rendition's first chunk. Raises MediaError
    VERIFY_FAILED, with what was wrong in ``tail``.
    """
    init = _read(output.init)
    if expected_init is not None and init != expected_init:
        raise _wrong(output.name, "init segment differs from that of another chunk")
    try:
        head = boxes.track_head(init)
        _verify_head(plan, output.name, head)
        for segment in output.segments:
            _verify_segment(plan, output.name, head, init, segment)
    except ValueError as error:
        raise _wrong(output.name, str(error)) from error


def _verify_head(plan: Plan, name: str, head: boxes.TrackHead) -> None:
    if head.has_edit_list:
        raise ValueError("init segment has an edit list")
    for rung in plan.video:
        if rung.name == name and (head.width, head.height) != (rung.width, rung.height):
            raise ValueError(f"size is {head.width}x{head.height}, not {rung.width}x{rung.height}")


def _verify_segment(plan: Plan, name: str, head: boxes.TrackHead, init: bytes, segment: SegmentFile) -> None:
    where = f"segment {segment.number}"
    found = list(boxes.fragments(init + _read(segment.path)))
    if not found:
        raise ValueError(f"{where} has no fragment")
    if not found[0].starts_with_sync:
        raise ValueError(f"{where} does not begin with a sync sample")
    start, samples, length = _expected(plan, name, segment.number)
    # Time scales are multiples of the rate, so a tick is rounding and more is a fault.
    if abs(Fraction(found[0].decode_time, head.timescale) - start) > Fraction(1, head.timescale):
        raise ValueError(
            f"{where} starts at {found[0].decode_time}/{head.timescale}, not at {float(start):.6f}"
        )
    if sum(len(fragment.sizes) for fragment in found) != samples:
        raise ValueError(
            f"{where} has {sum(len(fragment.sizes) for fragment in found)} samples, not {samples}"
        )
    duration = Fraction(sum(fragment.duration for fragment in found), head.timescale)
    if abs(duration - length) > Fraction(samples, head.timescale):
        raise ValueError(f"{where} lasts {float(duration):.6f} s, not {float(length):.6f}")


def _expected(plan: Plan, name: str, number: int) -> tuple[Fraction, int, Fraction]:
    if any(audio.name == name for audio in plan.audio):
        first, end = plan.packet_boundaries[number : number + 2]
        return Fraction(first * PACKET, 48_000), end - first, Fraction((end - first) * PACKET, 48_000)
    first, end = plan.boundaries[number : number + 2]
    return first / plan.rate, end - first, (end - first) / plan.rate


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MediaError(FailureCode.VERIFY_FAILED, _SENTENCE, tail=str(error)) from error


def _wrong(name: str, what: str) -> MediaError:
    return MediaError(FailureCode.VERIFY_FAILED, _SENTENCE, tail=f"{name}: {what}")
