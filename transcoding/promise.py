"""The promise that no viewer catches up with the making of a film, and what is made first to give it soon.

All of it is arithmetic on one film's pieces in their order; times are wall seconds from now. A viewer who begins
at the moment of the promise comes to each piece no sooner than the film's length before it, and must find it there.
"""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from transcoding.models import ChunkPart

# The factory may slow down by this much after the promise was given.
MARGIN = 1.5
# A player fetches ahead of what it shows, and sees a new segment when it next asks for the playlist; seconds.
AHEAD = 8.0
# The lowest rungs go ahead of the others only where they are a small part of the ladder's pixels.
_LOW_SHARE = 0.2
_MOST_LOW = 3
# What decoding and scaling cost of a chunk, beside the encoders (measured: 81 % is x264).
_DECODE_SHARE = 0.19
# Making the lowest rungs alone must be so much cheaper, or it is not worth a second decode.
_WORTH = 0.7


@dataclass(frozen=True, slots=True)
class Costs:
    """Wall seconds that one worker takes for a second of film, by what it makes."""

    all: float
    low: float
    rest: float

    def of(self, part: ChunkPart) -> float:
        return {ChunkPart.ALL: self.all, ChunkPart.LOW: self.low, ChunkPart.REST: self.rest}[part]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of segments of the picture: its length in seconds, and what there is of it.

    `running` has the share made, 0 to 1, of each part that a worker is at. A piece of which the lowest rungs are
    there, or being made alone, is split: the rest of it is work of its own.
    """

    seconds: float
    low_done: bool = False
    rest_done: bool = False
    split: bool = False
    running: Mapping[ChunkPart, float] | None = None

    def share(self, part: ChunkPart) -> float | None:
        return (self.running or {}).get(part)


@dataclass(frozen=True, slots=True)
class Film:
    """A film as the promise sees it: pieces in order, and how many are made at once.

    `busy` are the seconds for which workers are still at something else that is not of this film's picture.
    """

    pieces: tuple[Piece, ...]
    costs: Costs
    workers: int
    busy: tuple[float, ...] = ()

    @property
    def can_split(self) -> bool:
        return self.costs.low <= _WORTH * self.costs.all

    @property
    def is_fast(self) -> bool:
        """Whether the whole ladder is made faster than it plays, by the margin."""
        return self.costs.all * MARGIN <= self.workers


Choice = Callable[[int], ChunkPart]


def everything(_number: int) -> ChunkPart:
    """Every piece is made in all its rungs at once."""
    return ChunkPart.ALL


def lowest_first(_number: int) -> ChunkPart:
    """Of every piece the lowest rungs are made alone."""
    return ChunkPart.LOW


def low_rungs(pixels: Mapping[str, int]) -> frozenset[str]:
    """Which rungs go ahead, by the pixels of each encoded one: the lowest, up to a fifth of all pixels.

    None where nothing would be left above them, or even the lowest is too dear.
    """
    chosen: list[str] = []
    most = _LOW_SHARE * sum(pixels.values())
    for name in sorted(pixels, key=lambda name: pixels[name])[: min(_MOST_LOW, len(pixels) - 1)]:
        if sum(pixels[one] for one in (*chosen, name)) > most:
            break
        chosen.append(name)
    return frozenset(chosen)


def costs_from(all_cost: float, *, low_share: float) -> Costs:
    """What the parts cost by the share of pixels that the lowest rungs have, until each has been measured."""
    low = _DECODE_SHARE + (1 - _DECODE_SHARE) * low_share
    rest = _DECODE_SHARE + (1 - _DECODE_SHARE) * (1 - low_share)
    return Costs(all_cost, all_cost * low, all_cost * rest)


def ready_lowest(film: Film, choose: Choice | None = None) -> list[float]:
    """When the lowest rungs of each piece are there, if each open one is made as `choose` says, in order.

    Without `choose`, as they will be made in need: alone where that helps.
    """
    in_need = everything if film.is_fast or not film.can_split else lowest_first
    return _schedule(film, choose or in_need, with_rest=False)


def ready_whole(film: Film) -> list[float]:
    """When each piece is there in all its rungs, if all that is open is made in the film's order."""
    return _schedule(film, everything, with_rest=True)


