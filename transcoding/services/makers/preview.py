"""The preview of a film, from what was made of it."""

from dataclasses import dataclass
from pathlib import Path

from transcoding.engine.ffmpeg import Usage
from transcoding.engine.ladder import VideoRung
from transcoding.engine.preview import (
    NAME,
    Stretch,
    best_of,
    judged_rung,
    make_clip,
    merit_of_stretch,
    shown_rung,
    stretches,
)
from transcoding.errors import FailureCode, MediaError
from transcoding.models import Rendition, Segment
from transcoding.selectors.delivery import init_key_of
from transcoding.services.adopting import adopt_clip
from transcoding.services.bench import Bench
from transcoding.services.outages import outlast
from transcoding.services.toolbox import tools
from vod.lib.storage import objects


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip as it lies in the store."""

    key: str
    size_bytes: int


def make_preview(bench: Bench) -> tuple[Clip | None, Usage]:
    """The clip of the best stretch; None for a film that is too short or has nothing to show.

    Raises MediaError, LostHold or OSError of the store.
    """
    choice = stretches(bench.plan)
    usage, merits = Usage(), []
    for number, stretch in enumerate(choice):
        piece = _piece(bench, judged_rung(bench.plan), stretch)
        merit, cost = merit_of_stretch(
            piece, stretch, bench.plan, tools=tools(), should_stop=bench.should_stop
        )
        merits.append(merit)
        usage = usage.plus(cost)
        bench.hold.is_at((number + 1) / (len(choice) + 2))
    best = best_of(merits)
    if best is None:
        return None, usage
    target = bench.folder / NAME
    piece = _piece(bench, shown_rung(bench.plan), choice[best])
    cost = make_clip(
        piece, choice[best], target, plan=bench.plan, tools=tools(), should_stop=bench.should_stop
    )
    with bench.hold.kept_alive():
        key = bench.put_object(NAME, target)
        size = target.stat().st_size
        if key in bench.found:
            size = adopt_clip(path=target, key=key)
    return Clip(key, size), usage.plus(cost)


def _piece(bench: Bench, rung: VideoRung, stretch: Stretch) -> Path:
    """The stretch's segments of a rung as one file, with their init in front."""
    rendition = outlast(lambda: Rendition.objects.get(version=bench.version, name=rung.name))
    numbers = range(stretch.first_segment, stretch.end_segment)
    rows = Segment.objects.filter(rendition=rendition, number__in=numbers).order_by("number")
    keys = outlast(lambda: list(rows.values_list("key", flat=True)))
    if len(keys) != len(numbers):
        raise MediaError(
            FailureCode.INTERNAL,
            "Pieces of this film are missing. Try again.",
            tail=f"{len(keys)} of {len(numbers)} segments of {rung.name}",
        )
    path = bench.folder / "piece.mp4"
    # A store may take its time; the work stays ours meanwhile.
    with bench.hold.kept_alive(), path.open("wb") as file:
        for key in (init_key_of(bench.version, rendition), *keys):
            file.write(objects().read_bytes(key))
    return path
