"""The printed schema is the schema, describes all of itself, and the contract's operations are answered by it."""

from pathlib import Path

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    build_schema,
    parse,
    print_schema,
    validate,
)

from tests.documents import operations
from vod.schema import schema

PRINTED = Path(__file__).parents[2] / "vod" / "schema.graphql"
AGAIN = "Run `manage.py graphql_schema --schema vod.schema.schema --out vod/schema.graphql`."


def test_the_printed_schema_is_current() -> None:
    assert PRINTED.read_text(encoding="utf-8").strip() == print_schema(schema.graphql_schema).strip(), AGAIN


def test_the_printed_schema_can_be_read_by_programs() -> None:
    assert build_schema(PRINTED.read_text(encoding="utf-8")).query_type is not None


@pytest.mark.parametrize("name", sorted(operations()))
def test_an_operation_of_the_contract_is_valid(name: str) -> None:
    errors = validate(schema.graphql_schema, parse(operations()[name]))

    assert [error.message for error in errors] == []


def test_every_type_and_field_of_ours_says_what_it_is() -> None:
    silent = []
    for kind in schema.graphql_schema.type_map.values():
        if kind.name.startswith("__"):
            continue
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            silent += [f"{kind.name}.{name}" for name, field in kind.fields.items() if not field.description]
        if isinstance(kind, GraphQLNamedType) and not kind.description:
            silent.append(kind.name)

    assert silent == []


def test_the_contract_of_the_tests_is_the_agreed_one() -> None:
    assert len(operations()) == 41
