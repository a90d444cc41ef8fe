from collections.abc import Sequence
from typing import Any

import graphene
import pytest
from graphql import ExecutionResult, execute, parse

from vod.lib.graphql.deferred import Deferred, DeferredExecutionContext, Loader, LoaderContext, drive

CHILDREN = {1: [11, 12], 2: [21, 22], 11: [111], 12: [121], 21: [211], 22: [221]}


class NodeByNumber(Loader[int, int]):
    """Fails for 13 as a whole batch, and answers every other number with itself."""

    def batch(self, keys: Sequence[int]) -> Sequence[int]:
        self.context.request.append(("node", list(keys)))
        if 13 in keys:
            raise LookupError("thirteen")
        return list(keys)


class ChildrenByNumber(Loader[int, list[int]]):
    def batch(self, keys: Sequence[int]) -> Sequence[list[int]]:
        self.context.request.append(("children", list(keys)))
        return [CHILDREN.get(key, []) for key in keys]


class ShortByNumber(Loader[int, int]):
    def batch(self, keys: Sequence[int]) -> Sequence[int]:
        return []


class Thing(graphene.ObjectType):
    number = graphene.Int(required=True)
    children = graphene.List(graphene.NonNull(lambda: Thing), required=True)
    mapped = graphene.Int()
    plain = graphene.List(lambda: Thing)
    broken = graphene.Int()
    broken_strictly = graphene.Int(required=True)

    @staticmethod
    def resolve_number(number: int, _info: Any) -> int:
        return number

    @staticmethod
    def resolve_children(number: int, info: Any) -> Any:
        return info.context.get(ChildrenByNumber).load(number)

    @staticmethod
    def resolve_mapped(number: int, info: Any) -> Any:
        return (
            info.context.get(NodeByNumber)
            .load(number)
            .then(lambda value: info.context.get(NodeByNumber).load(value + 1000))
        )

    @staticmethod
    def resolve_plain(number: int, info: Any) -> Any:
        return [info.context.get(NodeByNumber).load(key) for key in (number, number + 1)]

    @staticmethod
    def resolve_broken(_number: int, info: Any) -> Any:
        return info.context.get(NodeByNumber).load(13)

    @staticmethod
    def resolve_broken_strictly(_number: int, info: Any) -> Any:
        return info.context.get(NodeByNumber).load(13)


class Query(graphene.ObjectType):
    things = graphene.List(Thing)

    @staticmethod
    def resolve_things(_root: Any, _info: Any) -> list[int]:
        return [1, 2]


schema = graphene.Schema(query=Query).graphql_schema


def run(query: str) -> tuple[ExecutionResult, list[Any]]:
    batches: list[Any] = []
    context = LoaderContext(batches)
    work = execute(
        schema, parse(query), context_value=context, execution_context_class=DeferredExecutionContext
    )
    result = work if isinstance(work, ExecutionResult) else drive(work, context)  # type: ignore[arg-type]
    return result, batches


def test_each_level_costs_one_batch_however_many_things_there_are() -> None:
    result, batches = run("{ things { number children { number children { number } } } }")

    assert result.errors is None
    assert result.data == {
        "things": [
            {
                "number": top,
                "children": [
                    {"number": child, "children": [{"number": grandchild} for grandchild in CHILDREN[child]]}
                    for child in CHILDREN[top]
                ],
            }
            for top in (1, 2)
        ]
    }
    assert batches == [("children", [1, 2]), ("children", [11, 12, 21, 22])]


def test_what_a_loader_knows_is_not_fetched_again() -> None:
    _, batches = run("{ things { a: children { number } b: children { number } } }")

    assert batches == [("children", [1, 2])]


def test_a_mapped_value_may_wait_for_another() -> None:
    result, batches = run("{ things { mapped } }")

    assert result.data == {"things": [{"mapped": 1001}, {"mapped": 1002}]}
    assert batches == [("node", [1, 2]), ("node", [1001, 1002])]


def test_a_list_may_hold_values_that_are_still_to_come() -> None:
    result, batches = run("{ things { plain { number } } }")

    assert result.data == {"things": [{"plain": [{"number": n}, {"number": n + 1}]} for n in (1, 2)]}
    assert batches == [("node", [1, 2, 3])]


def test_an_error_stays_with_the_fields_that_waited_for_it() -> None:
    result, _ = run("{ things { number broken children { number } } }")

    assert result.data is not None
    assert [thing["broken"] for thing in result.data["things"]] == [None, None]
    assert [thing["number"] for thing in result.data["things"]] == [1, 2]
    assert len(result.data["things"][0]["children"]) == 2
    assert result.errors is not None
    assert [error.path for error in result.errors] == [["things", 0, "broken"], ["things", 1, "broken"]]


def test_an_error_in_a_field_that_cannot_be_null_takes_its_thing_along_and_no_other() -> None:
    result, _ = run("{ things { number brokenStrictly } again: things { number } }")

    assert result.data == {"things": [None, None], "again": [{"number": 1}, {"number": 2}]}


def test_a_loader_that_answers_too_little_is_a_fault_of_the_program() -> None:
    loader = LoaderContext(None).get(ShortByNumber)
    loader.load(1)

    with pytest.raises(RuntimeError, match="ShortByNumber answered 0 values for 1 keys"):
        loader.dispatch()


def test_a_primed_value_costs_no_batch() -> None:
    batches: list[Any] = []
    loader = LoaderContext(batches).get(NodeByNumber)
    loader.prime(5, 50)

    async def read() -> int:
        return await loader.load(5)

    assert drive(read(), loader.context) == 50
    assert batches == []


def test_waiting_for_what_nobody_brings_ends_in_an_error() -> None:
    async def read() -> None:
        await Deferred[None]()

    with pytest.raises(RuntimeError, match="no loader brings"):
        drive(read(), LoaderContext(None))
