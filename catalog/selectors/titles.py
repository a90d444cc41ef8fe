"""Ways to titles. All of them begin with `visible_to`, the one visibility rule."""

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from dataclasses import fields as fields_of
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from catalog.models import MOST_NEIGHBOURS, Genre, Title, TitleKind
from catalog.selectors.choice import CATALOGUE, audience
from catalog.selectors.similar import similar_to
from vod.lib.actor import Actor
from vod.lib.cache import edition, remembered

_SLUG = re.compile(r"[-\w]{1,120}\Z")
_LANGUAGE = re.compile(r"[-A-Za-z0-9]{1,35}\Z")

_COUNT_SECONDS = 30.0

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
    """The title at the address `slug`, or None where there is none for this asker.

    It comes with its list of neighbours, which its page shows.
    """
    if not _SLUG.match(slug):
        return None
    return Title.objects.visible_to(actor).select_related("neighbours").filter(slug=slug).first()


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


# Columns by the field that shows them: a list leaves in the database what it does not show.
_SHOWN_BY = {
    "synopsis": {"synopsis", "synopses"},
    "translations": {"synopses"},
    "ratings": {"ratings"},
    "countries": {"countries"},
    "languages": {"languages"},
    "state": {"withdrawn_at"},
}


def unshown(fields: Collection[str], order: Sequence[str]) -> list[str]:
    """The columns of a title that a page with these fields of the API in this order has no need of."""
    columns = {"search_text", "folded_name", "created_at"}.union(*_SHOWN_BY.values())
    shown = {name for field in fields for name in _SHOWN_BY.get(field, ())}
    there = {field.name for field in Title._meta.concrete_fields}
    return sorted(columns & there - shown - {name.lstrip("-") for name in order})


def browse_count(actor: Actor, wanted: TitleFilter) -> int:
    """How many titles `browse` has, counted once for all who see the same.

    At once where the catalogue changes; what comes or goes by the time alone is counted within half a minute.
    """
    facts = (audience(actor), *(getattr(wanted, one.name) for one in fields_of(wanted)))
    word = hashlib.sha256(repr(facts).encode("utf-8", "replace")).hexdigest()[:32]
    return remembered(
        f"browse:count:{edition(CATALOGUE)}:{word}",
        lambda: browse(actor, wanted).count(),
        fresh=_COUNT_SECONDS,
        grace=_COUNT_SECONDS,
    )


def visible_titles_of_tag(actor: Actor, tag: UUID) -> "QuerySet[Title]":
    """The titles with a tag that this asker sees."""
    return Title.objects.visible_to(actor).filter(tags=tag)


def genres_with_counts(actor: Actor) -> "QuerySet[Any]":
    """The rows of Genre in which this asker sees anything, with `title_count`, in one query."""
    seen = Title.objects.visible_to(actor).order_by()
    return (
        Genre.objects.annotate(title_count=Count("titles", filter=Q(titles__in=seen)))
        .filter(title_count__gt=0)
        .order_by("name")
    )


def similar(actor: Actor, key: UUID, most: int = MOST_NEIGHBOURS) -> "list[Title]":
    """Visible titles that are like the title of `key`, the nearest first: by views and content, as last computed."""
    return [one.title for one in similar_to(actor, [key])[key][:most]]
