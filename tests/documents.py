"""Documents of the contract, and of the web app, by their operation's name.

Each has the fragments that it uses and no more.
"""

from functools import lru_cache
from pathlib import Path

from graphql import (
    FragmentDefinitionNode,
    FragmentSpreadNode,
    Node,
    OperationDefinitionNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

CONTRACT = Path(__file__).parent / "contract" / "operations.graphql"
APP = Path(__file__).parents[1] / "frontend" / "src" / "gql" / "operations.graphql"


class _Spreads(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_rest: object) -> None:
        self.names.append(node.name.value)


def _spreads(node: Node) -> list[str]:
    seen = _Spreads()
    visit(node, seen)
    return seen.names


@lru_cache
def operations(source: Path = CONTRACT) -> dict[str, str]:
    """Every operation of a file as a document of its own."""
    definitions = parse(source.read_text(encoding="utf-8")).definitions
    fragments = {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}
    found = {}
    for definition in definitions:
        if isinstance(definition, OperationDefinitionNode) and definition.name:
            needed: dict[str, FragmentDefinitionNode] = {}
            waiting = _spreads(definition)
            while waiting:
                name = waiting.pop()
                if name not in needed:
                    needed[name] = fragments[name]
                    waiting += _spreads(fragments[name])
            found[definition.name.value] = "\n".join(map(print_ast, [definition, *needed.values()]))
    return found


def document(name_or_text: str) -> str:
    """The contract's operation of that name, or the text itself where it is a document."""
    return operations().get(name_or_text, name_or_text)
