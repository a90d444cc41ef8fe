"""How a cell of the matrix is written, and how it is compared with what happened."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.matrix.world import PEOPLE, World

#: What a mutation did without an error, or a query showed.
OK = "may"
#: A query that shows nothing, without saying why.
NOTHING = "sees nothing"

Given = Callable[[World], dict[str, Any]]
Shown = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True)
class Row:
    """One thing to ask for: a document, its variables, and for each of PEOPLE what comes of it.

    A cell is OK, NOTHING, the code of the error that it ends with, or what `shown` finds in the answer. `expected` has
    them in the order of PEOPLE. Where `changes` is false, a mutation that ends well leaves the rows as they are.
    """

    operation: str
    what: str
    given: Given
    expected: tuple[Any, ...]
    shown: Shown | None = None
    changes: bool = True

    def __post_init__(self) -> None:
        if len(self.expected) != len(PEOPLE):
            raise ValueError(f"{self.operation} ({self.what}) needs {len(PEOPLE)} cells")

    def outcome(self, answer: dict[str, Any]) -> Any:
        """What an answer amounts to, as a cell says it."""
        for error in answer.get("errors", []):
            return error["extensions"]["code"]
        data = answer["data"]
        found = self.shown(data) if self.shown else next(iter(data.values()))
        if isinstance(found, dict) and "errors" in found:
            return found["errors"][0]["code"] if found["errors"] else OK
        if self.shown is None:
            return OK if found else NOTHING
        return found if found else NOTHING


# Columns: nobody, owner, other adult, child, stranger, operator.
UNKNOWN, CLOSED, ABSENT = "UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND"

EVERYBODY = (OK,) * 6
SIGNED_IN = (UNKNOWN, OK, OK, OK, OK, OK)
ADULTS = (UNKNOWN, OK, OK, ABSENT, OK, OK)
#: What only those see who run the library, and others are told does not exist.
UNSEEN = (UNKNOWN, ABSENT, ABSENT, ABSENT, ABSENT, OK)
OPERATORS = (UNKNOWN, CLOSED, CLOSED, CLOSED, CLOSED, OK)
#: Of Olive's household, by its adults.
HOUSEHOLD = (UNKNOWN, OK, OK, CLOSED, ABSENT, ABSENT)
