"""What else is known of a title: other names, ratings, when it was published."""

from typing import Any

import graphene

from catalog import maturity
from catalog.graphql import enums


class AlternativeName(graphene.ObjectType):
    """Another name under which a title is found."""

    name = graphene.String(required=True, description="The name.")
    language = graphene.String(description="Its language as a BCP 47 tag, or null where it is not known.")
    country = graphene.String(description="The country it is used in (ISO 3166-1), or null.")

    @staticmethod
    def resolve_language(row: Any, _info: Any) -> str | None:
        return row.language or None

    @staticmethod
    def resolve_country(row: Any, _info: Any) -> str | None:
        return row.country or None


class MaturityRating(graphene.ObjectType):
    """What a system rates a title."""

    system = graphene.Field(enums.RatingSystem, required=True, description="The system.")
    rating = graphene.String(required=True, description="The rating as the system says it, such as 12A.")
    minimum_age = graphene.Int(required=True, description="The least age in years that it means.")
    counts = graphene.Boolean(required=True, description="Whether it is the one that counts here.")


def ratings_of(row: Any) -> list[dict[str, Any]]:
    """The ratings of a title in the order of the systems, of those that are known here."""
    found = []
    for key in maturity.order():
        label = row.ratings.get(key)
        system = maturity.SYSTEMS[key]
        if label in system.ages:
            counts = system.shown(label) == row.maturity_rating
            found.append(
                {"system": key, "rating": label, "minimum_age": system.ages[label], "counts": counts}
            )
    # Two systems may use one word, of which one counts.
    first = next((one for one in found if one["counts"]), None)
    return [{**one, "counts": one is first} for one in found]


class SystemRating(graphene.ObjectType):
    """One of a system's ratings."""

    rating = graphene.String(required=True, description="The rating as the system says it.")
    minimum_age = graphene.Int(required=True, description="The least age in years that it means.")


class RatingSystemFacts(graphene.ObjectType):
    """A system of maturity ratings that is known here."""

    system = graphene.Field(enums.RatingSystem, required=True, description="Its key.")
    name = graphene.String(required=True, description="Whose it is.")
    countries = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Where it is used (ISO 3166-1, or EU)."
    )
    ratings = graphene.List(
        graphene.NonNull(SystemRating), required=True, description="Its ratings, the mildest first."
    )


def rating_systems() -> list[dict[str, Any]]:
    """All systems, those that count here first."""
    return [
        {
            "system": key,
            "name": maturity.SYSTEMS[key].name,
            "countries": maturity.SYSTEMS[key].countries.split(),
            "ratings": [
                {"rating": label, "minimum_age": age} for label, age in maturity.SYSTEMS[key].ages.items()
            ],
        }
        for key in maturity.order()
    ]


class Publication(graphene.ObjectType):
    """A time in which a title was published."""

    published_at = graphene.DateTime(required=True, description="When it was published.")
    withdrawn_at = graphene.DateTime(description="When it was withdrawn; null while it is published.")
    available_from = graphene.DateTime(required=True, description="From when on people saw it.")
    available_until = graphene.DateTime(description="Until when, or null for no end.")
