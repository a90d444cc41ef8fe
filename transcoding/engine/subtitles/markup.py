"""Tags as SRT and WebVTT write them, reduced to the three styles; everything else of them goes."""

from __future__ import annotations

import html
import re

from transcoding.engine.subtitles.cues import MAX_RAW, Payload

# A tag begins with a letter, or is a time stamp of karaoke; "a < b" and "<3" are text. Bounded, so that a
# file of unclosed brackets is read in linear time.
_TAG = re.compile(r"<(/?)([A-Za-z!?][^<>]{0,500}|\d[\d:.]{2,30})?>")
_NAME = re.compile(r"[A-Za-z0-9]+")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_STYLES = {"b": "b", "strong": "b", "i": "i", "em": "i", "u": "u"}
_SILENT = frozenset({"script", "style"})


def add_marked_up(payload: Payload, text: str) -> None:
    """Add ``text`` with its b, i and u; other tags lose their brackets, scripts and styles their content too."""
    text = text[:MAX_RAW]
    depth = dict.fromkeys("biu", 0)
    silent = 0
    at = 0

    def add(part: str) -> None:
        if part and not silent:
            payload.add(unescape(part), frozenset(style for style, count in depth.items() if count))

    for match in _TAG.finditer(text):
        add(text[at : match.start()])
        at = match.end()
        closes = bool(match[1])
        found = _NAME.match(match[2] or "")
        name = found[0].lower() if found else ""
        if name in _SILENT:
            silent = max(0, silent + (-1 if closes else 1))
        elif name in _STYLES:
            style = _STYLES[name]
            depth[style] = max(0, depth[style] + (-1 if closes else 1))
        elif name == "br":
            add("\n")
        elif name == "rt":
            # The reading of a Chinese character stands above it; in a line of text, behind it.
            add(")" if closes else "(")
    add(text[at:])


def unescape(text: str) -> str:
    """Character references as characters; only those that are closed, which ``html.unescape`` does not ask for."""
    return _REFERENCE.sub(lambda match: html.unescape(match[0]), text)
