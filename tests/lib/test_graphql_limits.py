"""A corpus of hostile requests against the product's own schema: each is refused quickly, with a code and the figure."""

import json
import time
from typing import Any

import pytest
from django.test import Client
from graphql import parse
from graphql.utilities import get_introspection_query
from pytest_django import Settings

from accounts.models import AttemptCount
from tests.documents import APP, operations
from tests.inputs import digest_of_tables
from tests.people import Person
from vod.lib.graphql import documents, limits
from vod.lib.graphql.cost import cost_of
from vod.schema import schema

# Milliseconds of the server's own time. The machine may be busy: the best of ten counts, and the first that is good ends it.
QUICK = 100


CLIENT = Client()


def send(body: Any, person: Person | None = None) -> Any:
    headers = {"Authorization": f"Bearer {person.token}"} if person else {}
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    return CLIENT.post("/graphql/", data, content_type="application/json", headers=headers)


def chain(spread: int, levels: int) -> str:
    """Fragments that each spread the next one `spread` times."""
    inner = " ".join(f"fragment F{n} on Query {{ {f'...F{n + 1} ' * spread} }}" for n in range(levels))
    return f"{{ ...F0 }} {inner} fragment F{levels} on Query {{ __typename }}"


SIGN_IN = 'signIn(input: {email: "o@example.org", password: "x"}) { token }'
ALIASES = " ".join(f"a{n}: __typename" for n in range(101))
NESTED = "titles { edges { node { similar { edges { node {" * 2
TOO_MUCH: dict[str, tuple[str, Any]] = {
    "sign-ins by alias": (
        "aliases",
        "mutation { " + " ".join(f"a{n}: {SIGN_IN}" for n in range(50)) + " }",
    ),
    "aliases": ("aliases", f"{{ {ALIASES} }}"),
    "aliases by fragments": (
        "aliases",
        "{ ...A ...A ...A ...A } fragment A on Query { "
        + " ".join(f"a{n}: __typename" for n in range(9))
        + " }",
    ),
    "aliases in a fragment that nobody uses": (
        "aliases",
        f"{{ __typename }} fragment A on Query {{ {ALIASES} }}",
    ),
    "a field again and again": ("repeats", "{ " + "__typename " * 500 + "}"),
    "a field again by fragments": (
        "repeats",
        "{ " + "...A " * 60 + "} fragment A on Query { viewer { id } }",
    ),
    "fragments of fragments": ("fields", chain(10, 11)),
    "root fields": (
        "root fields",
        "mutation { " + " ".join(f"a{n}: {SIGN_IN}" for n in range(21)) + " }",
    ),
    "directives": ("directives", "{ __typename " + "@aa" * 60 + " }"),
    "operations beside operations": (
        "definitions",
        " ".join(f"query Q{n} {{ viewer {{ id }} }}" for n in range(240)),
    ),
    "directives that exist": ("directives", "{ __typename " + "@include(if: true) " * 60 + " }"),
    "depth": ("depth", "{ " + NESTED + " id " + "}" * 13),
    "depth by fragments": (
        "depth",
        "{ ...F0 } "
        + " ".join(
            f"fragment F{n} on Query {{ titles {{ edges {{ node {{ ...F{n + 1} }} }} }} }}" for n in range(5)
        )
        + " fragment F5 on Query { viewer { id } }",
    ),
    "braces": ("depth", "{a" * 990),
    "brackets": ("depth", "{ titles(first: " + "[" * 1900),
    "tokens": ("tokens", "{ " + "__typename " * 2100 + "}"),
    "cost": (
        "cost",
        "{ titles(first: 100) { edges { node { similar(first: 100) { edges { node { similar(first: 100) "
        "{ edges { node { id } } } } } } } } } }",
    ),
    "cost without sizes": (
        "cost",
        "{ titles { edges { node { similar { edges { node { credits { edges { node { person { "
        + "id name " * 10
        + "} } } } } } } } } } }",
    ),
    "cost by a variable": (
        "cost",
        {
            "query": "query($n: Int) { titles(first: $n) { edges { node { similar(first: $n) { edges { node "
            "{ similar(first: $n) { edges { node { id } } } } } } } } } }",
            "variables": {"n": 100.0},
        },
    ),
    "variables": (
        "variables",
        {"query": "{ __typename }", "variables": {f"v{n}": 1 for n in range(5000)}},
    ),
    "declared variables": (
        "tokens",
        "query(" + " ".join(f"$v{n}: Int" for n in range(800)) + ") { __typename }",
    ),
    "a megabyte of query": ("bytes", "{ __typename #" + "x" * 2**20 + "\n}"),
    "ten thousand variables": (
        "bytes",
        {"query": "{ __typename }", "variables": {f"v{n}": 1 for n in range(10_000)}},
    ),
    "a batch": ("batch", [{"query": "{ __typename }"}] * 10),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_is_too_much_is_refused_quickly_with_the_figure(name: str) -> None:
    limit, asked = TOO_MUCH[name]
    body = {"query": asked} if isinstance(asked, str) else asked
    if name == "root fields":
        # Below the limit of aliases, which counts first.
        body["query"] = body["query"].replace("mutation", "mutation", 1)

    took: list[float] = []
    while len(took) < 10 and (not took or took[-1] >= QUICK):
        documents.kept.forget()
        start = time.process_time()
        answer = send(body)
        took.append((time.process_time() - start) * 1000)

    (error,) = answer.json()["errors"]
    said = error["extensions"]
    assert said["limit"] == limit, error
    assert said["asked"] > said["allowed"]
    assert str(said["allowed"]) in error["message"] or limit == "batch"
    assert said["code"] == ("BAD_INPUT" if limit in ("bytes", "batch") else "TOO_COMPLEX")
    assert "data" not in answer.json()
    assert min(took) < QUICK, took
    assert not AttemptCount.objects.exists()


ODD: dict[str, Any] = {
    "fragments in a circle": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
    "a circle through fields": "{ titles { edges { node { ...A } } } } fragment A on Title "
    "{ similar { edges { node { ...A } } } }",
    "circles of introspection": "{ __schema { types { "
    + "fields { type { " * 4
    + "name"
    + " } }" * 4
    + " } } }",
    "circles of introspection by fragments": "{ __schema { types { ...A } } } fragment A on __Type { fields "
    "{ type { ...B } } } fragment B on __Type { fields { type { ...C } } } "
    "fragment C on __Type { fields { type { fields { name } } } }",
    "unknown directive": "{ __typename @aa }",
    "unknown field": "{ nothing }",
    "a subscription": "subscription { viewer { id } }",
    "two nameless operations": "{ __typename } { __typename }",
    "a huge whole number": "{ titles(first: " + "9" * 5000 + ") { totalCount } }",
    "a number beyond 32 bits": "{ titles(first: 2147483648) { totalCount } }",
    "a page of a billion": "{ titles(first: 1000000000) { totalCount } }",
    "a page of nothing": "{ titles(first: 0) { totalCount } }",
    "a page backwards": "{ titles(first: -1) { totalCount } }",
    "a page of null within a variable": {
        "query": "query($n: Int!) { titles(first: $n) { totalCount } }",
        "variables": {"n": None},
    },
    "a page of a fraction": {
        "query": "query($n: Int) { titles(first: $n) { totalCount } }",
        "variables": {"n": 1.5},
    },
    "a page of infinity": b'{"query": "query($n: Int) { titles(first: $n) { totalCount } }", "variables": {"n": 1e999}}',
    "a huge number as JSON": b'{"query": "{ __typename }", "variables": {"n": ' + b"9" * 5000 + b"}}",
    "a cursor made up": '{ titles(first: 1, after: "bm90aGluZw") { totalCount edges { cursor } } }',
    "a cursor of half a pair": {
        "query": "query($c: String) { titles(first: 1, after: $c) { edges { cursor } } }",
        "variables": {"c": "\ud800"},
    },
    "half a pair in the document": '{ titles(first: 1, after: "\ud800") { edges { cursor } } }',
    "a slash in the name of an operation": {"query": "{ __typename }", "operationName": "/../x"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_bad_input(name: str, operator: Person) -> None:
    asked = ODD[name]
    before = digest_of_tables()

    answer = send({"query": asked} if isinstance(asked, str) else asked, operator)

    assert answer.status_code < 500
    assert {error["extensions"]["code"] for error in answer.json()["errors"]} == {"BAD_INPUT"}, answer.json()
    assert b"Traceback" not in answer.content
    assert digest_of_tables() == before


@pytest.mark.parametrize(
    "form", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]
)
def test_no_form_of_another_site_is_read(client: Client, form: str) -> None:
    for query in ("{ __typename }", "mutation { signOut { errors { code } } }"):
        answer = client.post("/graphql/", f"query={query}", content_type=form)
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (415, "BAD_INPUT")


def test_there_is_no_console_and_no_tracing(client: Client) -> None:
    page = client.get("/graphql/", headers={"Accept": "text/html"})
    traced = client.post(
        "/graphql/",
        {"query": "{ __typename }"},
        content_type="application/json",
        headers={"X-Apollo-Tracing": "1"},
    )

    assert page.status_code == 406
    assert traced.json() == {"data": {"__typename": "Query"}}


def test_attempts_within_one_document_count_one_by_one(
    client: Client, settings: Settings, owner: Person
) -> None:
    settings.SIGN_IN_ATTEMPTS = 3
    tries = " ".join(
        f'a{n}: signIn(input: {{email: "{owner.user.email}", password: "{n}"}}) {{ errors {{ code }} }}'
        for n in range(5)
    )

    answer = send({"query": f"mutation {{ {tries} }}"}).json()["data"]

    codes = [tried["errors"][0]["code"] for tried in answer.values()]
    assert codes == ["WRONG_CREDENTIALS"] * 3 + ["TOO_MANY_ATTEMPTS"] * 2


def test_the_limits_leave_room_for_the_contract_and_the_app(settings: Settings) -> None:
    every = {**operations(), **operations(APP)}
    for text in every.values():
        document = parse(text, max_tokens=settings.GRAPHQL_MAX_TOKENS // 2)
        limits.check_shape(document)
        operation: Any = document.definitions[0]
        assert cost_of(schema.graphql_schema, document, operation, None) < settings.GRAPHQL_MAX_COST / 2


def test_the_usual_introspection_is_answered(db: None) -> None:
    query = get_introspection_query(input_value_deprecation=True, schema_description=True)

    assert "errors" not in send({"query": query}).json()


def test_operators_of_an_installation_set_the_limits(settings: Settings) -> None:
    settings.GRAPHQL_MAX_ALIASES = 2

    refused = send({"query": "{ a: __typename b: __typename c: __typename }"}).json()["errors"][0]

    assert refused["extensions"] == {"code": "TOO_COMPLEX", "limit": "aliases", "asked": 3, "allowed": 2}
