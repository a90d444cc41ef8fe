"""When a film that is still being made may be announced: the promise that no viewer catches up with it."""

from collections.abc import Sequence
from dataclasses import dataclass

# The factory may slow down by this much after the promise was given.
_MARGIN = 1.5
# A player fetches ahead of what it shows; seconds.
_AHEAD = 8.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A chunk of the picture, in film order: its length in seconds, and the share of it made, 0 to 1."""

    seconds: float
    made: float
    done: bool


def promise_holds(pieces: Sequence[Piece], *, spent_seconds: float, workers: int) -> bool:
    """Whether playback that begins now finds every piece finished when it gets there.

    `spent_seconds` is the wall time since the film's first piece was begun, from which the speed is
    measured; `workers` how many make pieces at once. A piece appears whole, so with several workers
    the one that is needed next may come last.
    """
    if not pieces or not pieces[0].done:
        return False
    made = sum(piece.seconds * (1.0 if piece.done else piece.made) for piece in pieces)
    if made <= 0 or spent_seconds <= 0:
        return all(piece.done for piece in pieces)
    speed = made / spent_seconds
    begins, before = 0.0, 0.0
    open_seconds = sum(piece.seconds * (1 - piece.made) for piece in pieces if not piece.done)
    longest = max(piece.seconds for piece in pieces)
    for piece in pieces:
        if not piece.done:
            left = piece.seconds * (1 - piece.made)
            before += left
            # Others work on later pieces at the same time, as far as there are any; but one piece never
            # gets more than its worker's part.
            beside = min(longest * (max(1, workers) - 1), open_seconds - before)
            needed = max(before + beside, left * max(1, workers)) / speed
            if needed * _MARGIN + _AHEAD > begins:
                return False
        begins += piece.seconds
    return True
