"""Time stamps as the packets of a file have them, track by track. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from transcoding.engine.media import KeyFrames

_KEY_SPACING = Fraction(1, 2)
# Demuxers that seek by the time at which a frame is shown; all others by when it is decoded.
_SOUGHT_BY_SHOWN = frozenset({"mov", "matroska", "webm"})
# Pictures between one and the next that others refer to, at most.
_MOST_REORDERED = 17
# A time stamp that no file has.
_NEVER = 2**62


@dataclass(slots=True)
class Stamps:
    """Time stamps of one track's packets, in its time base."""

    times: list[int] = field(default_factory=list)
    last_end: int | None = None
    count: int = 0
    # Of key frames: when each is shown and when it is decoded.
    keys: list[tuple[int, int]] = field(default_factory=list)
    # The latest decode time so far, and the farthest that the clock fell back behind it, and from where.
    latest: int | None = None
    fall: tuple[int, int] = (0, 0)

    def tick(self, decoded: int) -> None:
        """Take notice of a packet's decode time, in the order of the file."""
        if self.latest is None or decoded >= self.latest:
            self.latest = decoded
        else:
            self.fall = max(self.fall, (self.latest - decoded, self.latest))

    def add(self, shown: int, decoded: int, length: int, is_key: bool) -> None:
        self.times.append(shown)
        if is_key:
            self.keys.append((shown, decoded))
        end = shown + length
        if self.last_end is None or end > self.last_end:
            self.last_end = end


def read_stamps(lines: Iterable[str], wanted: set[int]) -> dict[int, Stamps]:
    """Time stamps by track. Packets that an edit list discards count, but have no time."""
    found: dict[int, Stamps] = {index: Stamps() for index in wanted}
    by_name = {str(index): stamps for index, stamps in found.items()}
    unplaced: dict[str, list[tuple[int, int, bool]]] = {name: [] for name in by_name}
    for line in lines:
        cells = line.split("|")
        stamps = by_name.get(cells[0])
        if stamps is None or len(cells) < 5:
            continue
        stamps.count += 1
        shown, decoded = integer(cells[1]), integer(cells[2])
        if (shown is None and decoded is None) or "D" in cells[4]:
            continue
        length, is_key = integer(cells[3]) or 0, "K" in cells[4]
        if decoded is not None:
            stamps.tick(decoded)
        if shown is not None:
            stamps.add(shown, shown if decoded is None else decoded, length, is_key)
        elif decoded is not None:
            unplaced[cells[0]].append((decoded, length, is_key))
    for name, packets in unplaced.items():
        _place(by_name[name], packets)
    return found


def _place(stamps: Stamps, packets: Sequence[tuple[int, int, bool]]) -> None:
    """Packets with nothing but a decode time, as AVI and program streams leave them.

    Where others have a presentation time, these are the frames that others refer to: such a one is shown when
    the next of them is decoded (ISO/IEC 13818-1, 2.4.3.7). Where none has, there is no reordering to undo.
    """
    reordered, end = bool(stamps.times), stamps.last_end or 0
    for number, (decoded, length, is_key) in enumerate(packets):
        following = packets[number + 1][0] if number + 1 < len(packets) else max(end, decoded + length)
        near = decoded < following <= decoded + _MOST_REORDERED * length
        stamps.add(following if reordered and near else decoded, decoded, length, is_key)


def key_frames(stamps: Stamps, time_base: Fraction, container: str) -> KeyFrames:
    """The track's key frames, without those that follow another too closely."""
    if "avi" in container.split(","):
        # Its time stamps are guesses of the reader.
        return KeyFrames()
    by_shown = not _SOUGHT_BY_SHOWN.isdisjoint(container.split(","))
    keys = sorted(stamps.keys)
    kept: list[tuple[int, int]] = []
    for (shown, decoded), (_, following) in pairwise([*keys, (0, _NEVER)]):
        if kept and (shown - kept[-1][0]) * time_base < _KEY_SPACING:
            continue
        # Indexes are searched by either time: late enough for the one, too early for the next key frame.
        kept.append((shown, max(decoded, min(shown, following - 1)) if by_shown else decoded))
    return KeyFrames(time_base, tuple(shown for shown, _ in kept), tuple(sought for _, sought in kept))


def integer(text: str) -> int | None:
    """A whole number of ffprobe's; None for N/A and what is no number."""
    try:
        return int(text)
    except ValueError:
        return None
