"""The whole library: views and content, blended."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from catalog.models import MOST_NEIGHBOURS, Neighbours
from playback.selectors.contents import library_of
from playback.selectors.tastes import views_of_all
from playback.services.neighbours.writing import AT_ONCE, drop_neighbours_of_the_gone, write_neighbours
from vod.lib.cache import alone

if TYPE_CHECKING:
    from playback.recommending.blending import Blend
    from playback.recommending.contents import Contents

log = logging.getLogger(__name__)

#: Seconds after which another process may begin, should the one that is at it have died.
LONGEST_SECONDS = 1800
# More of each kind than are kept, so that what is near by both comes up.
_LOOKED_AT = 2 * MOST_NEIGHBOURS
_DAY = timedelta(hours=20)
_HOUR = timedelta(hours=1)
# Up to so many titles it takes seconds, and an evening's views count the same evening.
_SMALL = 2000


@dataclass(frozen=True, slots=True)
class Made:
    """What a run has done."""

    titles: int = 0
    changed: int = 0
    views: int = 0
    seconds: float = 0.0


def is_time(now: datetime | None = None) -> bool:
    """Whether the oldest list is a day old, or an hour in a small library."""
    moment = now or timezone.now()
    oldest = Neighbours.objects.order_by("made_at").values_list("made_at", flat=True).first()
    if oldest is None or moment - oldest < _HOUR:
        return False
    return (
        moment - oldest >= _DAY or Neighbours.objects.order_by().values("pk")[: _SMALL + 1].count() <= _SMALL
    )


def make_all_neighbours(*, say: Callable[[str], None] = log.info) -> Made | None:
    """Computes and writes the neighbours of every title; None where another process is at it.

    May be ended at any moment: what is written is whole, and the next run takes up the rest. The same lists for the
    same state. Memory: 4 bytes for each pair of the most watched titles (268 MB), and about 2 KB a title.
    """
    with alone("neighbours", seconds=LONGEST_SECONDS) as mine:
        return _make(say) if mine else None


def _make(say: Callable[[str], None]) -> Made:
    began, at = time.monotonic(), timezone.now()
    keys, library = library_of()
    from playback.recommending.contents import Contents
    from playback.recommending.viewing import Viewing

    views = views_of_all({key: place for place, key in enumerate(keys)})
    say(f"{len(keys)} titles, {views.nnz} views by {views.shape[0]} profiles, {_since(began)}")
    viewing = Viewing(views, most=_LOOKED_AT)
    viewing.learn()
    contents = Contents(library, most=_LOOKED_AT)
    say(f"learnt from views of the {len(viewing.head)} most watched, {_since(began)}")
    changed = done = 0
    everything = _blended(viewing, contents)
    while stretch := list(islice(everything, AT_ONCE)):
        lists = {keys[title]: listed(blend, keys, contents, title) for title, blend in stretch}
        changed += write_neighbours(lists=lists, at=at)
        done += len(stretch)
        if done % (20 * AT_ONCE) == 0:
            say(f"{done} of {len(keys)} titles, {_since(began)}")
    drop_neighbours_of_the_gone(before=at)
    made = Made(len(keys), changed, int(views.nnz), time.monotonic() - began)
    say(f"neighbours of {made.titles} titles, {made.changed} of them changed, {_since(began)}")
    return made


def _blended(viewing: Any, contents: "Contents") -> "Iterator[tuple[int, Blend]]":
    from playback.recommending.blending import blend
    from playback.recommending.viewing import NOTHING

    watched = viewing.all()
    place, near = next(watched, (-1, NOTHING))
    for title, alike in contents.all():
        if place == title:
            yield title, blend(int(viewing.viewers[title]), near, alike, most=MOST_NEIGHBOURS)
            place, near = next(watched, (-1, NOTHING))
        else:
            yield title, blend(int(viewing.viewers[title]), NOTHING, alike, most=MOST_NEIGHBOURS)


def listed(blend: "Blend", keys: Sequence[UUID], contents: "Contents", title: int) -> list[Any]:
    """A blend as `Neighbours.others` keeps it."""
    words = contents.shared_words(title, blend.titles)
    facts = zip(
        blend.titles.tolist(),
        blend.scores.tolist(),
        blend.by_views.tolist(),
        blend.shared.tolist(),
        words,
        strict=True,
    )
    return [
        [keys[other].hex, round(score, 4), round(by_views, 2), shared, own_words]
        for other, score, by_views, shared, own_words in facts
    ]


def _since(began: float) -> str:
    return f"{time.monotonic() - began:.1f} s"
