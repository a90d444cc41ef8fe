"""What a position means: where to go on, and whether the film has been seen. Seconds from its start."""

import math

from catalog.models import Marker, Video
from playback.models import Progress

# Less than this has not been watched, in seconds; for a very short film, less than this share of it.
MINIMUM_SECONDS = 5.0
MINIMUM_SHARE = 0.05
# From here on it has been seen.
COMPLETED_SHARE = 0.95
# A person who comes back is led in by this much.
STEP_BACK_SECONDS = 3.0
STEP_BACK_SHARE = 0.02


def minimum_seconds(duration: float | None) -> float:
    """The position from which on a film counts as begun."""
    return min(MINIMUM_SECONDS, (duration or math.inf) * MINIMUM_SHARE)


def clamped(position: float, duration: float | None) -> float:
    """A position within the film. Raises ValueError for what is no number."""
    if not math.isfinite(position):
        raise ValueError("a position is a finite number")
    return max(0.0, min(position, duration if duration is not None else position))


def completed_from(video: Video, duration: float | None) -> float:
    """The position from which on the video has been seen: its last credits, or nearly its end."""
    if not duration:
        return math.inf
    credits_start = (
        Marker.objects.filter(video=video, kind=Marker.Kind.CREDITS, start_seconds__gte=duration / 2)
        .order_by("-start_seconds")
        .values_list("start_seconds", flat=True)
        .first()
    )
    return min(duration * COMPLETED_SHARE, math.inf if credits_start is None else credits_start)


def resume_seconds(progress: Progress | None, duration: float | None) -> float:
    """Where to begin: a little before the saved position, or 0 where it was barely begun or is over."""
    if progress is None or progress.completed:
        return 0.0
    position = progress.position_seconds
    if position < minimum_seconds(duration) or position >= (duration or math.inf) * COMPLETED_SHARE:
        return 0.0
    back = min(STEP_BACK_SECONDS, (duration or math.inf) * STEP_BACK_SHARE)
    return max(0.0, position - back)
