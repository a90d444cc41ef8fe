"""Every value that a mutation takes, of every kind that no caller should send, where all else is right.

A code or a success, no error of ours, nothing of our inside; and what is refused changes no row.
"""

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from graphql import GraphQLSchema, is_specified_scalar_type

from tests.conftest import Ask
from tests.inputs import Watch, call_of, digest_of_tables, input_of, leaves_of, mutations_of, placed
from tests.lib.conftest import Ids
from tests.people import Person
from vod.schema import schema as graphene_schema

LONG = "w" * 20_000
HOSTILE: dict[str, list[Any]] = {
    "String": ["", "a\ud800b", "a\x00b", LONG, "\u202e\u2066\ufeff", None],
    "Int": [-(2**31), 2**31 - 1, None],
    "Float": [-1.7e308, 1.7e308, None],
    "DateTime": ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", None],
    "Boolean": [None],
    "enum": [None],
}
# What nothing can be made of. The rest may be of use somewhere.
NEVER = ["a\ud800b", "a\x00b", LONG]
# What a device calls itself is cut and mended; where a profile has no PIN, none is looked at.
FREE = {("activateProfile", "pin"), ("startPlayback", "deviceName")}
# What is no value of the type at all, which is the same for every field.
OF_ANOTHER_TYPE: dict[str, list[Any]] = {
    "String": [7, ["a"], {}],
    "Int": [2**31, "1", 1.5, True, 1e300],
    "Float": ["nan", "1", True],
    "DateTime": ["10000-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "yesterday", "", 0, 1e300],
    "Boolean": ["true", 1],
    "enum": ["NO_SUCH", "", 0, "__proto__"],
}
INSIDE = re.compile(r"Traceback|Exception|django|sqlite|psycopg|SELECT |catalog_|<class|0x[0-9a-f]{6}|\.py\b")


def schema() -> GraphQLSchema:
    found: GraphQLSchema = graphene_schema.graphql_schema
    return found


def test_no_mutation_takes_a_value_of_another_type(gql: Ask, operator: Person, right_ids: Ids) -> None:
    left = dict(OF_ANOTHER_TYPE)
    before = digest_of_tables()

    for mutation, field in mutations_of(schema()).items():
        kind = field.args["input"].type if "input" in field.args else None
        for path, scalar in leaves_of(kind) if kind else ():
            for value in left.pop(scalar, ()):
                given = {"input": placed(kind, input_of(kind, right_ids), path, value)}
                answer = gql(call_of(mutation, field), given, as_=operator)
                assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_INPUT"]
                assert not INSIDE.search(json.dumps(answer)), answer

    assert left == {}
    assert digest_of_tables() == before


def test_no_mutation_breaks_over_a_value(gql: Ask, operator: Person, right_ids: Ids) -> None:
    watch = Watch()
    asked, taken = 0, []

    for mutation, field in mutations_of(schema()).items():
        if "input" not in field.args:
            continue
        kind = field.args["input"].type
        for path, value in [(path, value) for path, scalar in leaves_of(kind) for value in HOSTILE[scalar]]:
            given = placed(kind, input_of(kind, right_ids), path, value)
            case = (mutation, ".".join(path), str(value)[:40])

            def judge(
                answer: Any, is_changed: Callable[[], bool], case: Any = case, value: Any = value
            ) -> None:
                codes = [error["extensions"]["code"] for error in answer.get("errors", [])]
                assert set(codes) <= {"BAD_INPUT"}, (case, answer)
                assert not INSIDE.search(json.dumps(answer)), (case, answer)
                if codes or answer["data"][case[0]]["errors"]:
                    assert not is_changed(), (case, answer)
                elif any(value is one for one in NEVER) and case[:2] not in FREE:
                    taken.append(case)

            watch.undone(partial(gql, call_of(mutation, field), {"input": given}, as_=operator), judge)
            asked += 1

    assert taken == []
    assert asked > 300


def test_no_query_breaks_over_a_value(gql: Ask, owner: Person, operator: Person, right_ids: Ids) -> None:
    queries: Any = schema().query_type
    asked = 0
    for name, field in queries.fields.items():
        wanted = "totalCount edges { node { __typename } }" if "first" in field.args else "__typename"
        for argument, kind in [(key, given.type) for key, given in field.args.items()]:
            document = f"query($v: {kind}) {{ {name}({argument}: $v) {{ {wanted} }} }}"
            cases = [(path, value) for path, scalar in leaves_of(kind) for value in HOSTILE[scalar]]
            for path, value in cases:
                given = {"v": placed(kind, None, path, value)}
                for person in (owner, operator):
                    answer = gql(document, given, as_=person)
                    codes = {error["extensions"]["code"] for error in answer.get("errors", [])}
                    assert codes <= {"BAD_INPUT", "FORBIDDEN"}, (name, path, value, answer)
                    assert not INSIDE.search(json.dumps(answer)), answer
                    asked += 1
    assert asked > 100


def test_everything_in_the_schema_says_what_it_is() -> None:
    silent = []
    for name, kind in schema().type_map.items():
        if name.startswith("__") or is_specified_scalar_type(kind):
            continue
        if not kind.description:
            silent.append(name)
        for field_name, field in getattr(kind, "fields", {}).items():
            if not field.description:
                silent.append(f"{name}.{field_name}")
            for argument, given in getattr(field, "args", {}).items():
                of_a_mutation = kind is schema().mutation_type and argument == "input"
                if not given.description and not of_a_mutation:
                    silent.append(f"{name}.{field_name}({argument})")
        silent += [
            f"{name}.{value}" for value, said in getattr(kind, "values", {}).items() if not said.description
        ]
    assert silent == []
