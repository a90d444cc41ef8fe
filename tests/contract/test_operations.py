"""Every operation of the contract that exists so far validates against the schema, and is sent as it stands."""

import pytest
from graphql import parse, specified_rules, validate

from tests.documents import operations
from vod.lib.graphql.limits import MAX_TOKENS, DepthRule
from vod.schema import schema

# What comes with subtitles of an operator's own. One that is made is taken from this list.
LATER = {"AddSubtitles"}


def faults(name: str) -> list[str]:
    document = parse(operations()[name], max_tokens=MAX_TOKENS)
    rules = [*specified_rules, DepthRule]
    return [error.message for error in validate(schema.graphql_schema, document, rules)]


@pytest.mark.parametrize("name", sorted(operations().keys() - LATER))
def test_an_operation_of_the_contract_holds(name: str) -> None:
    assert faults(name) == []


@pytest.mark.parametrize("name", sorted(LATER))
def test_what_comes_later_is_not_there_yet(name: str) -> None:
    assert faults(name) != []
