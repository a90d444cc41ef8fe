"""Titles that have come since the last run get neighbours by their content, without waiting for the next one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import F, Q
from django.utils import timezone

from catalog.models import MOST_NEIGHBOURS, Title
from catalog.selectors.home import CATALOGUE
from catalog.selectors.similar import candidates
from playback.selectors.contents import library_of
from playback.services.neighbours.make_all import listed
from playback.services.neighbours.writing import write_neighbours
from vod.lib.cache import edition

#: More than this at once are a case for a run over the whole library.
MOST_NEW = 50
_NEWEST = 100
_SEEN_KEY = "neighbours:placed"
_SEEN_SECONDS = 3600


def place_new_titles() -> int | None:
    """Gives the titles that have no list, or were published after it was made, one by their content.

    Answers how many; None where there are more than MOST_NEW, which are left to `make_all_neighbours`. Looks at no
    title while the catalogue stays as it is.
    """
    now_seen = edition(CATALOGUE)
    if cache.get(_SEEN_KEY) == now_seen:
        return 0
    new = new_titles(MOST_NEW + 1)
    if len(new) > MOST_NEW:
        return None
    for key in new:
        write_neighbours(lists={key: _by_content(key)}, at=timezone.now())
    cache.set(_SEEN_KEY, now_seen, timeout=_SEEN_SECONDS)
    return len(new)


def new_titles(most: int) -> Sequence[UUID]:
    """Keys of titles without a list of their own since they were published, the newest first."""
    new = Q(neighbours__isnull=True) | Q(published_at__gt=F("neighbours__made_at"))
    return list(Title.objects.filter(new).order_by("-pk").values_list("pk", flat=True)[:most])


def _by_content(key: UUID) -> list[Any]:
    """The list of one title among the few hundred that may be like it."""
    near = candidates(Title.objects.all(), key).values_list("pk", flat=True)
    newest = Title.objects.order_by("-available_from", "-id").values_list("pk", flat=True)[:_NEWEST]
    keys, library = library_of(Title.objects.filter(pk__in={key, *near, *newest}))
    if key not in keys:
        return []
    import numpy as np

    from playback.recommending.blending import blend
    from playback.recommending.contents import Contents
    from playback.recommending.viewing import NOTHING

    title = keys.index(key)
    contents = Contents(library, most=MOST_NEIGHBOURS)
    (alike,) = contents.near(np.array([title]))
    return listed(blend(0, NOTHING, alike, most=MOST_NEIGHBOURS), keys, contents, title)
