"""When things really happen in a file: exact rate, start, length, from its packets. Pure.

Claims of a header are only candidates here: a rate is believed when the time stamps stand on its grid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from transcoding.engine import refusals
from transcoding.engine.media import AudioTrack, MediaInfo, VideoTrack
from transcoding.engine.stamps import Stamps, integer, key_frames, read_stamps
from transcoding.errors import FailureCode, MediaError

MAX_SECONDS = 12 * 3600
MAX_RATE = 60
_CREDIBLE_SECONDS = 60
_MOST_FALLEN = 1
# Claims above this are not believed.
_MAX_CLAIM = 300
# A constant rate below this is made in a multiple of it, or a segment could not hold a frame.
_MIN_RATE = 5
# A grid with more empty places than this is not the rate but a multiple of it.
_MIN_FILL = Fraction(4, 5)
USUAL_RATES: tuple[Fraction, ...] = (
    Fraction(10),
    Fraction(12),
    Fraction(15),
    Fraction(24000, 1001),
    Fraction(24),
    Fraction(25),
    Fraction(30000, 1001),
    Fraction(30),
    Fraction(48),
    Fraction(50),
    Fraction(60000, 1001),
    Fraction(60),
)


def believe_packets(
    info: MediaInfo,
    packets: bytes,
    *,
    claimed: Mapping[str, Any],
    tail: str = "",
    first_frame: Fraction | None = None,
    read: set[int] | None = None,
) -> MediaInfo:
    """The file's facts with rate, starts and lengths as its packets have them.

    ``packets`` are lines of ``stream_index|pts|dts|duration|flags``; ``first_frame`` is when the decoder
    shows the first picture. Sound tracks whose packets were not ``read`` keep their claims. Raises MediaError
    TRUNCATED, DURATION_LIMIT or CORRUPT.
    """
    wanted = {info.video.index, *(track.index for track in info.audio)} if read is None else read
    stamps = read_stamps(packets.decode("ascii", "replace").splitlines(), wanted)
    streams = {int(stream["index"]): stream for stream in claimed.get("streams", [])}
    picture = stamps.get(info.video.index)
    if picture is None or not picture.times:
        raise refusals.truncated(tail)
    fallen, where = picture.fall
    if fallen * _time_base(streams[info.video.index]) > _MOST_FALLEN:
        # Half of the pictures would stand on the places of the other half.
        raise refusals.jumping_clock(
            float((where - min(picture.times)) * _time_base(streams[info.video.index]))
        )
    _refuse_missing(picture, streams[info.video.index], claimed, tail)
    video = _video(info.video, picture, streams[info.video.index], first_frame)
    audio = tuple(
        _audio(track, stamps[track.index], streams[track.index]) if track.index in stamps else track
        for track in info.audio
        if track.index not in stamps or stamps[track.index].times
    )
    start = min([video.start, *(track.start for track in audio)])
    end = max([video.start + video.duration, *(track.start + track.duration for track in audio)])
    _check_length(end - start, picture.count)
    keys = key_frames(picture, _time_base(streams[info.video.index]), info.container)
    # Matroska counts its length from 0, and to the end of its subtitles.
    notes = (
        info.notes
        if info.subtitles
        else (*info.notes, *_shorter_than_claimed(max(end, end - start), claimed))
    )
    return replace(info, video=video, audio=audio, start=start, duration=end - start, notes=notes, keys=keys)


def _shorter_than_claimed(length: Fraction, claimed: Mapping[str, Any]) -> tuple[str, ...]:
    said = _rate((claimed.get("format") or {}).get("duration"))
    if said is None or length >= said * Fraction(19, 20) - 1:
        return ()
    if said > MAX_SECONDS:
        return ("This file claims a length that cannot be; the length of what is in it was taken.",)
    return (
        f"This file says that it lasts {float(said):.0f} s, but its pictures and sound end after {float(length):.0f} s."
        " It may be incomplete.",
    )


def claims_of_sound_hold(info: MediaInfo) -> bool:
    """Whether the lengths that the container claims for its sound need no reading of all its packets.

    MP4's tables are exact; what reaches far beyond the picture is not believed without a look.
    """
    end = info.video.start + info.video.duration + _CREDIBLE_SECONDS
    return "mp4" in info.container.split(",") and all(
        track.duration > 0 and abs(track.start) < _CREDIBLE_SECONDS and track.start + track.duration <= end
        for track in info.audio
    )


def steady_rate(
    times: Sequence[int], time_base: Fraction, candidates: Iterable[Fraction]
) -> tuple[Fraction, int] | None:
    """The first candidate on whose grid the sorted time stamps stand, and how many frames the grid spans.

    The grid begins at the first time stamp; a few of its places may be empty, as where frames were dropped.
    """
    for rate in candidates:
        frame = 1 / (rate * time_base)
        # Time stamps are rounded to ticks, unless a frame is a whole number of them.
        slack = frame / 50 if frame.denominator == 1 else max(Fraction(1), frame / 50)
        if slack * 4 > frame:
            continue
        span = _span(times, frame, slack)
        if span is not None and len(times) >= span * _MIN_FILL:
            return rate, span
    return None


def _span(times: Sequence[int], frame: Fraction, slack: Fraction) -> int | None:
    """Places of a grid from the first to the last time stamp; None once one stands off it or on a taken place.

    In whole numbers, since a long film has a million time stamps.
    """
    ticks, parts = frame.numerator, frame.denominator
    most = slack.numerator * parts // slack.denominator
    before = -1
    for time in times:
        scaled = (time - times[0]) * parts
        place = (2 * scaled + ticks) // (2 * ticks)
        if place == before or abs(scaled - place * ticks) > most:
            return None
        before = place
    return before + 1


def _near(claim: Fraction) -> tuple[Fraction, ...]:
    """The usual rate that a claim means: in a short film of thousandths of seconds it is counted as 29011/484."""
    usual = (*USUAL_RATES, *(rate * 2 for rate in USUAL_RATES[-2:]))
    return tuple(rate for rate in usual if rate != claim and abs(rate - claim) * 2500 < rate)


def usual_rate(times: Sequence[int], time_base: Fraction) -> Fraction:
    """For a variable rate, the usual rate nearest to that of the commonest spacing."""
    gaps = sorted(later - earlier for earlier, later in pairwise(times) if later > earlier)
    if not gaps:
        return Fraction(25)
    typical = 1 / (gaps[len(gaps) // 2] * time_base)
    return min(USUAL_RATES, key=lambda rate: abs(rate - typical))


def tame(rate: Fraction) -> Fraction:
    """A constant rate as it will be made: divided down to at most 60, multiplied up to at least 5."""
    if rate > MAX_RATE:
        return rate / -(-rate // MAX_RATE)
    if rate < _MIN_RATE:
        return rate * -(-_MIN_RATE // rate)
    return rate


def _video(
    video: VideoTrack, stamps: Stamps, stream: Mapping[str, Any], first_frame: Fraction | None
) -> VideoTrack:
    time_base = _time_base(stream)
    times = sorted(set(stamps.times))
    claims = [_rate(stream.get(name)) for name in ("avg_frame_rate", "r_frame_rate")]
    known = [rate for rate in claims if rate is not None and rate <= _MAX_CLAIM]
    likely = [rate for claim in known for rate in (*_near(claim), claim)]
    steady = steady_rate(times, time_base, [*likely, *USUAL_RATES]) if len(times) > 1 else None
    if len(times) == 1:
        # Whatever it claims, one picture is one frame.
        steady = tame(known[0] if known else Fraction(25)), 1
    start = first_frame if first_frame is not None else times[0] * time_base
    if steady is not None:
        rate, length = tame(steady[0]), steady[1] / steady[0]
    else:
        rate = usual_rate(times, time_base)
        last = max(stamps.last_end or 0, times[-1])
        length = max((last - times[0]) * time_base, (times[-1] - times[0]) * time_base + 1 / rate)
    # What the decoder cannot show at the beginning is no part of the picture.
    length = max(1 / rate, length - max(Fraction(0), start - times[0] * time_base))
    return replace(
        video,
        rate=rate,
        variable_rate=steady is None,
        frames=max(1, round(length * rate)),
        start=start,
        duration=length,
    )


def _audio(track: AudioTrack, stamps: Stamps, stream: Mapping[str, Any]) -> AudioTrack:
    time_base = _time_base(stream)
    # Priming lies before the stated start; without a statement, the first packet is the start.
    stated = integer(str(stream.get("start_pts")))
    start = max(stated, min(stamps.times)) if stated is not None else min(stamps.times)
    end = max(stamps.last_end or start, start)
    return replace(track, start=start * time_base, duration=(end - start) * time_base)


def _refuse_missing(stamps: Stamps, stream: Mapping[str, Any], claimed: Mapping[str, Any], tail: str) -> None:
    frames = integer(str(stream.get("nb_frames")))
    if frames is not None and stamps.count < frames * Fraction(9, 10):
        raise refusals.truncated(f"{stamps.count} of {frames} frames\n{tail}")
    if "partial file" in tail:
        raise refusals.truncated(tail)
    # A recording that was never closed also ends "prematurely", but claims no length.
    length = _rate((claimed.get("format") or {}).get("duration"))
    if "ended prematurely" in tail and length is not None:
        end = max(stamps.times) * _time_base(stream)
        if end < length * Fraction(19, 20) - 1:
            raise refusals.truncated(f"{float(end):.1f} of {float(length):.1f} s\n{tail}")


def _check_length(length: Fraction, packets: int) -> None:
    if length > MAX_SECONDS:
        raise MediaError(
            FailureCode.DURATION_LIMIT,
            "This file lasts longer than 12 hours. Cut it into parts and upload those.",
        )
    # A handful of frames hours apart would become a million copies of one.
    if length > 600 and packets * 30 < length:
        raise MediaError(
            FailureCode.DURATION_LIMIT,
            f"This file has {packets} pictures for {float(length) / 3600:.1f} hours. Export it again and upload that.",
        )


def _time_base(stream: Mapping[str, Any]) -> Fraction:
    value = _rate(stream.get("time_base"))
    return value if value else Fraction(1, 1000)


def _rate(value: object) -> Fraction | None:
    try:
        rate = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return None
    return rate if rate > 0 else None
