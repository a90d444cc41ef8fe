from types import SimpleNamespace
from typing import Any

import graphene
import pytest
from graphql import graphql_sync

from vod.lib.actor import NOBODY
from vod.lib.errors import DomainError, ErrorCode
from vod.lib.graphql import registry
from vod.lib.graphql.ids import encode_id
from vod.lib.graphql.mutations import InputMutation, error_type
from vod.lib.graphql.node import Node, NodeQueries
from vod.lib.rows import new_id


class LampCode(ErrorCode):
    NO_OIL = "NO_OIL", "It is empty."


LampError = error_type("LampError", LampCode)


class Light(InputMutation):
    """Lights a lamp."""

    class Meta:
        errors = LampError
        scope = None

    class Input:
        """Which lamp."""

        oil = graphene.Int(required=True, description="How much there is.")

    flame = graphene.String()

    @classmethod
    def perform(cls, info: Any, *, oil: int) -> Any:
        if oil == 0:
            raise DomainError(LampCode.NO_OIL, "Fill the lamp first.", field="oil")
        if oil < 0:
            raise ValueError("no such oil")
        return cls(flame="steady", errors=[])


class Snuff(InputMutation):
    """Puts the lamp out; has no input."""

    class Meta:
        errors = LampError
        scope = None

    @classmethod
    def perform(cls, info: Any) -> Any:
        return cls(errors=[])


class Lamp(graphene.ObjectType):
    class Meta:
        interfaces = (Node,)


class Mutation(graphene.ObjectType):
    light = Light.Field()
    snuff = Snuff.Field()


class Query(NodeQueries, graphene.ObjectType):
    lamp = graphene.Field(Lamp)

    @staticmethod
    def resolve_lamp(_root: Any, _info: Any) -> Any:
        return LAMP


LAMP = SimpleNamespace(pk=new_id(), graphql_type="Lamp")
registry.extend(Lamp, name="brightness", field=graphene.Int(required=True), resolver=lambda _lamp, _info: 7)
registry.join()
schema = graphene.Schema(query=Query, mutation=Mutation)


def run(query: str) -> Any:
    return graphql_sync(schema.graphql_schema, query, context_value=SimpleNamespace(actor=NOBODY))


def test_what_went_well_has_no_errors() -> None:
    result = run("mutation { light(input: {oil: 1}) { flame errors { code } } }")

    assert (result.errors, result.data) == (None, {"light": {"flame": "steady", "errors": []}})


def test_what_the_caller_did_wrong_stands_in_the_payload() -> None:
    result = run("mutation { light(input: {oil: 0}) { flame errors { field code message } } }")

    fault = {"field": "oil", "code": "NO_OIL", "message": "Fill the lamp first."}
    assert (result.errors, result.data) == (None, {"light": {"flame": None, "errors": [fault]}})


def test_what_the_program_did_wrong_does_not() -> None:
    result = run("mutation { light(input: {oil: -1}) { errors { code } } }")

    assert result.data == {"light": None}
    assert isinstance(result.errors[0].original_error, ValueError)


def test_a_mutation_may_have_no_input() -> None:
    assert run("mutation { snuff { errors { code } } }").data == {"snuff": {"errors": []}}


def test_a_mutation_that_needs_a_scope_can_say_so_in_its_errors() -> None:
    with pytest.raises(TypeError, match="FORBIDDEN"):

        class Polish(InputMutation):
            class Meta:
                errors = LampError


def test_the_codes_are_an_enum_that_clients_can_switch_on() -> None:
    kind = schema.graphql_schema.type_map["LampErrorCode"]

    assert list(getattr(kind, "values")) == ["NO_OIL"]  # noqa: B009 - an enum type, which mypy cannot know


def test_a_mutation_without_an_error_type_is_no_mutation() -> None:
    with pytest.raises(TypeError, match=r"Careless\.Meta needs errors"):

        class Careless(InputMutation):
            pass


def test_a_field_that_another_app_adds_is_answered() -> None:
    assert run("{ lamp { brightness } }").data == {"lamp": {"brightness": 7}}


def test_a_row_is_found_by_its_global_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry._nodes, "Lamp", lambda _info, key: LAMP if key == LAMP.pk else None)

    def ask(mark: str) -> Any:
        return run(f'{{ node(id: "{mark}") {{ __typename id }} }}').data["node"]

    mark = encode_id("Lamp", LAMP.pk)
    assert ask(mark) == {"__typename": "Lamp", "id": mark}
    assert ask(encode_id("Lamp", new_id())) is None
    assert ask(encode_id("Sun", LAMP.pk)) is None
    assert ask("nothing") is None
