"""What is like a title, each with the reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

import graphene

from catalog.graphql.loaders import CreditsByTitle, GenresByTitle
from catalog.graphql.types.people import Genre, Person
from catalog.graphql.types.titles import Title
from catalog.selectors.similar import Similar
from vod.lib.graphql.connections import CountedConnection, Edge, Page, list_page

# Of each kind: a reason is a glance, not an inventory.
_MOST_NAMED = 3


class _Kind(Enum):
    VIEWERS = "VIEWERS"
    PEOPLE = "PEOPLE"
    GENRES = "GENRES"
    WORDS = "WORDS"

    @property
    def about(self) -> str:
        return {
            "VIEWERS": "Several people who have watched one have watched the other.",
            "PEOPLE": "The same people made it or are in it.",
            "GENRES": "It is of the same genres.",
            "WORDS": "The same rare words are said of it.",
        }[self.value]


SimilarReasonKind = graphene.Enum.from_enum(
    _Kind,
    name="SimilarReasonKind",
    description=lambda value: value.about if value else "What two titles have in common.",
)


@dataclass(frozen=True)
class _Reason:
    kind: _Kind
    people: Sequence[Any] = ()
    genres: Sequence[Any] = ()
    words: Sequence[str] = ()


class SimilarReason(graphene.ObjectType):
    """One thing that two titles have in common. It never says who has watched what."""

    kind = graphene.Field(SimilarReasonKind, required=True, description="What kind of thing it is.")
    people = graphene.List(
        graphene.NonNull(Person), required=True, description="Who made both or is in both; at most three."
    )
    genres = graphene.List(
        graphene.NonNull(Genre), required=True, description="The genres of both; at most three."
    )
    words = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="Words of both, small and without accents; at most three.",
    )


@dataclass(frozen=True)
class SimilarEdge(Edge[Any]):
    """A title with its place in the list of what is like the title `of`."""

    of: UUID
    found: Similar


class SimilarConnection(CountedConnection):
    """What is like a title, the nearest first."""

    class Meta:
        node = Title
        name = "SimilarConnection"
        strict_types = True

    class Edge:
        because = graphene.List(
            graphene.NonNull(SimilarReason),
            required=True,
            description="Why it is in the list: what both have in common now, what says most first.",
        )

        @staticmethod
        async def resolve_because(edge: SimilarEdge, info: Any) -> list[_Reason]:
            return await _reasons(edge, info.context.loaders)


def similar_page(of: UUID, found: Sequence[Similar], *, first: int | None, after: str | None) -> Page[Any]:
    """One page of what is like the title `of`."""
    page = list_page(found, first=first, after=after)
    edges = [SimilarEdge(edge.node.title, edge.cursor, of, edge.node) for edge in page.edges]
    return Page(edges, page.has_next_page, page.has_previous_page, page.count)


async def _reasons(edge: SimilarEdge, loaders: Any) -> list[_Reason]:
    """Names are those that both titles carry now, so none is of a title that the asker may not see."""
    other = edge.found.title.pk
    asked = [
        loaders.get(loader).load(key)
        for loader in (CreditsByTitle, GenresByTitle)
        for key in (edge.of, other)
    ]
    credits, their_credits, genres, their_genres = [await one for one in asked]
    theirs = {credit.person_id for credit in their_credits}
    people = {credit.person_id: credit.person for credit in credits if credit.person_id in theirs}
    same = {genre.pk for genre in their_genres}
    shared = [genre for genre in genres if genre.pk in same]
    reasons = []
    if edge.found.shared_viewers:
        reasons.append(_Reason(_Kind.VIEWERS))
    if people:
        reasons.append(_Reason(_Kind.PEOPLE, people=list(people.values())[:_MOST_NAMED]))
    if shared:
        reasons.append(_Reason(_Kind.GENRES, genres=shared[:_MOST_NAMED]))
    if edge.found.words:
        reasons.append(_Reason(_Kind.WORDS, words=edge.found.words))
    return reasons
