"""Genres and people: there for an asker who sees a title of theirs."""

from uuid import UUID

from catalog.models import Genre, Person, Title
from catalog.selectors.titles import genres_with_counts
from vod.lib.actor import Actor


def visible_genre(actor: Actor, key: UUID) -> Genre | None:
    """The genre of `key`, or None where this asker sees nothing of it."""
    found: Genre | None = genres_with_counts(actor).filter(pk=key).first()
    return found


def visible_person(actor: Actor, key: UUID) -> Person | None:
    """The person of `key`, or None where this asker sees none of their titles."""
    seen = Title.objects.visible_to(actor).order_by()
    return Person.objects.filter(pk=key, credits__title__in=seen).distinct().first()
