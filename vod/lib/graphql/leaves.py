"""Fields that end in a scalar or an enum, made ready once for all objects of an answer that ask for the same.

A page of cards is some thousand such fields. What graphql-core finds anew for each of them (the definition, the
arguments, what the resolver is told) follows from the document and its variables, and is found here once; so a leaf
costs what its resolver costs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    ExecutionContext,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    is_leaf_type,
    is_non_null_type,
)
from graphql.execution.execute import get_field_def
from graphql.execution.values import get_argument_values
from graphql.language import FieldNode
from graphql.pyutils import Path
from graphql.type import GraphQLOutputType, GraphQLResolveInfo


@dataclass(frozen=True, slots=True)
class Leaf:
    """One field of one selection. `info` is shared by all objects: its path is that of the first of them."""

    resolve: Callable[..., Any]
    arguments: Mapping[str, Any]
    info: GraphQLResolveInfo
    type: GraphQLOutputType
    is_required: bool
    serialize: Callable[[Any], Any]


def leaves(
    context: ExecutionContext,
    parent_type: GraphQLObjectType,
    path: Path | None,
    fields: Mapping[str, list[FieldNode]],
) -> dict[str, Leaf]:
    """Those of `fields` that are leaves, by their names in the answer; what is not among them goes the usual way."""
    if context.middleware_manager:
        return {}
    found = {name: _leaf(context, parent_type, path, name, nodes) for name, nodes in fields.items()}
    return {name: leaf for name, leaf in found.items() if leaf is not None}


def _leaf(
    context: ExecutionContext,
    parent_type: GraphQLObjectType,
    path: Path | None,
    name: str,
    nodes: list[FieldNode],
) -> Leaf | None:
    # It is None for what a type does not have, whatever its signature says.
    definition: GraphQLField | None = get_field_def(context.schema, parent_type, nodes[0])
    if definition is None:
        return None
    is_required = is_non_null_type(definition.type)
    whole: Any = definition.type
    kind = whole.of_type if is_required else whole
    if not is_leaf_type(kind):
        return None
    try:
        arguments = get_argument_values(definition, nodes[0], context.variable_values)
    except GraphQLError:
        # Told of each object, where the usual way finds it.
        return None
    return Leaf(
        definition.resolve or context.field_resolver,
        arguments,
        context.build_resolve_info(definition, nodes, parent_type, Path(path, name, parent_type.name)),
        definition.type,
        is_required,
        kind.serialize,
    )
