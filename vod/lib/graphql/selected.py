"""Which fields a document asks for, so that columns that none of them shows can stay in the database."""

from collections.abc import Iterable

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
)


def names_asked(info: GraphQLResolveInfo) -> frozenset[str]:
    """The names of all fields below the one that is being resolved, fragments included, on whatever type they stand.

    More than are asked for where a directive leaves some out; never less.
    """
    names: set[str] = set()
    seen: set[str] = set()
    waiting: list[Iterable[SelectionNode]] = [info.field_nodes]
    while waiting:
        for node in waiting.pop():
            if isinstance(node, FragmentSpreadNode):
                if node.name.value in seen:
                    continue
                seen.add(node.name.value)
                inner: SelectionSetNode | None = info.fragments[node.name.value].selection_set
            elif isinstance(node, FieldNode | InlineFragmentNode):
                inner = node.selection_set
                if isinstance(node, FieldNode):
                    names.add(node.name.value)
            if inner is not None:
                waiting.append(inner.selections)
    return frozenset(names)
