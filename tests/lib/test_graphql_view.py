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
from vod.lib.graphql.view import GraphQLView
from vod.lib.graphql.wire import negotiate
from vod.lib.rows import new_id
from vod.settings.api import GRAPHQL_MAX_BYTES as MAX_BODY_BYTES

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"


class Colour(graphene.Enum):
    RED = 1


class Query(graphene.ObjectType):
    painted = graphene.String(**{"in": graphene.Argument(Colour)})
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


SIGNED_IN = Actor(user_id=new_id())
WATCHER = Actor(user_id=new_id(), profile_id=new_id(), profile_name="Olive")
OPERATOR = Actor(user_id=new_id(), is_operator=True)


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
        (b'{"query": "{ word }", "variables": {"a": NaN}}', JSON, 400),
        (b'{"query": "{ word }", "variables": {"a": -Infinity}}', JSON, 400),
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
    ],
)
@pytest.mark.parametrize(("accept", "status"), [(GRAPHQL, 400), (JSON, 200)])
def test_a_document_that_does_not_hold_is_bad_input(query: str, accept: str, status: int) -> None:
    response = post({"query": query}, HTTP_ACCEPT=accept)

    assert (response.status_code, code(response)) == (status, "BAD_INPUT")
    assert "data" not in json.loads(response.content)


@pytest.mark.parametrize(
    ("who", "anybody", "operators"),
    [("everybody", True, True), ("operators", False, True), ("nobody", False, False)],
)
def test_introspection_is_for_whom_the_setting_says(
    settings: Settings, who: str, anybody: bool, operators: bool
) -> None:
    settings.GRAPHQL_INTROSPECTION = who
    ask = {"query": "{ __typename __schema { queryType { name } } }"}

    for actor, may in ((NOBODY, anybody), (OPERATOR, operators)):
        response = post(ask, actor)
        assert (b"errors" not in response.content) == may
        assert may or code(response) == "BAD_INPUT"
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


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{ wrd }", None),
        ("{ word(off: 1) }", None),
        ("query($c: Colur) { word }", None),
        ("query($n: Int) { ...F } fragment F on Qery { word }", None),
        ("query($c: Colour) { painted(in: $c) }", {"c": "REDD"}),
        ("{ painted(in: REDD) }", None),
    ],
)
def test_names_are_guessed_only_for_who_may_see_the_schema(
    settings: Settings, query: str, variables: Any
) -> None:
    ask = {"query": query, "variables": variables}
    assert b"Did you mean" in post(ask).content

    settings.GRAPHQL_INTROSPECTION = "operators"
    response = post(ask)

    assert code(response) == "BAD_INPUT"
    assert b"Did you mean" not in response.content
    assert b"Did you mean" in post(ask, OPERATOR).content


def test_a_query_by_get_needs_no_cookie_and_gets_none() -> None:
    view = GraphQLView.as_view(schema=schema, actor_of=lambda _request: (WATCHER, True))

    response = view(RequestFactory().get("/graphql/", {"query": "{ word }"}))

    assert isinstance(response, HttpResponse)
    assert (response.status_code, code(response)) == (403, "FORBIDDEN")


def test_a_public_catalogue_may_be_browsed_by_nobody(settings: Settings) -> None:
    settings.PUBLIC_CATALOGUE = True

    assert json.loads(post({"query": "{ browsed }"}).content) == {"data": {"browsed": ""}}
