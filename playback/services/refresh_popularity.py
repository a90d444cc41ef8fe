"""Keeping what is trending."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from catalog.models import Edition, Popularity
from catalog.services.changes import catalogue_changed
from playback.models import Play
from playback.selectors.popularity import WINDOW_DAYS, popularity
from vod.lib.transactions import transactional

# Much longer than anything is remembered under an edition.
_EDITIONS_LAST = timedelta(days=1)


def refresh_popularity() -> bool:
    """Counts anew what is watched; answers whether the order changed, and only then is anything written.

    Drops plays that will never be counted again, and editions that no answer is remembered under.
    """
    now = timezone.now()
    Play.objects.filter(day__lt=(now - timedelta(days=WINDOW_DAYS)).date()).delete()
    Edition.objects.filter(renewed_at__lt=now - _EDITIONS_LAST).delete()
    found = {
        key: Popularity(title_id=key, trending=one.trending, plays=one.plays)
        for key, one in popularity(now).items()
    }
    if _orders(list(found.values())) == _orders(list(Popularity.objects.all())):
        return False
    _keep(found)
    return True


@transactional
def _keep(found: dict[UUID, Popularity]) -> None:
    gone = set(Popularity.objects.values_list("pk", flat=True)) - set(found)
    Popularity.objects.filter(pk__in=gone).delete()
    Popularity.objects.bulk_create(
        list(found.values()),
        update_conflicts=True,
        unique_fields=["title"],
        update_fields=["trending", "plays"],
    )
    catalogue_changed()


def _orders(rows: list[Popularity]) -> tuple[list[UUID], list[UUID]]:
    """The titles in the two orders that pages show."""
    trending = sorted(rows, key=lambda row: (-row.trending, row.title_id))
    plays = sorted(rows, key=lambda row: (-row.plays, -row.trending, row.title_id))
    return [row.title_id for row in trending], [row.title_id for row in plays if row.plays]
