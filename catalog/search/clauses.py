"""What the indexes of both databases are asked, and the part of a statement that asks them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Term:
    """A folded word to look for, or one that words begin with."""

    text: str
    begins: bool = False


Groups: TypeAlias = Sequence[Sequence[Term]]


@dataclass(frozen=True)
class Clause:
    """A condition with its values and an order; `index` is a table to be joined, where there is one."""

    where: str
    values: Sequence[Any]
    order: str = ""
    index: str = ""
