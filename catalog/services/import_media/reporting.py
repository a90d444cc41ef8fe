"""What an import did, or would do."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from catalog.importing.reasons import LeftOut
from catalog.importing.wording import shown


class Action(StrEnum):
    """What becomes of a file."""

    MAKE = "make"
    ADD = "add"
    CHANGE = "change"
    RENAME = "rename"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Line:
    """One file and what becomes of it: `what` is the title, the episode, the language of subtitles, the kind of picture."""

    action: Action
    kind: str
    what: str
    path: str


@dataclass(slots=True)
class Report:
    """`lines` are in the order of the titles; `notes` are sentences about files that were taken nevertheless."""

    lines: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    titles_made: int = 0
    titles_extended: int = 0
    films_queued: int = 0
    films_unchanged: int = 0
    bytes_taken: int = 0
    subtitles: int = 0
    pictures: int = 0
    is_dry_run: bool = False
    is_stopped: bool = False
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """All of it; paths as they are shown."""
        values = asdict(self)
        for row in (*values["lines"], *values["left_out"]):
            row["path"] = shown(row["path"])
        values["vanished"] = [shown(path) for path in self.vanished]
        return values
