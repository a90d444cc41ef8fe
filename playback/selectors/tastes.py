"""Who has watched, listed and liked what, as a sparse matrix for `playback.recommending`.

Read in short statements, a stretch of profiles at a time; nothing of it leaves the process that computes with it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max, Q

from accounts.models import Profile
from catalog.models import VideoKind
from playback.models import ListEntry, Progress, Rating
from playback.selectors.positions import MINIMUM_SECONDS

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

#: The latest titles of a profile that count. Who has watched more says less by each, and could outweigh everybody.
MOST_OF_A_PROFILE = 500
_PROFILES = 500


def views_of_all(places: Mapping[UUID, int]) -> "csr_matrix":
    """Profiles by titles, 1 where a profile has watched, listed or liked a title and does not dislike it.

    `places` says which column is a title's. Rows are in the order of the profiles' keys, without those that have
    nothing; the same rows for the same state.
    """
    import numpy as np
    from scipy import sparse

    from playback.recommending.rows import Growing

    titles, ends = Growing("i"), Growing("q")
    last: UUID | None = None
    while True:
        rows = Profile.objects.order_by("pk")
        keys = list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:_PROFILES])
        if not keys:
            break
        for of_profile in _tastes(keys[0], keys[-1]).values():
            known = sorted(places[title] for title in of_profile if title in places)
            if known:
                titles.extend(known)
                ends.extend([len(titles)])
        last = keys[-1]
    indices = titles.array()
    indptr = np.concatenate((np.zeros(1, dtype=np.int64), ends.array()))
    ones = np.ones(len(indices), dtype=np.float32)
    return sparse.csr_matrix((ones, indices, indptr), shape=(len(indptr) - 1, len(places)))


def _tastes(first: UUID, last: UUID) -> dict[UUID, list[UUID]]:
    """The titles of each profile from `first` to `last`, the latest first, at most MOST_OF_A_PROFILE."""
    of = Q(profile__gte=first, profile__lte=last)
    watched = (
        Progress.objects.filter(of, video__kind__in=(VideoKind.FEATURE, VideoKind.EPISODE))
        .filter(Q(completed=True) | Q(position_seconds__gte=MINIMUM_SECONDS))
        .order_by()
        .values_list("profile_id", "video__title_id")
        .annotate(at=Max("updated_at"))
    )
    listed = ListEntry.objects.filter(of).order_by().values_list("profile_id", "title_id", "created_at")
    rated = Rating.objects.filter(of).order_by().values_list("profile_id", "title_id", "created_at", "value")
    found: dict[UUID, dict[UUID, float]] = {}
    for profile, title, at in [*watched.iterator(), *listed.iterator()]:
        mine = found.setdefault(profile, {})
        mine[title] = max(mine.get(title, 0.0), at.timestamp())
    for profile, title, at, value in rated.iterator():
        mine = found.setdefault(profile, {})
        if value == Rating.Value.DOWN:
            mine.pop(title, None)
        else:
            mine[title] = max(mine.get(title, 0.0), at.timestamp())
    return {
        profile: sorted(titles, key=lambda title: (-titles[title], title))[:MOST_OF_A_PROFILE]
        for profile, titles in sorted(found.items())
    }
