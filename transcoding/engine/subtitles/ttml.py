"""Timed Text Markup Language (W3C TTML1 and 2, its profiles for broadcast and streaming)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

# Safe as it is used here: a document type is refused before an entity can be declared, so there is
# nothing to expand and nothing outside to fetch; expat reads on without recursion.
from xml.parsers import expat

from transcoding.engine.subtitles.cues import MAX_CUES, MAX_MS, MAX_RAW, Cue, Payload, too_many
from transcoding.engine.subtitles.faults import not_subtitles

_MAX_DEPTH = 60
# Spans and breaks beside the cues themselves.
_MAX_ELEMENTS = 4 * MAX_CUES
_MAX_NAMES = 10_000
_CLOCK = re.compile(r"(\d{2,4}):(\d\d):(\d\d)(?:\.(\d{1,9})|:(\d{1,4})(?:\.(\d{1,4}))?)?", re.ASCII)
_OFFSET = re.compile(r"(\d{1,12})(?:\.(\d{1,9}))?(h|m|s|ms|f|t)", re.ASCII)
_UNITS = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000)}
_SPACE = re.compile(r"\s+")
# Where samples of a track were written one behind the other.
_DOCUMENTS = re.compile(r"(?<=tt>)\s*(?=<\?xml|<(?:[A-Za-z]\w{0,20}:)?tt[\s>])")
# The attributes that make an element differ from the one it stands in.
_TELLING = frozenset({"begin", "end", "dur", "region", "style", "fontWeight", "fontStyle", "textDecoration"})
_SHOWN = frozenset({"p", "span"})


@dataclass(frozen=True, slots=True)
class _Look:
    """What of a style is kept; None is inherited."""

    bold: bool | None = None
    italic: bool | None = None
    underlined: bool | None = None

    def over(self, other: _Look) -> _Look:
        return _Look(
            other.bold if self.bold is None else self.bold,
            other.italic if self.italic is None else self.italic,
            other.underlined if self.underlined is None else self.underlined,
        )

    @property
    def styles(self) -> frozenset[str]:
        marked = zip("biu", (self.bold, self.italic, self.underlined), strict=True)
        return frozenset(style for style, on in marked if on)


@dataclass(frozen=True, slots=True)
class _Element:
    """An open element: where it is on the clock, in seconds, and how its text looks."""

    name: str = ""
    start: Fraction = Fraction(0)
    end: Fraction = Fraction(MAX_MS, 1000)
    look: _Look = _Look()
    top: bool = False
    timed: bool = False


@dataclass(slots=True)
class _Reader:
    """Takes expat's events."""

    elements: int = 0
    opened: list[_Element] = field(default_factory=list)
    # By the stretch of time that they are shown in, for the paragraph that is read.
    payloads: dict[tuple[Fraction, Fraction], Payload] = field(default_factory=dict)
    cues: list[Cue] = field(default_factory=list)
    looks: dict[str, _Look] = field(default_factory=dict)
    tops: set[str] = field(default_factory=set)
    region: str = ""
    frame_rate: Fraction = Fraction(30)
    tick_rate: Fraction = Fraction(1)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if len(self.opened) >= _MAX_DEPTH or self.elements > _MAX_ELEMENTS:
            raise not_subtitles() if self.elements <= _MAX_ELEMENTS else too_many()
        name = tag.rpartition(" ")[2].lower()
        values = {key.rpartition(" ")[2]: value[:200] for key, value in attributes.items()}
        if name == "tt":
            self._rates(values)
        elif name == "style":
            self._style(values)
        elif name == "region":
            self.region = values.get("id", "")
            self._region(values)
        elif name == "br" and self.opened:
            self._text("\n")
        self.opened.append(self._element(name, values))

    def end(self, _tag: str) -> None:
        closed = self.opened.pop()
        if closed.name == "region":
            self.region = ""
        elif closed.name == "p":
            self.flush()

    def text(self, text: str) -> None:
        if self.opened and self.opened[-1].name in _SHOWN:
            self._text(_SPACE.sub(" ", text))

    def flush(self) -> None:
        for (start, end), payload in self.payloads.items():
            self.cues.append(Cue(round(start * 1000), round(end * 1000), payload.render(), payload.top))
        self.payloads.clear()
        if len(self.cues) > MAX_CUES:
            raise too_many()

    def _text(self, text: str) -> None:
        at = self.opened[-1]
        if at.timed and at.name in _SHOWN:
            payload = self.payloads.setdefault((at.start, at.end), Payload(top=at.top))
            payload.add(text[:MAX_RAW], at.look.styles)

    def _rates(self, values: dict[str, str]) -> None:
        rate = _whole(values.get("frameRate", ""))
        numerator, _, denominator = values.get("frameRateMultiplier", "1 1").partition(" ")
        over, under = _whole(numerator), _whole(denominator)
        multiplier = Fraction(over, under) if over and under else Fraction(1)
        self.frame_rate = Fraction(rate or 30) * multiplier
        # Ticks are of frames where nothing is said but a frame rate (TTML2, 7.2.11).
        self.tick_rate = Fraction(_whole(values.get("tickRate", "")) or 0) or (
            self.frame_rate if rate else Fraction(1)
        )

    def _style(self, values: dict[str, str]) -> None:
        look = self._look(values)
        if self.region:
            self._region({**values, "id": self.region})
        elif len(self.looks) < _MAX_NAMES:
            self.looks[values.get("id", "")] = look

    def _region(self, values: dict[str, str]) -> None:
        origin = re.match(r"\S{1,20}\s+(\d{1,3})(?:\.\d{1,9})?%", values.get("origin", ""), re.ASCII)
        extent = re.match(r"\S{1,20}\s+(\d{1,3})(?:\.\d{1,9})?%", values.get("extent", ""), re.ASCII)
        above = origin is not None and int(origin[1]) < 40 and (extent is None or int(extent[1]) < 50)
        before = values.get("displayAlign") == "before" and (origin is None or int(origin[1]) < 40)
        if len(self.tops) < _MAX_NAMES:
            if values.get("displayAlign") == "after" and not (above and extent is not None):
                self.tops.discard(values.get("id", ""))
            elif above or before:
                self.tops.add(values.get("id", ""))

    def _look(self, values: dict[str, str]) -> _Look:
        look = _Look(
            bold=_is(values.get("fontWeight"), "bold"),
            italic=_is(values.get("fontStyle"), "italic", "oblique"),
            underlined=_is(values.get("textDecoration"), "underline"),
        )
        for name in values.get("style", "").split():
            look = look.over(self.looks.get(name, _Look()))
        return look

    def _element(self, name: str, values: dict[str, str]) -> _Element:
        parent = self.opened[-1] if self.opened else _Element()
        if not _TELLING.intersection(values):
            return parent if parent.name == name else replace(parent, name=name)
        begin, end, length = (self._time(values.get(key, "")) for key in ("begin", "end", "dur"))
        start = parent.start + (begin or 0)
        ends = [parent.end]
        if end is not None:
            ends.append(parent.start + end)
        if length is not None:
            ends.append(start + length)
        return replace(
            parent,
            name=name,
            start=start,
            end=min(ends),
            look=self._look(values).over(parent.look),
            top=values["region"] in self.tops if "region" in values else parent.top,
            # Without an end anywhere, text would stand for ever.
            timed=parent.timed or end is not None or length is not None,
        )

    def _time(self, text: str) -> Fraction | None:
        match = _CLOCK.fullmatch(text)
        if match:
            whole = Fraction((int(match[1]) * 60 + int(match[2])) * 60 + int(match[3]))
            if match[4]:
                return whole + Fraction(int(match[4]), 10 ** len(match[4]))
            return whole + int(match[5] or 0) / self.frame_rate
        match = _OFFSET.fullmatch(text)
        if match is None:
            return None
        number = int(match[1]) + (Fraction(int(match[2]), 10 ** len(match[2])) if match[2] else Fraction(0))
        if match[3] == "f":
            return number / self.frame_rate
        if match[3] == "t":
            return number / self.tick_rate
        return number * _UNITS[match[3]]


def read_ttml(text: str) -> Iterator[Cue]:
    """The cues of one or more TTML documents. Raises UnusableSubtitles for what is no such XML."""
    elements = 0
    for document in _DOCUMENTS.split(text):
        reader = _Reader(elements)
        parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        parser.StartElementHandler = reader.start
        parser.EndElementHandler = reader.end
        parser.CharacterDataHandler = reader.text
        parser.StartDoctypeDeclHandler = _refuse
        parser.buffer_text = True
        try:
            parser.Parse(document.strip().encode("utf-8", "replace"), True)
        except expat.ExpatError as error:
            raise not_subtitles() from error
        yield from reader.cues
        # Each document costs what some dozens of elements do.
        elements = reader.elements + 40


def _refuse(*_: object) -> None:
    raise not_subtitles()


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 0


def _is(value: str | None, *names: str) -> bool | None:
    return None if value is None else value in names
