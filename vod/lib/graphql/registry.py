"""How an upper app adds to a lower app's types without the lower one knowing.

`extend` collects while the apps' modules are imported; `join` applies it all, once, before the schema is
built (in `vod/schema.py`). `register_node` names who answers `node(id:)` for a type.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from graphene import Field
from graphene.types.utils import get_field_as

_fields: list[tuple[tuple[Any, ...], str, Any, Callable[..., Any]]] = []
_nodes: dict[str, Callable[[Any, UUID], Any]] = {}


def extend(*types: Any, name: str, field: Any, resolver: Callable[..., Any]) -> None:
    """Adds `field` (an unmounted or mounted graphene field) as `name` to each of `types`.

    An interface's implementations have to be named too: graphene copies fields when a class is made.
    """
    _fields.append((types, name, field, resolver))


def join() -> None:
    """Puts all collected fields into their types."""
    while _fields:
        types, name, field, resolver = _fields.pop(0)
        for kind in types:
            kind._meta.fields[name] = get_field_as(field, _as=Field)
            setattr(kind, f"resolve_{name}", staticmethod(resolver))


def register_node(type_name: str, getter: Callable[[Any, UUID], Any]) -> None:
    """`getter(info, key)` answers the row that the asker may see, or None."""
    _nodes[type_name] = getter


def node_getter(type_name: str) -> Callable[[Any, UUID], Any] | None:
    return _nodes.get(type_name)
