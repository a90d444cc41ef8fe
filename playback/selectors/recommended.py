"""What a profile might like, from what it has seen and what is like that."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from catalog.models import Neighbours, Title, VideoKind
from playback.models import Progress, Rating
from playback.selectors.positions import MINIMUM_SECONDS
from vod.lib.actor import Actor

#: Of a row; fewer than LEAST make none.
MOST, LEAST = 40, 3
# Positions and ratings that are looked at, the latest first.
_LOOK_BACK = 400
_SEEDS_A_ROW = 4
_SEEDS_FOR_YOU = 20
# What a title weighs that was rated, against 1 for one that was only watched; and for each step further back.
_WORTH = {"LOVE": 2.0, "UP": 1.5}
_FADING = 0.95
# Times as many as are wanted, since some of them are known already or not for this profile.
_LOOKED_AT = 6


def because_you_watched(actor: Actor, most_rows: int = 2) -> list[tuple[Title, list[Title]]]:
    """Titles that the profile finished or loved lately, each with what is like it, the nearest first.

    Without what the profile has begun, has seen or dislikes, and without anything twice. Four statements, however many
    rows; the same answer for the same state. Empty without a profile.
    """
    chosen = [key for key, _weight in _seeds(actor)[: most_rows * _SEEDS_A_ROW]]
    lists = nearest(chosen)
    titles = _visible(actor, {*chosen, *(other for near in lists.values() for other, _score in near)})
    rows: list[tuple[Title, list[Title]]] = []
    shown = {key for key, title in titles.items() if title.is_known}
    for key in chosen:
        if len(rows) == most_rows:
            break
        if key not in titles:
            continue
        near = [titles[other] for other, _ in lists.get(key, ()) if other in titles and other not in shown]
        if len(near) >= LEAST:
            rows.append((titles[key], near[:MOST]))
            shown.update(title.pk for title in near[:MOST])
    return rows


def for_you(actor: Actor, most: int = MOST) -> list[Title]:
    """What is nearest to all that the profile finished or likes lately, together. Four statements."""
    weights = dict(_seeds(actor)[:_SEEDS_FOR_YOU])
    scores: dict[UUID, float] = {}
    lists = nearest(list(weights))
    # In the order of seeds: sums of floats depend on theirs.
    for seed, weight in weights.items():
        for other, score in lists.get(seed, ()):
            scores[other] = scores.get(other, 0.0) + weight * score
    best = sorted(scores, key=lambda key: (-scores[key], key))[: _LOOKED_AT * most]
    titles = _visible(actor, best)
    return [titles[key] for key in best if key in titles and not titles[key].is_known][:most]


def _seeds(actor: Actor) -> list[tuple[UUID, float]]:
    """Titles that the profile finished or likes, the latest first, each with what it weighs. Two statements."""
    if actor.profile_id is None:
        return []
    films = (VideoKind.FEATURE, VideoKind.EPISODE)
    watched = (
        Progress.objects.filter(profile=actor.profile_id, completed=True, video__kind__in=films)
        .order_by("-updated_at", "-id")
        .values_list("video__title_id", "updated_at")[:_LOOK_BACK]
    )
    rated = Rating.objects.filter(profile=actor.profile_id).order_by("-id")
    opinions: dict[UUID, str] = {}
    when: dict[UUID, datetime] = {}
    for title, value, at in rated.values_list("title_id", "value", "created_at")[:_LOOK_BACK]:
        opinions[title] = value
        when[title] = at
    for title, at in watched:
        when[title] = max(when.get(title, at), at)
    liked = [title for title in when if opinions.get(title) != Rating.Value.DOWN]
    latest = sorted(liked, key=lambda title: (-when[title].timestamp(), title))
    return [
        (title, _WORTH.get(opinions.get(title, ""), 1.0) * _FADING**place)
        for place, title in enumerate(latest)
    ]


def nearest(keys: Sequence[UUID]) -> dict[UUID, list[tuple[UUID, float]]]:
    """What is like each title, with scores, the nearest first, visible or not; nothing for one without a list. One statement."""
    found = Neighbours.objects.filter(pk__in=keys) if keys else ()
    return {row.pk: [(other, score) for other, score, *_ in row.listed()] for row in found}


def _visible(actor: Actor, keys: Iterable[UUID]) -> dict[UUID, Any]:
    """The titles of `keys` that the asker may see; `is_known` of what the profile has begun, has seen or dislikes."""
    wanted = list(keys)
    if not wanted:
        return {}
    begun = Progress.objects.filter(
        Q(completed=True) | Q(position_seconds__gte=MINIMUM_SECONDS),
        profile=actor.profile_id,
        video__title=OuterRef("pk"),
        video__kind__in=(VideoKind.FEATURE, VideoKind.EPISODE),
    )
    disliked = Rating.objects.filter(profile=actor.profile_id, title=OuterRef("pk"), value=Rating.Value.DOWN)
    rows = Title.objects.visible_to(actor).filter(pk__in=wanted)
    return {title.pk: title for title in rows.annotate(is_known=Exists(begun) | Exists(disliked))}
