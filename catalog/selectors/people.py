"""Genres and people: there for an asker who sees a title of theirs."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce

from catalog.models import Credit, Genre, Person, Title
from catalog.selectors.titles import genres_with_counts
from vod.lib.actor import Actor

#: What somebody did, the latest first.
CREDIT_ORDER = ("-sort_year", "-id")


def visible_genre(actor: Actor, key: UUID) -> Genre | None:
    """The genre of `key`, or None where this asker sees nothing of it; operators see those without titles too."""
    if actor.is_operator:
        return Genre.objects.filter(pk=key).first()
    found: Genre | None = genres_with_counts(actor).filter(pk=key).first()
    return found


def visible_person(actor: Actor, key: UUID) -> Person | None:
    """The person of `key`, or None where this asker sees none of their titles; operators see everybody."""
    people = Person.objects.filter(pk=key)
    if actor.is_operator:
        return people.first()
    return people.filter(Exists(visible_credits(actor).filter(person=OuterRef("pk")).order_by())).first()


def visible_credits(actor: Actor) -> "QuerySet[Any]":
    """Credits of titles that this asker may see, each with its title, annotated with `sort_year` for CREDIT_ORDER."""
    seen = Title.objects.visible_to(actor).filter(pk=OuterRef("title_id")).order_by()
    year = Coalesce("title__year", Value(0), output_field=IntegerField())
    return Credit.objects.filter(Exists(seen)).select_related("title").annotate(sort_year=year)


def people_named(text: str) -> "QuerySet[Person]":
    """People whose name begins with `text`, in any case; everybody where it is empty."""
    plain = " ".join(text.replace("\x00", " ").split())[:120]
    if any("\ud800" <= sign <= "\udfff" for sign in plain):
        return Person.objects.none()
    return Person.objects.filter(name__istartswith=plain) if plain else Person.objects.all()
