"""What is watched these days, counted from what profiles have watched. Reads all of a window: for tasks, not pages."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from catalog.models import VideoKind
from playback.models import Play, Progress
from playback.selectors.positions import MINIMUM_SECONDS

WINDOW_DAYS = 14
# A play counts half as much after so many days.
HALF_LIFE_DAYS = 3.0
PLAYS_DAYS = 7
# Rows for each age limit: a page shows 40 of those it may, and leaves some out.
BEST = 100


class Watched(NamedTuple):
    """How much a title is watched: see `catalog.models.Popularity`."""

    trending: float
    plays: int


def popularity(now: datetime) -> dict[UUID, Watched]:
    """The most watched of each age limit, of the titles that people may see now. A profile counts once a day for each."""
    today = now.date()
    scores: dict[UUID, list[float]] = defaultdict(lambda: [0.0, 0])
    ages: dict[UUID, int | None] = {}
    for title_id, minimum_age, day, count in _counts(now):
        age = max(0, (today - day).days)
        found = scores[title_id]
        found[0] += count * 2.0 ** (-age / HALF_LIFE_DAYS)
        found[1] += count if age < PLAYS_DAYS else 0
        ages[title_id] = minimum_age
    by_age: dict[int | None, list[tuple[Watched, UUID]]] = defaultdict(list)
    for title_id, (trending, plays) in scores.items():
        by_age[ages[title_id]].append((Watched(round(trending, 6), int(plays)), title_id))
    best: dict[UUID, Watched] = {}
    for rows in by_age.values():
        best.update((key, one) for one, key in sorted(rows, reverse=True)[:BEST])
        most = sorted(rows, key=lambda row: (row[0].plays, row[0].trending, row[1]), reverse=True)
        best.update((key, one) for one, key in most[:BEST])
    return best


def _counts(now: datetime) -> "Iterable[tuple[UUID, int | None, date, int]]":
    """Title, its age limit, day, profiles."""
    since = now - timedelta(days=WINDOW_DAYS)
    shown = Q(title__published_at__isnull=False) & (
        Q(title__available_until__isnull=True) | Q(title__available_until__gt=now)
    )
    plays: QuerySet[Any] = Play.objects.filter(shown, day__gt=since.date()).order_by()
    yield from (plays.values_list("title_id", "title__minimum_age", "day").annotate(n=Count("pk")).iterator())
    # Positions of which no play was kept: from before plays were, or set by hand.
    kept = Play.objects.filter(
        profile=OuterRef("profile"), title=OuterRef("video__title"), day=OuterRef("day")
    )
    shown = Q(video__title__published_at__isnull=False) & (
        Q(video__title__available_until__isnull=True) | Q(video__title__available_until__gt=now)
    )
    positions: QuerySet[Any] = (
        Progress.objects.filter(
            shown,
            Q(completed=True) | Q(position_seconds__gte=MINIMUM_SECONDS),
            updated_at__gt=since,
            updated_at__lte=now + timedelta(days=1),
            video__kind__in=(VideoKind.FEATURE, VideoKind.EPISODE),
        )
        .annotate(day=TruncDate("updated_at"), title_id=F("video__title_id"))
        .filter(~Exists(kept))
        .order_by()
    )
    yield from (
        positions.values_list("title_id", "video__title__minimum_age", "day")
        .annotate(n=Count("profile", distinct=True))
        .iterator()
    )
