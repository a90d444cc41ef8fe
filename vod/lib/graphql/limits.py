"""Limits that are checked before anything runs."""

from typing import Any

from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, InlineFragmentNode, ValidationRule
from graphql.language import DefinitionNode, DocumentNode, OperationDefinitionNode, SelectionSetNode

from vod.lib.graphql.errors import ApiError, ApiErrorCode

MAX_TOKENS = 2000
MAX_DEPTH = 12
MAX_BODY_BYTES = 64 * 1024


class DepthRule(ValidationRule):
    """Refuses operations nested deeper than MAX_DEPTH, counted after fragments are expanded.

    Introspection does not count. Fragments that name themselves are left to the standard rule.
    """

    def enter_document(self, node: DocumentNode, *_args: Any) -> None:
        fragments = {d.name.value: d for d in node.definitions if isinstance(d, FragmentDefinitionNode)}
        for definition in node.definitions:
            if isinstance(definition, OperationDefinitionNode):
                depth = self._depth(definition.selection_set, fragments, frozenset())
                if depth > MAX_DEPTH:
                    self._refuse(definition, depth)

    def _refuse(self, _definition: DefinitionNode, depth: int) -> None:
        message = (
            f"This operation is {depth} levels deep; at most {MAX_DEPTH} are answered. Ask in two steps."
        )
        self.report_error(ApiError(ApiErrorCode.TOO_COMPLEX, message, depth=depth, limit=MAX_DEPTH))

    def _depth(
        self,
        selections: SelectionSetNode | None,
        fragments: dict[str, FragmentDefinitionNode],
        seen: frozenset[str],
    ) -> int:
        deepest = 0
        for selection in selections.selections if selections else ():
            if isinstance(selection, FieldNode):
                if selection.name.value.startswith("__"):
                    continue
                depth = 1 + self._depth(selection.selection_set, fragments, seen)
            elif isinstance(selection, InlineFragmentNode):
                depth = self._depth(selection.selection_set, fragments, seen)
            else:
                assert isinstance(selection, FragmentSpreadNode)
                name = selection.name.value
                if name in seen or name not in fragments:
                    continue
                depth = self._depth(fragments[name].selection_set, fragments, seen | {name})
            deepest = max(deepest, depth)
            if deepest > MAX_DEPTH * 4:
                break
        return deepest
