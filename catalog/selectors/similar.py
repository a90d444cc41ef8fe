"""What is like a title, as a profile may see it.

Lists are computed by a task (`playback.services.neighbours`) and read here, always under `visible_to`. A title for
which nothing has been computed yet is compared with a bounded number of others by who made it and its genres.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from catalog.models import MOST_NEIGHBOURS, Credit, Neighbours, Title
from vod.lib.actor import Actor

# Titles that are compared where there is no list: the newest of those that share people, and of those that share genres.
_MOST_COMPARED = 200


@dataclass(frozen=True)
class Similar:
    """A visible title that is like another: how much, 0 to 1; by how many people's views; and by which words.

    `shared_viewers` is 0 where too few have watched both for it to be anything but one person's taste.
    """

    title: Title
    score: float = 0.0
    shared_viewers: int = 0
    words: Sequence[str] = ()


def similar_to(
    actor: Actor, keys: Sequence[UUID], known: Mapping[UUID, Neighbours | None] | None = None
) -> dict[UUID, list[Similar]]:
    """For each key what is like that title and visible to the asker, the nearest first.

    `known` are lists that came along with something else. Costs one statement beside reading the lists that are not
    known, and one more for each title without a list.
    """
    lists = dict(known or {})
    missing = [key for key in keys if key not in lists]
    if missing:
        found = Neighbours.objects.in_bulk(missing)
        lists.update((key, found.get(key)) for key in missing)
    others = {key: row.listed() for key in keys if (row := lists[key]) is not None}
    wanted = {other for listed in others.values() for other, *_ in listed}
    titles = Title.objects.visible_to(actor).in_bulk(list(wanted)) if wanted else {}
    answer: dict[UUID, list[Similar]] = {}
    for key in keys:
        answer[key] = [
            Similar(titles[other], score, shared, words)
            for other, score, _by_views, shared, words in others.get(key, ())
            if other in titles and other != key
        ]
        if not answer[key]:
            answer[key] = [Similar(title) for title in like_by_content(actor, key)]
    return answer


def like_by_content(actor: Actor, key: UUID, most: int = MOST_NEIGHBOURS) -> list[Title]:
    """Visible titles that share people or genres with the title of `key`, the closest first.

    A shared person weighs as much as two shared genres; then newer ones go first. However large the library is, only
    a few hundred are compared. One statement.
    """
    return list(candidates(Title.objects.visible_to(actor), key)[:most])


def candidates(titles: Any, key: UUID, most: int = _MOST_COMPARED) -> Any:
    """Of the queryset `titles`, the newest that share people, and the newest that share genres, with the title of `key`."""
    genres = Title.genres.through.objects.filter(title_id=key).values("genre_id")
    people = Credit.objects.filter(title_id=key).values("person_id")
    newest = titles.exclude(pk=key).order_by("-available_from", "-id").values("pk")
    of_people = newest.filter(pk__in=Credit.objects.filter(person__in=people).values("title_id"))
    of_genres = newest.filter(pk__in=Title.genres.through.objects.filter(genre__in=genres).values("title_id"))
    return (
        titles.filter(Q(pk__in=of_people[:most]) | Q(pk__in=of_genres[:most]))
        .annotate(
            shared_genres=Count("genres", filter=Q(genres__in=genres), distinct=True),
            shared_people=Count("credits__person", filter=Q(credits__person__in=people), distinct=True),
        )
        .annotate(closeness=2 * Coalesce(F("shared_people"), 0) + Coalesce(F("shared_genres"), 0))
        .filter(closeness__gt=0)
        .order_by("-closeness", "-available_from", "-id")
    )
