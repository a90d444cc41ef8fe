"""Neighbours become rows: each title's list whole, or not at all."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from catalog.models import Neighbours
from vod.lib.transactions import transactional

#: Titles of one transaction: writers on SQLite wait for each other.
AT_ONCE = 250


@transactional
def write_neighbours(*, lists: Mapping[UUID, Sequence[Any]], at: datetime) -> int:
    """Puts each title's list in the place of its old one; answers how many have changed.

    A list that is as it was is only marked as looked at. Nobody ever sees half a list, and a run that ends in the
    middle leaves the others as they were.
    """
    before = Neighbours.objects.in_bulk(list(lists))
    same = [key for key, others in lists.items() if key in before and before[key].others == list(others)]
    Neighbours.objects.filter(pk__in=same).update(made_at=at)
    unchanged = set(same)
    changed = [
        Neighbours(title_id=key, others=list(others), made_at=at)
        for key, others in lists.items()
        if key not in unchanged
    ]
    Neighbours.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["title"], update_fields=["others", "made_at"]
    )
    return len(changed)


@transactional
def drop_neighbours_of_the_gone(*, before: datetime, most: int = 5000) -> int:
    """Removes lists that no run has looked at since: those of titles that are gone. Answers how many."""
    stale = Neighbours.objects.filter(made_at__lt=before, title__isnull=True).values_list("pk", flat=True)
    return Neighbours.objects.filter(pk__in=list(stale[:most])).delete()[0]
