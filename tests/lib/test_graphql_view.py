import json
import logging
from typing import Any

import graphene
import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from vod.lib.actor import NOBODY, Actor
from vod.lib.graphql.asking import browser, operator
from vod.lib.graphql.limits import MAX_BODY_BYTES, MAX_DEPTH
from vod.lib.graphql.view import GraphQLView, negotiate
from vod.lib.rows import new_id

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"


class Query(graphene.ObjectType):
    word = graphene.String(of=graphene.Int())
    broken = graphene.String()
    browsed = graphene.String()
    operated = graphene.String()
    me = graphene.Field(lambda: Query)
    many = graphene.List(lambda: Query, first=graphene.Int())

    @staticmethod
    def resolve_word(_root: Any, _info: Any, of: int = 0) -> str:
        return f"word {of}"

    @staticmethod
    def resolve_broken(_root: Any, _info: Any) -> str:
        raise RuntimeError("the password is hunter2")

    @staticmethod
    def resolve_browsed(_root: Any, info: Any) -> str:
        return str(browser(info).profile_name)

    @staticmethod
    def resolve_operated(_root: Any, info: Any) -> str:
        return str(operator(info).profile_name)

    @staticmethod
    def resolve_many(_root: Any, _info: Any, first: int) -> list[object]:
        return []

    @staticmethod
    def resolve_me(_root: Any, _info: Any) -> object:
        return object()


class Shout(graphene.Mutation):
    said = graphene.String()

    @staticmethod
    def mutate(_root: Any, _info: Any) -> "Shout":
        return Shout(said="hey")


class Mutation(graphene.ObjectType):
    shout = Shout.Field()


schema = graphene.Schema(query=Query, mutation=Mutation).graphql_schema


def answer(request: Any, actor: Actor = NOBODY) -> HttpResponse:
    view = GraphQLView.as_view(schema=schema, actor_of=lambda _request: (actor, False))
    response = view(request)
    assert isinstance(response, HttpResponse)
    return response


def post(body: Any, actor: Actor = NOBODY, *, content_type: str = JSON, **headers: str) -> HttpResponse:
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    return answer(RequestFactory().post("/graphql/", data, content_type=content_type, **headers), actor)  # type: ignore[arg-type]


def code(response: HttpResponse) -> str:
    return str(json.loads(response.content)["errors"][0]["extensions"]["code"])


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (f"{JSON};q=0.1, {GRAPHQL};q=0.2", GRAPHQL),
        (f"{JSON}; charset=utf-8", JSON),
        (f"{JSON}; charset=iso-8859-1", None),
        (f"{JSON};q=nonsense", None),
        (f"{JSON};q=0", None),
        ("text/html", None),
    ],
)
def test_the_answers_kind_is_negotiated(accept: str, kind: str | None) -> None:
    assert negotiate(accept) == kind


def test_an_answer_in_no_kind_of_ours_is_406() -> None:
    response = post({"query": "{ word }"}, HTTP_ACCEPT="text/html")

    assert (response.status_code, response["Content-Type"]) == (406, f"{JSON}; charset=utf-8")


def test_a_query_is_answered_and_kept_out_of_caches() -> None:
    response = post(
        {"query": "query Q($n: Int) { word(of: $n) }", "variables": {"n": 3}, "operationName": "Q"},
        HTTP_ACCEPT=GRAPHQL,
    )

    assert response.status_code == 200
    assert response["Content-Type"] == f"{GRAPHQL}; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert json.loads(response.content) == {"data": {"word": "word 3"}}


def test_a_query_may_come_by_get_and_a_mutation_may_not() -> None:
    read = answer(
        RequestFactory().get(
            "/graphql/", {"query": "query($n: Int) { word(of: $n) }", "variables": '{"n": 1}'}
        )
    )
    write = answer(RequestFactory().get("/graphql/", {"query": "mutation { shout { said } }"}))

    assert json.loads(read.content) == {"data": {"word": "word 1"}}
    assert (write.status_code, write["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", JSON, 400),
        (b"[" * 60_000, JSON, 400),
        ([{"query": "{ word }"}], JSON, 400),
        ({}, JSON, 400),
        ({"query": 7}, JSON, 400),
        ({"query": "{ word }", "variables": []}, JSON, 400),
        ({"query": "{ word }", "operationName": 7}, JSON, 400),
        ({"query": "{ word }", "extensions": "x"}, JSON, 400),
        ("query={ word }", "application/x-www-form-urlencoded", 415),
        ("{ word }", "text/plain", 415),
        ({"query": "{ word }"}, f"{JSON}; charset=utf-16", 415),
        (b" " * (MAX_BODY_BYTES + 1), JSON, 413),
    ],
)
def test_what_is_no_request_is_refused(body: Any, content_type: str, status: int) -> None:
    response = post(body, content_type=content_type)

    assert (response.status_code, code(response)) == (status, "BAD_INPUT")


@pytest.mark.parametrize(
    "query",
    [
        "{",
        "{ unknown }",
        "query A { word } query B { word }",
        "{ word(of: 1, of: 2) }",
        "{ word " + "a " * 2100 + "}",
    ],
)
@pytest.mark.parametrize(("accept", "status"), [(GRAPHQL, 400), (JSON, 200)])
def test_a_document_that_does_not_hold_is_bad_input(query: str, accept: str, status: int) -> None:
    response = post({"query": query}, HTTP_ACCEPT=accept)

    assert (response.status_code, code(response)) == (status, "BAD_INPUT")
    assert "data" not in json.loads(response.content)


