"""Advanced SubStation Alpha and its elder, SSA."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transcoding.engine.subtitles.clock import clock
from transcoding.engine.subtitles.cues import MAX_RAW, PLAIN, Cue, Payload

_EVENT = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_MAX_FIELDS = 50
_BLOCK = re.compile(r"\{([^{}]*)\}")
_OVERRIDE = re.compile(
    r"\\\s*(?:(?P<place>pos|move)\s*\((?P<at>[^()]{0,80})\)|(?P<align>an?)\s*(?P<number>\d{1,2})"
    r"|(?P<name>[pbiu])(?P<value>\d{1,4})?(?![A-Za-z])|(?P<reset>r))",
    re.ASCII,
)
_DEFAULT_HEIGHT = 288.0


@dataclass(frozen=True, slots=True)
class _Style:
    """What of a style has a meaning beyond its looks."""

    top: bool = False
    italic: bool = False


def read_ass(text: str) -> Iterator[Cue]:
    """The cues of an ASS or SSA file. Comments and drawings are no text; of positions only the top is kept."""
    section = ""
    fields: tuple[str, ...] = ()
    styles: dict[str, _Style] = {}
    height = _DEFAULT_HEIGHT
    for raw in text.split("\n"):
        line = raw.strip()
        if line.startswith("["):
            section, fields = line.lower(), (_EVENT if "events" in line.lower() else ())
            continue
        key, colon, value = line.partition(":")
        key = key.lower()
        if not colon:
            continue
        if key == "format":
            fields = tuple(name.strip().lower() for name in value.split(",")[:_MAX_FIELDS])
        elif key == "playresy":
            height = _number(value) or _DEFAULT_HEIGHT
        elif key == "style" and "style" in section and len(styles) < 10_000:
            row = dict(zip(fields, (cell.strip() for cell in value.split(",")), strict=False))
            styles[row.get("name", "")] = _style(row, legacy="+" not in section)
        elif key == "dialogue" and "text" in fields:
            cells = value.split(",", len(fields) - 1)
            event = dict(zip(fields, cells, strict=False))
            start, end = clock(event.get("start", "")), clock(event.get("end", ""))
            if start is not None and end is not None:
                style = styles.get(event.get("style", "").strip().lstrip("*"), _Style())
                payload = _payload(event.get("text", "")[:MAX_RAW], style, height)
                yield Cue(start, end, payload.render(), payload.top)


def _style(row: dict[str, str], *, legacy: bool) -> _Style:
    number = int(_number(row.get("alignment", "")))
    return _Style(
        top=5 <= number <= 7 if legacy else 7 <= number <= 9, italic=row.get("italic", "0") not in ("0", "")
    )


def _payload(text: str, style: _Style, height: float) -> Payload:
    payload = Payload(top=style.top)
    first = frozenset("i") if style.italic else PLAIN
    styles = first
    drawing = False
    at = 0
    for block in _BLOCK.finditer(text):
        if not drawing:
            payload.add(_plain(text[at : block.start()]), styles)
        at = block.end()
        for tag in _OVERRIDE.finditer(block[1]):
            if tag["reset"]:
                styles = first
            elif tag["align"]:
                number = int(tag["number"])
                payload.top = 7 <= number <= 9 if tag["align"] == "an" else 5 <= number <= 7
            elif tag["place"]:
                numbers = [_number(cell) for cell in tag["at"].split(",")]
                payload.top = len(numbers) > 1 and numbers[1] < height / 3
            elif tag["name"] == "p":
                drawing = int(tag["value"] or 0) > 0
            elif tag["value"] is None:
                styles = styles - {tag["name"]} | (first & {tag["name"]})
            elif int(tag["value"]):
                styles = styles | {tag["name"]}
            else:
                styles = styles - {tag["name"]}
    if not drawing:
        payload.add(_plain(text[at:]), styles)
    return payload


def _plain(text: str) -> str:
    return text.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", "\u00a0")


def _number(text: str) -> float:
    match = re.match(r"\s*(-?\d{1,6}(?:\.\d{1,6})?)", text, re.ASCII)
    return float(match[1]) if match else 0.0
