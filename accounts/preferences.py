"""How a person likes to watch: languages of sound and subtitles, the looks of these, what plays by itself."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self

from accounts.errors import AccountError, AccountErrorCode

LANGUAGE_LENGTH = 35
LEAST_SIZE_PERCENT, GREATEST_SIZE_PERCENT = 50, 300

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}\Z")


class CaptionFont(StrEnum):
    """The kinds of letters that people are to have a choice of (47 CFR 79.102 (m) (6), after CEA-708)."""

    SANS = "SANS"
    SERIF = "SERIF"
    MONOSPACE = "MONOSPACE"
    MONOSPACE_SERIF = "MONOSPACE_SERIF"
    CASUAL = "CASUAL"
    SCRIPT = "SCRIPT"
    SMALL_CAPITALS = "SMALL_CAPITALS"


class CaptionEdge(StrEnum):
    """How letters stand out from the picture (47 CFR 79.102 (m) (9))."""

    NONE = "NONE"
    OUTLINE = "OUTLINE"
    SHADOW = "SHADOW"
    RAISED = "RAISED"
    DEPRESSED = "DEPRESSED"


@dataclass(frozen=True)
class CaptionStyle:
    """The looks of subtitles. Colours are `#rrggbb`; sizes and opacities per cent.

    The background stands behind each line, the window behind all of them.
    """

    font: CaptionFont = CaptionFont.SANS
    size_percent: int = 100
    color: str = "#ffffff"
    opacity_percent: int = 100
    edge: CaptionEdge = CaptionEdge.SHADOW
    background_color: str = "#000000"
    background_opacity_percent: int = 0
    window_color: str = "#000000"
    window_opacity_percent: int = 0

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """From what `stored_style` made. What is missing there is as it usually is; names of later versions are nothing."""
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in stored.items() if name in known}
        if "font" in values:
            values["font"] = CaptionFont(values["font"])
        if "edge" in values:
            values["edge"] = CaptionEdge(values["edge"])
        return cls(**values)


def stored_style(stored: Mapping[str, Any], changes: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is kept of a look: all that differs from the usual one, after `changes` to it. None: the usual look again.

    A change to None is one to what is usual. Raises AccountError INVALID for `captionStyle`.
    """
    if changes is None:
        return {}
    usual = asdict(CaptionStyle())
    wanted = {**asdict(CaptionStyle.of(stored)), **changes}
    wanted = {name: usual[name] if value is None else _checked(name, value) for name, value in wanted.items()}
    return {name: value for name, value in wanted.items() if value != usual[name]}


def language_tag(value: str, field: str) -> str:
    """A BCP 47 tag as it came. Raises AccountError INVALID for what cannot be one."""
    if not _LANGUAGE.match(value) or len(value) > LANGUAGE_LENGTH:
        raise AccountError(
            AccountErrorCode.INVALID, "Give the language as a short code, such as en or pt-BR.", field=field
        )
    return value


def _checked(name: str, value: Any) -> Any:
    if name.endswith("color"):
        if not _COLOR.match(value):
            raise _no_style("A colour is written as #ffcc00.")
        return value.lower()
    if name == "size_percent":
        return _percent(value, LEAST_SIZE_PERCENT, GREATEST_SIZE_PERCENT, "The size of subtitles")
    if name.endswith("percent"):
        return _percent(value, 0, 100, "An opacity")
    return str(value)


def _percent(value: int, least: int, most: int, what: str) -> int:
    if not least <= value <= most:
        raise _no_style(f"{what} is between {least} and {most} per cent.")
    return value


def _no_style(message: str) -> AccountError:
    return AccountError(AccountErrorCode.INVALID, message, field="captionStyle")