def nested(levels: int) -> str:
    return "me { " * (levels - 1) + "word" + " }" * (levels - 1)


def test_a_query_may_be_so_deep_and_no_deeper() -> None:
    deep = post({"query": "{ " + nested(MAX_DEPTH) + " }"})
    deeper = post({"query": "{ " + nested(MAX_DEPTH + 1) + " }"})

    assert "errors" not in json.loads(deep.content)
    assert code(deeper) == "TOO_COMPLEX"


def test_fragments_hide_no_depth() -> None:
    fragments = " ".join(f"fragment F{i} on Query {{ me {{ ...F{i + 1} }} }}" for i in range(MAX_DEPTH))
    query = f"{{ ...F0 }} {fragments} fragment F{MAX_DEPTH} on Query {{ ... on Query {{ word }} }}"

    assert code(post({"query": query})) == "TOO_COMPLEX"


def test_wide_fragments_are_measured_quickly_and_refused() -> None:
    # Ten aliases on each of eleven levels would be 10^11 fields.
    levels = MAX_DEPTH - 2
    fragments = " ".join(
        f"fragment F{i} on Query {{ {' '.join(f'a{n}: me {{ ...F{i + 1} }}' for n in range(10))} }}"
        for i in range(levels)
    )
    query = f"{{ ...F0 }} {fragments} fragment F{levels} on Query {{ word }}"

    assert code(post({"query": query})) == "TOO_COMPLEX"


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{ many(first: 100) { many(first: 100) { many(first: 100) { word } } } }", None),
        ("query($n: Int) { many(first: $n) { many(first: $n) { many(first: $n) { word } } } }", {"n": 100}),
        ("query($n: Int) { many(first: $n) { many(first: $n) { many(first: $n) { word } } } }", {"n": 1e2}),
        ("query($n: Int = 100) { many(first: $n) { many(first: $n) { many(first: $n) { word } } } }", None),
        (
            "query($n: Int = 100) { many(first: $n) { many(first: $n) { many(first: $n) { word } } } }",
            {"n": None},
        ),
    ],
)
def test_pages_within_pages_are_counted_before_they_are_made(query: str, variables: Any) -> None:
    assert code(post({"query": query, "variables": variables})) == "TOO_COMPLEX"


def test_a_page_within_a_page_is_answered() -> None:
    response = post({"query": "{ many(first: 100) { many(first: 100) { word } } }"})

    assert json.loads(response.content) == {"data": {"many": []}}


def test_a_fragment_that_names_itself_is_refused() -> None:
    assert code(post({"query": "{ ...F } fragment F on Query { me { ...F } }"})) == "BAD_INPUT"


def test_introspection_does_not_count_towards_depth() -> None:
    types = "ofType { " * 14 + "name" + " }" * 14

    response = post({"query": f"{{ __schema {{ types {{ fields {{ type {{ {types} }} }} }} }} }}"})

    assert "errors" not in json.loads(response.content)


def test_introspection_is_for_operators_in_production(settings: Settings) -> None:
    settings.PRODUCTION = True
    ask = {"query": "{ __typename __schema { queryType { name } } }"}

    assert code(post(ask)) == "BAD_INPUT"
    assert "errors" not in json.loads(post(ask, Actor(user_id=new_id(), is_operator=True)).content)
    assert json.loads(post({"query": "{ __typename }"}).content) == {"data": {"__typename": "Query"}}


def test_what_went_wrong_inside_is_masked_with_an_id_that_the_log_knows(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        response = post({"query": "{ word broken }"})

    body = json.loads(response.content)
    (error,) = body["errors"]
    assert body["data"] == {"word": "word 0", "broken": None}
    assert error["extensions"]["code"] == "INTERNAL"
    assert error["path"] == ["broken"]
    assert b"hunter2" not in response.content
    assert error["extensions"]["id"] in caplog.records[0].getMessage()
    assert caplog.records[0].exc_info is not None


SIGNED_IN = Actor(user_id=new_id())
WATCHER = Actor(user_id=new_id(), profile_id=new_id(), profile_name="Olive")
OPERATOR = Actor(user_id=new_id(), is_operator=True)


@pytest.mark.parametrize(
    ("field", "actor", "outcome"),
    [
        ("browsed", NOBODY, "UNAUTHENTICATED"),
        ("browsed", SIGNED_IN, "PROFILE_REQUIRED"),
        ("browsed", WATCHER, None),
        ("browsed", OPERATOR, None),
        ("operated", NOBODY, "UNAUTHENTICATED"),
        ("operated", WATCHER, "FORBIDDEN"),
        ("operated", OPERATOR, None),
    ],
)
def test_who_may_ask_what(field: str, actor: Actor, outcome: str | None) -> None:
    response = post({"query": f"{{ {field} }}"}, actor)

    assert (code(response) if b"errors" in response.content else None) == outcome


def test_a_public_catalogue_may_be_browsed_by_nobody(settings: Settings) -> None:
    settings.PUBLIC_CATALOGUE = True

    assert json.loads(post({"query": "{ browsed }"}).content) == {"data": {"browsed": ""}}
