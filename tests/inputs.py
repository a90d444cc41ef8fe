"""Inputs of any mutation, made from the schema alone, and a digest of all that the database holds."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
)

Value = Callable[[str], Any]
PLAIN: dict[str, Any] = {
    "ID": "TW92aWU6MDE5",
    "String": "a word",
    "Int": 1,
    "Float": 1.0,
    "Boolean": True,
    "DateTime": "2026-01-01T00:00:00Z",
}


def mutations_of(schema: GraphQLSchema) -> dict[str, GraphQLField]:
    """The root fields that write, by name."""
    assert isinstance(schema.mutation_type, GraphQLObjectType)
    return dict(schema.mutation_type.fields)


def value_of(kind: Any, scalar: Value = PLAIN.__getitem__, *, everything: bool = True) -> Any:
    """A value that fits the type `kind`; `scalar(name)` gives those of scalars. Optional ones too if `everything`."""
    if isinstance(kind, GraphQLNonNull):
        return value_of(kind.of_type, scalar, everything=everything)
    if isinstance(kind, GraphQLList):
        return [value_of(kind.of_type, scalar, everything=everything)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        return {
            name: value_of(field.type, scalar, everything=everything)
            for name, field in kind.fields.items()
            if everything or isinstance(field.type, GraphQLNonNull)
        }
    return scalar(kind.name)


WORDS = {"language": "de", "endSeconds": 2.0, "name": "Somebody", "rating": "12"}


def bare(kind: Any) -> Any:
    """The type in a list or behind an exclamation mark."""
    while isinstance(kind, GraphQLNonNull | GraphQLList):
        kind = kind.of_type
    return kind


def ids_in(kind: Any) -> Iterator[str]:
    """The names of the ids that an input takes."""
    kind = bare(kind)
    if isinstance(kind, GraphQLInputObjectType):
        for name, field in kind.fields.items():
            if getattr(bare(field.type), "name", "") == "ID":
                yield name


def leaves_of(kind: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """The way to each scalar and enum of an input but its ids, and the name of its type."""
    kind = bare(kind)
    if not isinstance(kind, GraphQLInputObjectType):
        if kind.name != "ID":
            yield (), "enum" if isinstance(kind, GraphQLEnumType) else kind.name
        return
    for name, field in kind.fields.items():
        for path, scalar in leaves_of(field.type):
            yield (name, *path), scalar


def input_of(kind: Any, ids: dict[str, str]) -> dict[str, Any]:
    """An input with those of `ids` that it takes, and with what else it needs."""
    given: dict[str, Any] = {}
    known = set(ids_in(kind))
    for name, field in bare(kind).fields.items():
        if name in ids and name in known:
            given[name] = [ids[name]] if name.endswith("Ids") else ids[name]
        elif isinstance(field.type, GraphQLNonNull):
            given[name] = WORDS.get(name) or value_of(field.type, everything=False)
    return given


def placed(kind: Any, given: Any, path: tuple[str, ...], value: Any) -> Any:
    """The input `given` with `value` at the end of the way, whatever it is; lists get one entry."""
    if isinstance(kind, GraphQLNonNull):
        return placed(kind.of_type, given, path, value)
    if isinstance(kind, GraphQLList):
        return [placed(kind.of_type, given[0] if given else None, path, value)]
    if not path:
        return value
    given = input_of(kind, {}) if given is None else given
    name, *rest = path
    return {**given, name: placed(kind.fields[name].type, given.get(name), tuple(rest), value)}


def call_of(name: str, field: GraphQLField) -> str:
    """A document that calls one mutation with the variable `input`, and asks for its errors."""
    if "input" not in field.args:
        return f"mutation {{ {name} {{ errors {{ code message }} }} }}"
    kind = field.args["input"].type
    return f"mutation($input: {kind}) {{ {name}(input: $input) {{ errors {{ field code message }} }} }}"


class Watch:
    """Tells whether tables differ from what they were, and reads them only where something was written at all."""

    def __init__(self) -> None:
        self._known = digest_of_tables()

    def changed_by(self, act: Callable[[], Any]) -> tuple[Any, bool]:
        """What `act` returned, and whether any row is different now."""
        answer, wrote = self._watched(act)
        if not wrote:
            return answer, False
        before, self._known = self._known, digest_of_tables()
        return answer, before != self._known

    def undone(self, act: Callable[[], Any], judge: Callable[[Any, Callable[[], bool]], None]) -> None:
        """Acts, lets `judge` see what came of it and ask whether rows are different, and takes it all back."""
        mark = transaction.savepoint()
        answer, wrote = self._watched(act)
        judge(answer, lambda: wrote and digest_of_tables() != self._known)
        transaction.savepoint_rollback(mark)

    def _watched(self, act: Callable[[], Any]) -> tuple[Any, bool]:
        with CaptureQueriesContext(connection) as asked:
            answer = act()
        verbs = {query["sql"].split(None, 1)[0].upper() for query in asked.captured_queries}
        return answer, bool(verbs & {"INSERT", "UPDATE", "DELETE"})


def digest_of_tables(*, without: tuple[str, ...] = ("accounts.attemptcount",)) -> dict[str, str]:
    """A digest of every table's rows. What only counts attempts is left out."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label_lower not in without and model._meta.managed and not model._meta.proxy:
            rows = sorted(map(repr, model._base_manager.values_list()))
            found[model._meta.label_lower] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found
