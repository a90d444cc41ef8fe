"""Read segments back before anyone can watch them: boxes, decode times, lengths, key frames, init."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from transcoding.engine import boxes, nal
from transcoding.engine.outputs import RenditionOutput, SegmentFile
from transcoding.engine.plan import PACKET, Plan
from transcoding.errors import FailureCode, MediaError

_SENTENCE = "A finished piece of this film did not read back as it should. Try again."


def verify_chunk(
    plan: Plan, output: RenditionOutput, *, expected_init: bytes | None = None
) -> dict[int, tuple[int, int]]:
    """Check one rendition of one call against the plan; tell where its segments' first samples lie (``key_frame_of``).

    ``expected_init`` is the init segment of the same rendition's first chunk. Raises MediaError
    VERIFY_FAILED, with what was wrong in ``tail``.
    """
    init = _read(output.init)
    if expected_init is not None and init != expected_init:
        raise _wrong(output.name, "init segment differs from that of another chunk")
    try:
        head = boxes.track_head(init)
        _verify_head(plan, output.name, head)
        found = {
            segment.number: _verify_segment(plan, output.name, head, init, segment)
            for segment in output.segments
        }
    except ValueError as error:
        raise _wrong(output.name, str(error)) from error
    return found if head.width else {}


def key_frame_of(init: bytes, segment: bytes) -> tuple[int, int]:
    """Where a segment's first sample lies: the first byte of its ``moof``, and the bytes from there to its end.

    That range is what an I-frame playlist names. Raises ValueError for what is no segment.
    """
    return _first_sample(next(boxes.fragments(init + segment)), init)


def _first_sample(fragment: boxes.Fragment, init: bytes) -> tuple[int, int]:
    return (
        fragment.moof_start - len(init),
        fragment.data_start + fragment.sizes[0] - fragment.moof_start,
    )


def _verify_head(plan: Plan, name: str, head: boxes.TrackHead) -> None:
    if head.has_edit_list:
        raise ValueError("init segment has an edit list")
    sizes = {rung.name: (rung.width, rung.height) for rung in plan.video}
    if plan.original is not None:
        sizes[plan.original.name] = plan.original.width, plan.original.height
    width, height = sizes.get(name, (head.width, head.height))
    if (head.width, head.height) != (width, height):
        raise ValueError(f"size is {head.width}x{head.height}, not {width}x{height}")


def _verify_segment(
    plan: Plan, name: str, head: boxes.TrackHead, init: bytes, segment: SegmentFile
) -> tuple[int, int]:
    where = f"segment {segment.number}"
    whole = init + _read(segment.path)
    found = list(boxes.fragments(whole))
    if not found:
        raise ValueError(f"{where} has no fragment")
    if not found[0].starts_with_sync:
        raise ValueError(f"{where} does not begin with a sync sample")
    if name in plan.copies:
        _verify_key_frame(where, whole, found[0])
    start, samples, length = _expected(plan, name, segment.number)
    # Time scales are multiples of the rate, so a tick is rounding and more is a fault.
    if abs(Fraction(found[0].decode_time, head.timescale) - start) > Fraction(1, head.timescale):
        raise ValueError(
            f"{where} starts at {found[0].decode_time}/{head.timescale}, not at {float(start):.6f}"
        )
    count = sum(len(fragment.sizes) for fragment in found)
    if samples is not None and count != samples:
        raise ValueError(f"{where} has {count} samples, not {samples}")
    duration = Fraction(sum(fragment.duration for fragment in found), head.timescale)
    if abs(duration - length) > Fraction(count, head.timescale):
        raise ValueError(f"{where} lasts {float(duration):.6f} s, not {float(length):.6f}")
    return _first_sample(found[0], init)


def _verify_key_frame(where: str, whole: bytes, fragment: boxes.Fragment) -> None:
    """Of a copy, what the boxes call a sync sample must be an IDR picture, or nothing could be shown from here on."""
    sample = memoryview(whole)[fragment.data_start : fragment.data_start + fragment.sizes[0]]
    if all(kind != nal.IDR_SLICE for kind, _, _ in nal.units(sample)):
        raise ValueError(f"{where} does not begin with an IDR picture")


def _expected(plan: Plan, name: str, number: int) -> tuple[Fraction, int | None, Fraction]:
    """Start, number of samples (None where only the source knows it) and length of a segment."""
    if any(audio.name == name for audio in plan.audio):
        first, end = plan.packet_boundaries[number : number + 2]
        return Fraction(first * PACKET, 48_000), end - first, Fraction((end - first) * PACKET, 48_000)
    if plan.original is not None and plan.original.name == name:
        first, end = plan.original.boundaries[number : number + 2]
        base = plan.original.time_base
        return (first - plan.original.boundaries[0]) * base, None, (end - first) * base
    first, end = plan.boundaries[number : number + 2]
    samples = end - first
    if number == 0 and plan.copied is not None and plan.copied.name == name:
        # Its first picture is held until the source's own first one, not doubled.
        samples -= plan.lead_frames
    return first / plan.rate, samples, (end - first) / plan.rate


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MediaError(FailureCode.VERIFY_FAILED, _SENTENCE, tail=str(error)) from error


def _wrong(name: str, what: str) -> MediaError:
    return MediaError(FailureCode.VERIFY_FAILED, _SENTENCE, tail=f"{name}: {what}")
