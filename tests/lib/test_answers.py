"""Answers that are remembered: what may be, for whom, and until when."""

import gzip
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import graphene
import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from vod.lib.actor import NOBODY, Actor
from vod.lib.graphql import answers
from vod.lib.graphql.view import GraphQLView
from vod.lib.rows import new_id

ANN = Actor(user_id=new_id(), profile_id=new_id(), login="ann's")
made: list[str] = []
facts: dict[str, Any] = {}


class Thing(graphene.ObjectType):
    name = graphene.String()
    mood = graphene.String()
    broken = graphene.String()

    @staticmethod
    def resolve_name(_thing: Any, info: Any) -> str:
        made.append(info.context.actor.profile_name)
        time.sleep(facts.get("takes", 0))
        answers.note_of(info.context.request).until = facts.get("until", 1e12)
        return f"for {info.context.actor.profile_name}: {facts.get('name')}"

    @staticmethod
    def resolve_mood(_thing: Any, _info: Any) -> str:
        return "any"

    @staticmethod
    def resolve_broken(_thing: Any, _info: Any) -> str:
        made.append("broken")
        raise RuntimeError("broken")


class Query(graphene.ObjectType):
    thing = graphene.Field(Thing, of=graphene.Int())

    @staticmethod
    def resolve_thing(_root: Any, _info: Any, of: int = 0) -> object:
        return object()


schema = graphene.Schema(query=Query).graphql_schema


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A registry of these types alone, in which editions are facts."""
    monkeypatch.setattr(answers, "_known", answers._Registry())
    monkeypatch.setattr(answers, "_plans", answers._Plans())
    answers.keep_editions(lambda names: " ".join(str(facts.get(name)) for name in names))
    answers.steady("Query", names=["thing"], editions=[lambda _actor: "things"])
    answers.steady("Thing", names=["name", "broken"], editions=[lambda actor: f"names of {actor.profile_id}"])
    made.clear()
    facts.clear()
    yield
    made.clear()
    facts.clear()


def ask(query: str = "{ thing { name } }", actor: Actor = ANN, **more: Any) -> HttpResponse:
    headers = more.pop("headers", {})
    request = RequestFactory().post(
        "/graphql/", json.dumps({"query": query, **more}), content_type="application/json", headers=headers
    )
    response = GraphQLView.as_view(schema=schema, actor_of=lambda _request: (actor, False))(request)
    assert isinstance(response, HttpResponse)
    return response


def test_the_same_question_is_answered_once_until_an_edition_changes() -> None:
    first = ask()
    assert (ask().content, len(made)) == (first.content, 1)

    facts["name"] = "new"
    assert (ask().content, len(made)) == (first.content, 1)

    for edition in ("things", f"names of {ANN.profile_id}"):
        facts[edition] = "another"
        ask()
    assert len(made) == 3
    assert json.loads(ask().content) == {"data": {"thing": {"name": "for : new"}}}


@pytest.mark.parametrize(
    "other",
    [
        {"variables": {"x": 1}, "query": "query Q($x: Int) { thing(of: $x) { name } }"},
        {"query": "{ thing { name } } "},
        {"actor": replace(ANN, profile_id=new_id())},
        {"actor": replace(ANN, is_kids=True)},
        {"actor": replace(ANN, maturity_limit=7)},
        {"actor": replace(ANN, is_operator=True)},
        {"actor": replace(ANN, language="de")},
        {"actor": replace(ANN, scopes=frozenset())},
        {"actor": NOBODY},
    ],
    ids=["variables", "text", "profile", "kids", "limit", "operator", "language", "scopes", "nobody"],
)
def test_another_question_or_another_right_is_another_answer(other: dict[str, Any]) -> None:
    ask()
    ask(**other)

    assert len(made) == 2


def test_the_same_profile_on_another_device_gets_the_same_answer() -> None:
    ask()
    ask(actor=replace(ANN, login="another of ann's"))

    assert len(made) == 1


@pytest.mark.parametrize(
    "query",
    [
        "{ thing { name mood } }",
        "{ thing { ...F } } fragment F on Thing { name mood }",
        "{ thing { name } __schema { description } }",
        "{ thing { name broken } }",
        "{ thing { name(x: 1) } }",
        "{ thing { name unknown } }",
    ],
)
def test_what_is_not_known_to_be_steady_is_not_remembered_nor_is_an_error(query: str) -> None:
    first, second = ask(query), ask(query)

    assert (first.status_code, len(made) % 2) == (second.status_code, 0)
    assert ("errors" in json.loads(first.content)) == ("errors" in json.loads(second.content))
    assert "ETag" not in second


def test_typename_and_aliases_are_steady() -> None:
    query = "{ __typename a: thing { __typename b: name } }"

    assert json.loads(ask(query).content) == json.loads(ask(query).content)
    assert len(made) == 1


def test_an_answer_ends_when_it_said_it_would() -> None:
    facts["until"] = time.time() + 0.3
    ask()
    ask()
    assert len(made) == 1

    time.sleep(0.35)
    ask()
    assert len(made) == 2


def test_an_answer_whose_time_is_over_already_is_not_kept() -> None:
    facts["until"] = time.time() - 1
    ask()
    ask()

    assert len(made) == 2


def test_of_many_who_ask_at_once_one_computes() -> None:
    facts["takes"] = 0.2
    with ThreadPoolExecutor(8) as pool:
        gate = threading.Barrier(8)
        found = list(pool.map(lambda _: (gate.wait(), ask().content)[1], range(8)))

    assert (len(set(found)), len(made)) == (1, 1)


def test_whoever_takes_gzip_gets_it() -> None:
    plain = ask()
    for accepted in ("gzip", "br;q=1.0, GZIP;q=0.5", "*"):
        zipped = ask(headers={"Accept-Encoding": accepted})
        assert zipped["Content-Encoding"] == "gzip"
        assert gzip.decompress(zipped.content) == plain.content
        assert "Accept-Encoding" in zipped["Vary"]
    for refused in ("", "br", "gzip;q=0", "identity"):
        assert not ask(headers={"Accept-Encoding": refused}).has_header("Content-Encoding")


def test_an_answer_of_somebody_is_kept_by_no_other_cache() -> None:
    for _ in range(2):
        answer = ask()
        assert answer["Cache-Control"] == "private, no-store"
        assert not answer.has_header("ETag")
