"""Every list of the schema with every page size and cursor that is none: BAD_INPUT, whatever is in the list."""

import base64
import json
from typing import Any

import pytest
from graphql import GraphQLObjectType, GraphQLSchema, get_named_type

from catalog.models import Collection, Tag
from catalog.models import Person as Somebody
from tests.conftest import Ask
from tests.people import Person
from tests.playback.library import make_film, make_series
from vod.lib.graphql.ids import encode_id
from vod.schema import schema as graphene_schema


def cursor(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


PAGES: dict[str, tuple[str, Any]] = {
    "of nothing": ("first", 0),
    "backwards": ("first", -1),
    "of one more than is allowed": ("first", 101),
    "of a billion": ("first", 1_000_000_000),
    "of more than an Int": ("first", 2**31),
    "of a word": ("first", "ten"),
    "after an empty cursor": ("after", ""),
    "after half a pair": ("after", "\ud800"),
    "after a NUL": ("after", "\x00"),
    "after no base64": ("after", "%%%"),
    "after no JSON": ("after", "bm90aGluZw"),
    "after no list": ("after", cursor({"a": 1})),
    "after an empty list": ("after", cursor([])),
    "after nulls": ("after", cursor([None, None])),
    "after lists": ("after", cursor([[[]], {}])),
    "after a deep list": ("after", cursor([[[[]]]])[:3] + "W" * 4000),
    "after a word": ("after", cursor(["x"])),
    "after words": ("after", cursor(["x", "x"])),
    "after three words": ("after", cursor(["x", "x", "x"])),
    "after numbers that are none": ("after", base64.urlsafe_b64encode(b"[NaN, Infinity]").decode()),
    "after truth": ("after", cursor([True, False])),
    "after a huge number": ("after", cursor([10**400])),
    "after huge numbers": ("after", cursor([10**400, 10**400])),
    "after very many": ("after", cursor([1] * 10_000)),
}


def schema() -> GraphQLSchema:
    found: GraphQLSchema = graphene_schema.graphql_schema
    return found


def lists_of() -> list[tuple[str, str]]:
    """Type and name of each field that answers a page."""
    return [
        (kind.name, name)
        for kind in schema().type_map.values()
        if isinstance(kind, GraphQLObjectType)
        for name, field in kind.fields.items()
        if "first" in field.args
    ]


@pytest.fixture
def ways(gql: Ask, operator: Person) -> dict[str, str]:
    """For each type with lists, a document that leads to one, with `%s` where its fields are asked for."""
    film, episode = make_film(), make_series()[0]
    assert episode.video.episode
    rows = gql("{ home { rows { edges { node { id } } } } }", as_=operator)["data"]["home"]["rows"]["edges"]
    nodes = {
        "Movie": film.title_id,
        "Series": episode.title_id,
        "Season": encode_id("Season", episode.video.episode.season_id),
        "Tag": encode_id("Tag", Tag.objects.create(slug="t", name="T").pk),
        "Collection": encode_id("Collection", Collection.objects.create(slug="c", name="C").pk),
        "Person": encode_id("Person", Somebody.objects.create(name="Ada").pk),
        "HomeRow": rows[0]["node"]["id"],
    }
    return {
        "Query": "%s",
        "Home": "home { %s }",
        "User": "viewer { %s }",
        "Profile": "viewer { activeProfile { %s } }",
        **{kind: f'node(id: "{mark}") {{ ... on {kind} {{ %s }} }}' for kind, mark in nodes.items()},
    }


def test_no_list_has_pages_of_another_sort(gql: Ask, operator: Person, ways: dict[str, str]) -> None:
    lists = lists_of()
    odd = []
    for kind, name in lists:
        for sort, (argument, value) in PAGES.items():
            known = schema().type_map[kind].fields[name].args  # type: ignore[attr-defined]
            needed = "".join(f'{key}: "x", ' for key, given in known.items() if str(given.type) == "String!")
            type_name = get_named_type(known[argument].type).name
            page = f"{name}({needed}{argument}: $v) {{ edges {{ cursor }} }}"
            document = f"query($v: {type_name}) {{ {ways[kind].replace('%s', page)} }}"
            answer = gql(document, {"v": value}, as_=operator)
            codes = [error["extensions"]["code"] for error in answer.get("errors", [])]
            if codes != ["BAD_INPUT"]:
                odd.append((kind, name, sort, answer))

    assert odd == []
    assert len(lists) >= 20
