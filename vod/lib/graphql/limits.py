"""Limits that are checked before anything runs: length, depth and cost of an operation."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValidationRule,
    ValueNode,
    VariableNode,
)

from vod.lib.graphql.errors import ApiError, ApiErrorCode

MAX_TOKENS = 2000
MAX_DEPTH = 12
MAX_COST = 150_000
MAX_BODY_BYTES = 64 * 1024
# A page is at most this long (connections.MAX_PAGE); what asks for more is refused where it is answered.
MAX_TIMES = 100


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """The fragments of a document by their names."""
    return {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}


class _Walk(ABC):
    """Looks at each fragment once, however often it is spread: a short document can be very wide."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self.fragments = fragments
        # A fragment that is still being measured counts nothing; the standard rules refuse its cycle.
        self.known: dict[str, int] = {}

    def parts(self, selections: SelectionSetNode | None) -> Iterator[FieldNode | int]:
        """Fields as they are, and measures of fragments. Introspection is left out."""
        for selection in selections.selections if selections else ():
            if isinstance(selection, FieldNode):
                if not selection.name.value.startswith("__"):
                    yield selection
            elif isinstance(selection, InlineFragmentNode):
                yield self.measure(selection.selection_set)
            elif isinstance(selection, FragmentSpreadNode):
                yield self.fragment(selection.name.value)

    def fragment(self, name: str) -> int:
        if name not in self.known and name in self.fragments:
            self.known[name] = 0
            self.known[name] = self.measure(self.fragments[name].selection_set)
        return self.known.get(name, 0)

    @abstractmethod
    def measure(self, selections: SelectionSetNode | None) -> int:
        """What the selections come to."""


class _Depth(_Walk):
    def measure(self, selections: SelectionSetNode | None) -> int:
        return max(
            (
                part if isinstance(part, int) else 1 + self.measure(part.selection_set)
                for part in self.parts(selections)
            ),
            default=0,
        )


class _Cost(_Walk):
    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode], values: Mapping[str, Any]) -> None:
        super().__init__(fragments)
        self.values = values

    def measure(self, selections: SelectionSetNode | None) -> int:
        return sum(
            part if isinstance(part, int) else 1 + self._times(part) * self.measure(part.selection_set)
            for part in self.parts(selections)
        )

    def _times(self, field: FieldNode) -> int:
        given = next((a.value for a in field.arguments if a.name.value == "first"), None)
        value = self.values.get(given.name.value) if isinstance(given, VariableNode) else _whole(given)
        # 100.0 is an Int of GraphQL too.
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return min(max(value, 1), MAX_TIMES) if isinstance(value, int) else 1


def _whole(node: ValueNode | None) -> int | None:
    # Longer numbers are no Int of GraphQL; Python would take its time over them.
    return int(node.value) if isinstance(node, IntValueNode) and len(node.value) < 12 else None


class DepthRule(ValidationRule):
    """Refuses operations nested deeper than MAX_DEPTH, counted after fragments are expanded.

    Introspection does not count. Fragments that name themselves are left to the standard rule.
    """

    def enter_document(self, node: DocumentNode, *_args: Any) -> None:
        walk = _Depth(fragments_of(node))
        for definition in node.definitions:
            if isinstance(definition, OperationDefinitionNode):
                depth = walk.measure(definition.selection_set)
                if depth > MAX_DEPTH:
                    self.report_error(_too_complex(f"{depth} levels deep; at most {MAX_DEPTH}"))


def check_cost(
    document: DocumentNode, operation: OperationDefinitionNode, values: Mapping[str, Any] | None
) -> None:
    """Raises ApiError TOO_COMPLEX for a validated operation that could answer more than MAX_COST fields.

    Each field counts one; what stands below a field with `first` counts that many times.
    """
    defaults = {d.variable.name.value: _whole(d.default_value) for d in operation.variable_definitions}
    given = {name: value for name, value in (values or {}).items() if value is not None}
    cost = _Cost(fragments_of(document), {**defaults, **given}).measure(operation.selection_set)
    if cost > MAX_COST:
        raise _too_complex(f"up to {cost} fields wide; at most {MAX_COST}")


def _too_complex(what: str) -> ApiError:
    return ApiError(ApiErrorCode.TOO_COMPLEX, f"This operation is {what} are answered. Ask in several steps.")
