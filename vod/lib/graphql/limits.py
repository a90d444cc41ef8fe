"""Limits that are checked before anything runs, counted after fragments are expanded.

First a document's shape, in time that grows with its length alone: the standard rules compare fields in pairs, so
they come after. Then, for the operation that is to run and with its variables, what it could come to.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from vod.lib.graphql.errors import ApiError, ApiErrorCode

MAX_VARIABLES = 100
# Operations and fragments of one document: all are judged, whichever is run.
MAX_DEFINITIONS = 50
# Of one operation, fragments expanded.
MAX_FIELDS = 1000
MAX_ROOT_FIELDS = 20
MAX_REPEATS = 50
MAX_DIRECTIVES = 50


class Size(NamedTuple):
    """What selections come to. `fields` has spreads of fragments in it; `depth` has no introspection."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0


def too_complex(limit: str, asked: int, allowed: int, what: str) -> ApiError:
    """A refusal with the figure: `what` goes on after "This operation ", and says what is too much."""
    return ApiError(
        ApiErrorCode.TOO_COMPLEX,
        f"This operation {what}; at most {allowed} are answered. Ask in several steps.",
        limit=limit,
        asked=asked,
        allowed=allowed,
    )


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """The fragments of a document by their names."""
    return {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}


@dataclass
class _Shape:
    """Looks at each fragment once, however often it is spread: a short document can be very wide."""

    fragments: Mapping[str, FragmentDefinitionNode]

    def __post_init__(self) -> None:
        self.known: dict[str, Size] = {}
        self.open: list[str] = []

    def size(self, selections: SelectionSetNode | None) -> Size:
        parts = list(self._parts(selections))
        return Size(
            max((part.depth for part in parts), default=0),
            *(sum(numbers) for numbers in list(zip(*parts, strict=True))[1:]) if parts else (),
        )

    def _parts(self, selections: SelectionSetNode | None) -> Iterator[Size]:
        for selection in selections.selections if selections else ():
            marks = len(selection.directives)
            if isinstance(selection, FieldNode):
                below = self.size(selection.selection_set)
                hidden = selection.name.value.startswith("__")
                yield Size(
                    0 if hidden else below.depth + 1,
                    below.fields + 1,
                    below.aliases + bool(selection.alias),
                    below.directives + marks,
                )
            elif isinstance(selection, InlineFragmentNode):
                below = self.size(selection.selection_set)
                yield below._replace(directives=below.directives + marks)
            elif isinstance(selection, FragmentSpreadNode):
                below = self._fragment(selection.name.value)
                yield below._replace(fields=below.fields + 1, directives=below.directives + marks)

    def _fragment(self, name: str) -> Size:
        if name in self.open:
            circle = ", ".join([*self.open[self.open.index(name) :], name])
            raise ApiError(ApiErrorCode.BAD_INPUT, f"These fragments spread themselves: {circle}.")
        if name not in self.known and name in self.fragments:
            self.open.append(name)
            found = self.fragments[name]
            below = self.size(found.selection_set)
            hidden = found.type_condition.name.value.startswith("__")
            self.known[name] = below._replace(
                depth=0 if hidden else below.depth, directives=below.directives + len(found.directives)
            )
            self.open.pop()
        return self.known.get(name, Size())

    def repeats(self, sets: Iterable[SelectionSetNode]) -> tuple[int, int]:
        """Fields of different names on this level, and how often a name comes again, on it and below."""
        fields: dict[str, list[FieldNode]] = {}
        for selections in sets:
            for field in self._flat(selections.selections):
                fields.setdefault((field.alias or field.name).value, []).append(field)
        again = sum(len(same) - 1 for same in fields.values())
        for same in fields.values():
            below = [field.selection_set for field in same if field.selection_set]
            if below:
                again += self.repeats(below)[1]
        return len(fields), again

    def _flat(self, selections: Iterable[SelectionNode]) -> Iterator[FieldNode]:
        for selection in selections:
            if isinstance(selection, FieldNode):
                yield selection
            elif isinstance(selection, InlineFragmentNode):
                yield from self._flat(selection.selection_set.selections)
            elif isinstance(selection, FragmentSpreadNode) and selection.name.value in self.fragments:
                yield from self._flat(self.fragments[selection.name.value].selection_set.selections)


def check_shape(document: DocumentNode) -> None:
    """Raises ApiError for a document with an operation that is too deep, too wide or too repetitive.

    TOO_COMPLEX with `limit`, `asked` and `allowed` in the extensions; BAD_INPUT for fragments in a circle.
    Introspection does not count towards depth. Holds for documents that are not valid, too.
    """
    count = len(document.definitions)
    _limit("definitions", count, MAX_DEFINITIONS, f"comes with {count} operations and fragments")
    shape = _Shape(fragments_of(document))
    for name in shape.fragments:
        # Those that no operation uses are measured as well: the standard rules look at them all.
        _check(shape._fragment(name))
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            size = shape.size(definition.selection_set)
            marks = len(definition.directives) + sum(
                len(v.directives) for v in definition.variable_definitions
            )
            _check(size._replace(directives=size.directives + marks))
            # Fully expanded, which is safe now that it is known how large that is.
            roots, again = shape.repeats([definition.selection_set])
            _limit("root fields", roots, MAX_ROOT_FIELDS, f"has {roots} root fields")
            _limit("repeats", again, MAX_REPEATS, f"asks {again} times for a field that it has already")


def _check(size: Size) -> None:
    depth, aliases = settings.GRAPHQL_MAX_DEPTH, settings.GRAPHQL_MAX_ALIASES
    _limit("depth", size.depth, depth, f"is {size.depth} levels deep")
    _limit("aliases", size.aliases, aliases, f"has {size.aliases} aliases")
    _limit("directives", size.directives, MAX_DIRECTIVES, f"has {size.directives} directives")
    _limit("fields", size.fields, MAX_FIELDS, f"has {size.fields} fields, fragments expanded")


def _limit(limit: str, asked: int, allowed: int, what: str) -> None:
    if asked > allowed:
        raise too_complex(limit, asked, allowed, what)


def check_variables(values: Mapping[str, Any] | None) -> None:
    """Raises ApiError TOO_COMPLEX for more variables than any operation of use has."""
    asked = len(values or ())
    _limit("variables", asked, MAX_VARIABLES, f"comes with {asked} variables")
