"""Ways to titles. All of them begin with `visible_to`, the one visibility rule."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from catalog.models import Credit, Genre, Title, TitleKind
from vod.lib.actor import Actor

_SLUG = re.compile(r"[-\w]{1,120}\Z")
_LANGUAGE = re.compile(r"[-A-Za-z0-9]{1,35}\Z")

# What each order sorts by; the last field is unique, none is ever null.
ORDERS: dict[str, tuple[str, ...]] = {
    "NEWEST": ("-available_from", "-id"),
    "OLDEST": ("available_from", "id"),
    "NAME": ("folded_name", "id"),
    "YEAR": ("-sort_year", "-id"),
    "YEAR_ASCENDING": ("sort_year", "id"),
}


@dataclass(frozen=True)
class TitleFilter:
    """What a browser narrows down by. `genre` is a slug, `language` a BCP 47 tag or the first part of one."""

    kind: TitleKind | None = None
    genre: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    language: str | None = None


def visible_title(actor: Actor, key: UUID | None) -> Title | None:
    """The title of `key`, or None where there is none for this asker."""
    return Title.objects.visible_to(actor).filter(pk=key).first() if key else None


def title_at(actor: Actor, slug: str) -> Title | None:
    """The title at the address `slug`, or None where there is none for this asker."""
    if not _SLUG.match(slug):
        return None
    return Title.objects.visible_to(actor).filter(slug=slug).first()


def browse(actor: Actor, wanted: TitleFilter) -> "QuerySet[Title]":
    """The visible titles that pass the filter, annotated for every order of ORDERS."""
    year = Coalesce("year", Value(0), output_field=IntegerField())
    rows = Title.objects.visible_to(actor).annotate(sort_year=year)
    if wanted.kind is not None:
        rows = rows.filter(kind=wanted.kind)
    if wanted.genre is not None:
        if not _SLUG.match(wanted.genre):
            return rows.none()
        rows = rows.filter(genres__slug=wanted.genre)
    if wanted.year_from is not None:
        rows = rows.filter(year__gte=wanted.year_from)
    if wanted.year_to is not None:
        rows = rows.filter(year__lte=wanted.year_to)
    if wanted.language is not None:
        if not _LANGUAGE.match(wanted.language):
            return rows.none()
        tag = wanted.language
        rows = rows.filter(Q(original_language__iexact=tag) | Q(original_language__istartswith=f"{tag}-"))
    return rows


def genres_with_counts(actor: Actor) -> "QuerySet[Any]":
    """The rows of Genre in which this asker sees anything, with `title_count`, in one query."""
    seen = Title.objects.visible_to(actor).order_by()
    return (
        Genre.objects.annotate(title_count=Count("titles", filter=Q(titles__in=seen)))
        .filter(title_count__gt=0)
        .order_by("name")
    )


def similar(actor: Actor, key: UUID, most: int = 48) -> "list[Title]":
    """Visible titles that share genres or people with the title of `key`, the closest first.

    A shared person weighs as much as two shared genres; then newer ones go first.
    """
    genres = Title.genres.through.objects.filter(title_id=key).values("genre_id")
    people = Credit.objects.filter(title_id=key).values("person_id")
    close = (
        Title.objects.visible_to(actor)
        .exclude(pk=key)
        .annotate(
            shared_genres=Count("genres", filter=Q(genres__in=genres), distinct=True),
            shared_people=Count("credits__person", filter=Q(credits__person__in=people), distinct=True),
        )
        .annotate(closeness=2 * Coalesce("shared_people", 0) + Coalesce("shared_genres", 0))
        .filter(closeness__gt=0)
        .order_by("-closeness", "-available_from", "-id")
    )
    return list(close[:most])
