"""What an operation could come to: page sizes are multiplied down to the last field."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from vod.lib.graphql.limits import fragments_of, too_complex

# A page is at most this long (connections.MAX_PAGE); what asks for more is refused where it is answered.
MAX_TIMES = 100
# How often what stands below counts: a page whose size is left out, and a list that has no pages.
PAGE_TIMES = 20
LIST_TIMES = 5


class _Cost:
    """Looks at each fragment once, however often it is spread."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        values: Mapping[str, Any],
    ) -> None:
        self.schema, self.fragments, self.values = schema, fragments, values
        self.known: dict[str, int] = {}

    def of(self, selections: SelectionSetNode | None, parent: Any) -> int:
        total = 0
        for selection in selections.selections if selections else ():
            if isinstance(selection, FieldNode):
                total += self._field(selection, parent)
            elif isinstance(selection, InlineFragmentNode):
                kind = selection.type_condition
                total += self.of(selection.selection_set, self._type(kind.name.value) if kind else parent)
            elif isinstance(selection, FragmentSpreadNode):
                total += self._fragment(selection.name.value)
        return total

    def _fragment(self, name: str) -> int:
        if name not in self.known:
            fragment = self.fragments[name]
            kind = self._type(fragment.type_condition.name.value)
            self.known[name] = self.of(fragment.selection_set, kind)
        return self.known[name]

    def _type(self, name: str) -> Any:
        return self.schema.type_map.get(name)

    def _field(self, field: FieldNode, parent: Any) -> int:
        # Introspection is held in by a standard rule of its own.
        if field.name.value.startswith("__"):
            return 1
        known = (
            parent.fields.get(field.name.value)
            if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType)
            else None
        )
        if known is None or field.selection_set is None:
            return 1
        return 1 + self._times(field, known, parent) * self.of(
            field.selection_set, get_named_type(known.type)
        )

    def _times(self, field: FieldNode, known: GraphQLField, parent: Any) -> int:
        if "first" in known.args:
            return self._page(field, known)
        # The edges of a page were multiplied with the page.
        kind: Any = known.type
        listed = is_list_type(get_nullable_type(kind)) and is_composite_type(get_named_type(kind))
        return LIST_TIMES if listed and not parent.name.endswith("Connection") else 1

    def _page(self, field: FieldNode, known: GraphQLField) -> int:
        given = next((a.value for a in field.arguments if a.name.value == "first"), None)
        value = self.values.get(given.name.value) if isinstance(given, VariableNode) else _whole(given)
        # 100.0 is an Int of GraphQL too.
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int):
            usual = known.args["first"].default_value
            value = usual if isinstance(usual, int) else PAGE_TIMES
        return min(max(value, 1), MAX_TIMES)


def _whole(node: ValueNode | None) -> int | None:
    # Longer numbers are no Int of GraphQL; Python would take its time over them.
    return int(node.value) if isinstance(node, IntValueNode) and len(node.value) < 12 else None


def cost_of(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    values: Mapping[str, Any] | None,
) -> int:
    """How many fields a validated operation could answer.

    Each field counts one; what stands below a field with `first` counts that many times.
    """
    defaults = {d.variable.name.value: _whole(d.default_value) for d in operation.variable_definitions}
    given = {name: value for name, value in (values or {}).items() if value is not None}
    root = schema.mutation_type if operation.operation is OperationType.MUTATION else schema.query_type
    return _Cost(schema, fragments_of(document), {**defaults, **given}).of(operation.selection_set, root)


def check_cost(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    values: Mapping[str, Any] | None,
) -> None:
    """Raises ApiError TOO_COMPLEX for a validated operation that could answer more than GRAPHQL_MAX_COST fields."""
    cost, most = cost_of(schema, document, operation, values), settings.GRAPHQL_MAX_COST
    if cost > most:
        raise too_complex("cost", cost, most, f"could answer {cost} fields, page sizes multiplied")
