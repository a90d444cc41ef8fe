"""Documents sent by their hash, and installations that answer only those that they know."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from graphql import OperationDefinitionNode, parse, validate
from pytest_django import Settings

from tests.documents import APP, operations
from tests.people import Person
from vod.lib.graphql import persisted
from vod.lib.graphql.persisted import Manifest, hash_of
from vod.schema import schema

JSON = "application/json"
QUERY = "query Who { viewer { email } }"


def send(body: dict[str, Any], person: Person | None = None) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {person.token}"} if person else {}
    answer: dict[str, Any] = Client().post("/graphql/", body, content_type=JSON, headers=headers).json()
    return answer


def by_hash(text: str, **more: Any) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash_of(text)}}, **more}


def code(answer: dict[str, Any]) -> str | None:
    return answer["errors"][0]["extensions"]["code"] if "errors" in answer else None


def test_a_document_is_known_by_its_hash_once_it_was_sent(owner: Person) -> None:
    first = send(by_hash(QUERY), owner)
    second = send(by_hash(QUERY, query=QUERY), owner)
    third = send(by_hash(QUERY), owner)

    assert (code(first), first["errors"][0]["message"]) == (
        "PERSISTED_QUERY_NOT_FOUND",
        "PersistedQueryNotFound",
    )
    assert second == third == {"data": {"viewer": {"email": owner.user.email}}}


def test_a_known_document_may_be_asked_for_by_get(owner: Person) -> None:
    send(by_hash(QUERY, query=QUERY), owner)

    answer = Client().get(
        "/graphql/",
        {"extensions": json.dumps(by_hash(QUERY)["extensions"])},
        headers={"Authorization": f"Bearer {owner.token}"},
    )

    assert answer.json() == {"data": {"viewer": {"email": owner.user.email}}}


def test_clients_of_apollo_are_asked_for_the_document_and_send_it(owner: Person) -> None:
    bearer = {
        "Authorization": f"Bearer {owner.token}",
        "Accept": "multipart/mixed;deferSpec=20220824, application/graphql-response+json, application/json",
    }
    extensions = by_hash(QUERY)["extensions"]
    named = {"operationName": "Who", "variables": "{}", "extensions": json.dumps(extensions)}

    first = Client().get("/graphql/", named, headers=bearer)
    second = Client().post("/graphql/", by_hash(QUERY, query=QUERY), content_type=JSON, headers=bearer)
    third = Client().get("/graphql/", named, headers=bearer)

    assert (first.status_code, code(first.json())) == (200, "PERSISTED_QUERY_NOT_FOUND")
    assert first["Content-Type"] == "application/graphql-response+json; charset=utf-8"
    assert second.json() == third.json() == {"data": {"viewer": {"email": owner.user.email}}}


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["{", "{ nothing }", "{ __typename @aa }", "{ " + "__typename " * 100 + "}"])
def test_what_does_not_hold_is_not_kept(text: str) -> None:
    assert code(send(by_hash(text, query=text))) in ("BAD_INPUT", "TOO_COMPLEX")
    assert code(send(by_hash(text))) == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.django_db
def test_a_hash_of_another_document_is_refused_and_nothing_kept() -> None:
    assert code(send(by_hash(QUERY, query="{ __typename }"))) == "BAD_INPUT"
    assert code(send(by_hash(QUERY))) == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.django_db
def test_a_cache_that_holds_something_else_is_not_believed() -> None:
    send(by_hash(QUERY, query=QUERY))
    cache.set(persisted._place(hash_of(QUERY)), "mutation { signOut { errors { code } } }")

    assert code(send(by_hash(QUERY))) == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given",
    [
        "x",
        [],
        {},
        {"version": 2, "sha256Hash": "0" * 64},
        {"version": True, "sha256Hash": "0" * 64},
        {"version": 1, "sha256Hash": "0" * 63},
        {"version": 1, "sha256Hash": "G" * 64},
        {"version": 1, "sha256Hash": 7},
        {"version": 1, "sha256Hash": "\ud800" * 64},
    ],
)
def test_what_names_no_document_is_bad_input(given: Any) -> None:
    assert code(send({"extensions": {"persistedQuery": given}})) == "BAD_INPUT"


@pytest.mark.django_db
def test_only_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persisted, "MAX_KEPT", 3)
    texts = [f"query Q{n} {{ __typename }}" for n in range(5)]
    for text in texts:
        send(by_hash(text, query=text))

    assert [code(send(by_hash(text))) is None for text in texts] == [False, False, True, True, True]


@pytest.mark.django_db
def test_what_is_long_is_answered_and_not_kept() -> None:
    text = QUERY + " #" + "x" * persisted.MAX_KEPT_BYTES

    assert code(send(by_hash(text, query=text))) is None
    assert code(send(by_hash(text))) == "PERSISTED_QUERY_NOT_FOUND"


APOLLO = {
    "format": "apollo-persisted-query-manifest",
    "version": 1,
    "operations": [{"id": "who-1", "name": "Who", "type": "query", "body": QUERY}],
}


@pytest.fixture(params=[APOLLO, {"who-1": QUERY}], ids=["Apollo's", "Relay's"])
def manifest(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> None:
    """An installation that answers one operation, and what the web app asks."""
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(request.param), encoding="utf-8")
    settings.GRAPHQL_OPERATIONS = str(path)


def test_with_a_manifest_only_its_operations_are_answered(
    manifest: None, owner: Person, operator: Person
) -> None:
    known = {"data": {"viewer": {"email": owner.user.email}}}

    assert send({"query": QUERY}, owner) == known
    assert send({"query": QUERY.replace(" ", "\n  ")}, owner) == known
    assert send(by_hash(QUERY), owner) == known
    assert send({"documentId": "who-1"}, owner) == known
    assert send({"documentId": f"sha256:{hash_of(QUERY)}"}, owner) == known
    for person in (owner, operator):
        assert code(send({"query": "{ viewer { id } }"}, person)) == "FORBIDDEN"
        assert code(send({"query": "{ __schema { description } }"}, person)) == "FORBIDDEN"
        assert code(send({"documentId": "who-2"}, person)) == "PERSISTED_QUERY_NOT_FOUND"
    assert send({"query": "{__typename}"}) == {"data": {"__typename": "Query"}}


def test_nothing_gets_past_a_manifest_by_its_hash(manifest: None, owner: Person) -> None:
    other = "{ viewer { id } }"

    assert code(send(by_hash(other, query=other), owner)) == "FORBIDDEN"
    assert code(send(by_hash(other), owner)) == "PERSISTED_QUERY_NOT_FOUND"
    cache.set(persisted._place(hash_of(other)), other)
    assert code(send(by_hash(other), owner)) == "PERSISTED_QUERY_NOT_FOUND"


def test_operators_may_ask_freely_where_a_setting_says_so(
    manifest: None, settings: Settings, owner: Person, operator: Person
) -> None:
    settings.GRAPHQL_OPERATORS_ASK_FREELY = True

    assert code(send({"query": "{ viewer { id } }"}, operator)) is None
    assert code(send({"query": "{ viewer { id } }"}, owner)) == "FORBIDDEN"


def names_in(text: str) -> set[str]:
    """The names of a document's operations."""
    return {
        definition.name.value
        for definition in parse(text).definitions
        if isinstance(definition, OperationDefinitionNode) and definition.name
    }


def test_what_the_web_app_asks_is_always_known(settings: Settings) -> None:
    own = Manifest(str(settings.GRAPHQL_WEB_OPERATIONS))
    names = {
        name
        for source in APP.parent.glob("*.graphql")
        for name in names_in(source.read_text(encoding="utf-8"))
    }
    found = set()
    for text in own.by_id.values():
        document = parse(text)
        assert validate(schema.graphql_schema, document) == []
        assert own.has(text, document)
        found |= names_in(text)
    assert found == names
    assert set(operations(APP)) <= found
    assert all(key == hash_of(text) for key, text in own.by_id.items())


def test_what_is_no_manifest_is_named(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    for text in ("[]", '{"a": 1}', '{"operations": [{"id": 1}]}', "nonsense"):
        path.write_text(text)
        with pytest.raises(ImproperlyConfigured, match="manifest"):
            Manifest(str(path))
