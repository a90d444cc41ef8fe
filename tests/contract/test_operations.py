"""Every operation of the contract validates against the schema, and is sent as it stands."""

import pytest
from django.conf import settings
from graphql import parse, specified_rules, validate

from tests.documents import operations
from vod.schema import schema


def faults(name: str) -> list[str]:
    document = parse(operations()[name], max_tokens=settings.GRAPHQL_MAX_TOKENS)
    return [error.message for error in validate(schema.graphql_schema, document, specified_rules)]


@pytest.mark.parametrize("name", sorted(operations()))
def test_an_operation_of_the_contract_holds(name: str) -> None:
    assert faults(name) == []
