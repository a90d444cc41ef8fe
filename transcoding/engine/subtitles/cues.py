"""Cues: what every format is read as, and what alone is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from transcoding.engine.subtitles.faults import SubtitleFault, UnusableSubtitles

MAX_CUES = 100_000
# A screen of text is a tenth of it; the rest of a longer cue is left out.
MAX_CHARS = 2_000
MAX_LINES = 20
_MAX_PIECES = 2 * MAX_CHARS
# Raw text of one cue, markup and all, that is looked at.
MAX_RAW = 20_000
# Formats without hours to a bound are believed up to this; a film has at most twelve.
MAX_MS = 100 * 3600 * 1000

PLAIN: frozenset[str] = frozenset()
# Control characters, byte order marks and what is no character; tabs and line breaks are seen to before.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufff0-\uffff\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\u2028\u2029]")


@dataclass(frozen=True, slots=True, order=True)
class Cue:
    """Text from ``start`` to ``end``, in milliseconds of the film.

    ``text`` is a WebVTT payload that is safe as it stands: escaped, with no spans but b, i and u, and no
    empty line. ``top`` puts it at the upper edge.
    """

    start: int
    end: int
    text: str
    top: bool = False


@dataclass(slots=True)
class Payload:
    """The text of one cue as it is read: pieces with their styles, of "b", "i" and "u"."""

    top: bool = False
    _pieces: list[tuple[frozenset[str], str]] = field(default_factory=list)

    def add(self, text: str, styles: frozenset[str] = PLAIN) -> None:
        if len(self._pieces) < _MAX_PIECES:
            self._pieces.append((styles, text))

    def render(self) -> str:
        """The payload as ``Cue.text`` wants it; empty where nothing is left to show."""
        left = MAX_CHARS
        lines: list[str] = []
        for line in _lines(self._pieces):
            text = "".join(piece for _, piece in line)
            length = len(text.rstrip())
            indent = len(text) - len(text.lstrip())
            stop = min(length, indent + left)
            stop = indent + len(text[indent:stop].rstrip())
            if stop <= indent:
                continue
            lines.append(_line(_slice(line, indent, stop)))
            left -= stop - indent
            if len(lines) == MAX_LINES or left <= 0:
                break
        return "\n".join(lines)


def tidy(cues: Iterable[Cue], *, shift: int = 0, duration: int | None = None) -> tuple[Cue, ...]:
    """Those cues that show something between 0 and ``duration`` once ``shift`` is added, by their start.

    Milliseconds. Cues that end before they begin are dropped, as are repetitions (ASS draws a line several
    times for its outline). Raises UnusableSubtitles TOO_LARGE or EMPTY.
    """
    end = MAX_MS if duration is None else duration
    kept: set[Cue] = set()
    for number, cue in enumerate(cues):
        if number >= MAX_CUES:
            raise too_many()
        begins, ends = max(cue.start + shift, 0), min(cue.end + shift, end)
        if cue.text and cue.start < cue.end and begins < ends:
            kept.add(Cue(begins, ends, cue.text, cue.top))
    if not kept:
        raise UnusableSubtitles(
            SubtitleFault.EMPTY,
            "These subtitles show nothing during the film. Check that they are of this film, and their times.",
        )
    return tuple(sorted(kept))


def too_many() -> UnusableSubtitles:
    return UnusableSubtitles(
        SubtitleFault.TOO_LARGE, f"These subtitles have more than {MAX_CUES:,} lines. Cut them down."
    )


def _lines(pieces: list[tuple[frozenset[str], str]]) -> list[list[tuple[frozenset[str], str]]]:
    lines: list[list[tuple[frozenset[str], str]]] = [[]]
    for styles, raw in pieces:
        text = _CONTROL.sub("", _BREAKS.sub("\n", raw).replace("\t", " "))
        first, *rest = text.split("\n")
        lines[-1].append((styles, first))
        lines += [[(styles, part)] for part in rest]
    return lines


def _slice(line: list[tuple[frozenset[str], str]], start: int, stop: int) -> list[tuple[frozenset[str], str]]:
    cut = []
    at = 0
    for styles, text in line:
        part = text[max(0, start - at) : max(0, stop - at)]
        at += len(text)
        if part:
            cut.append((styles, part))
    return cut


def _line(line: list[tuple[frozenset[str], str]]) -> str:
    """One line with its spans, all of them closed at its end."""
    written: list[str] = []
    opened: list[str] = []
    for styles, parts in groupby(line, key=lambda piece: piece[0]):
        while not styles.issuperset(opened):
            written.append(f"</{opened.pop()}>")
        for style in sorted(styles.difference(opened)):
            opened.append(style)
            written.append(f"<{style}>")
        written.append(_escape("".join(text for _, text in parts)))
    written += [f"</{style}>" for style in reversed(opened)]
    return "".join(written)


def _escape(text: str) -> str:
    # The three that WebVTT's cue text gives a meaning (W3C WebVTT, 4.2.2); ">" also cannot make an arrow then.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