def wait_until_promise(pieces: Sequence[Piece], ready: Sequence[float], *, waited: float = 0.0) -> float:
    """Seconds until a viewer may begin who then never waits, if the pieces are there at `ready`; 0 is now.

    `waited` are the seconds since a promise was given that must go on holding. As time goes by what is left shrinks,
    and so does the margin that it needs: t >= ready - (begins - AHEAD) / MARGIN, but never later than `ready`.
    """
    wait, begins = 0.0, -waited
    for piece, at in zip(pieces, ready, strict=True):
        wait = max(wait, at - max(0.0, (begins - AHEAD) / MARGIN))
        begins += piece.seconds
    return wait


def holds(pieces: Sequence[Piece], ready: Sequence[float], *, waited: float = 0.0) -> bool:
    """Whether the promise can be given now, or still holds."""
    return bool(pieces) and wait_until_promise(pieces, ready, waited=waited) <= 0


def next_part(film: Film, number: int, *, waited: float | None) -> ChunkPart:
    """How the open piece `number` is made now: ALL, or LOW, with the rest of it later.

    `waited` are the seconds since the promise was given, None before. A film whose ladder is made faster than it
    plays, by the margin, is never split: that costs a second decode. Before the promise the lowest rungs go alone
    for as long as that brings it nearer; after it, whenever a whole piece would break it.
    """
    if not film.can_split:
        return ChunkPart.ALL
    if waited is None:
        if film.is_fast:
            return ChunkPart.ALL
        whole = wait_until_promise(film.pieces, ready_lowest(film, everything))
        lowest = wait_until_promise(film.pieces, ready_lowest(film, lowest_first))
        return ChunkPart.LOW if lowest < whole else ChunkPart.ALL
    ready = ready_lowest(film, lambda one: ChunkPart.ALL if one == number else ChunkPart.LOW)
    return ChunkPart.ALL if holds(film.pieces, ready, waited=waited) else ChunkPart.LOW


def claimed(film: Film, number: int) -> Film:
    """The film with the piece that a worker has just taken as if it still waited: its part is not chosen yet."""
    pieces = list(film.pieces)
    pieces[number] = replace(pieces[number], running=None)
    return replace(film, pieces=tuple(pieces))


def _schedule(film: Film, choose: Choice, *, with_rest: bool) -> list[float]:
    running = [_left(film, piece, part) for piece in film.pieces for part in piece.running or {}]
    running += film.busy
    # Who is at something else of this film is free when that is done; nobody works at two things.
    free = sorted(running)[: film.workers] if len(running) > film.workers else list(running)
    free += [0.0] * (film.workers - len(free))
    heapq.heapify(free)
    ready = []
    for number, piece in enumerate(film.pieces):
        parts = _parts(piece, choose(number), with_rest=with_rest)
        at = 0.0
        for part in parts:
            if piece.share(part) is not None:
                at = max(at, _left(film, piece, part))
                continue
            end = heapq.heappop(free) + film.costs.of(part) * piece.seconds
            heapq.heappush(free, end)
            at = max(at, end)
        ready.append(at)
    return ready


def _parts(piece: Piece, chosen: ChunkPart, *, with_rest: bool) -> list[ChunkPart]:
    """What must still be made of a piece before it counts."""
    if not piece.split:
        if piece.low_done:
            return []
        return [ChunkPart.ALL] if piece.share(ChunkPart.ALL) is not None or with_rest else [chosen]
    parts = [] if piece.low_done else [ChunkPart.LOW]
    return [*parts, ChunkPart.REST] if with_rest and not piece.rest_done else parts


def _left(film: Film, piece: Piece, part: ChunkPart) -> float:
    return film.costs.of(part) * piece.seconds * (1 - min(1.0, piece.share(part) or 0.0))
