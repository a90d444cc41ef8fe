"""Every operation of the contract validates against the schema, and is sent as it stands."""

import pytest
from graphql import parse, specified_rules, validate

from tests.documents import operations
from vod.lib.graphql.limits import MAX_TOKENS, DepthRule
from vod.schema import schema


def faults(name: str) -> list[str]:
    document = parse(operations()[name], max_tokens=MAX_TOKENS)
    rules = [*specified_rules, DepthRule]
    return [error.message for error in validate(schema.graphql_schema, document, rules)]


@pytest.mark.parametrize("name", sorted(operations()))
def test_an_operation_of_the_contract_holds(name: str) -> None:
    assert faults(name) == []
