"""NFO files as media centres write them: what they say of a film, a series or episodes.

They come from anywhere. Read with expat inside an element of ours, so that a document type, and with it an entity,
is an error before it is anything; with limits on bytes, depth and elements.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from catalog.importing.wording import paragraphs, tidy

MAX_BYTES = 2 * 1024 * 1024
_MAX_DEPTH = 20
_MAX_ELEMENTS = 50_000
_MAX_TEXT = 20_000
_MOST_CREDITS = 100
_MOST_GENRES = 12
_ROOTS = {"movie": "movie", "video": "movie", "tvshow": "series", "episodedetails": "episode"}
_ADDRESS = re.compile(r"https?://\S{4,2000}")
_BARE_AND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")
_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}encoding=["']([A-Za-z0-9._-]{1,40})["']""")
# As the MPA words it: Rated PG-13 for peril.
_RATED = re.compile(r"\Arated\s+(\S+)", re.IGNORECASE)
_GERMAN = frozenset({"de", "germany", "deutschland"})


class UnreadableNfo(Exception):
    """`args[0]` is a sentence for people."""


@dataclass(frozen=True, slots=True)
class NfoCredit:
    person: str
    role: str
    character: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What an NFO says. `kind` is movie, series or episode; `ratings` are candidates, the likeliest first."""

    kind: str
    name: str = ""
    original_name: str = ""
    year: int | None = None
    synopsis: str = ""
    ratings: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    credits: tuple[NfoCredit, ...] = ()
    season: int | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Nfo:
    """`facts` are several for a file of several episodes, none where it only holds web addresses."""

    facts: tuple[Facts, ...] = ()
    has_address: bool = False


@dataclass(slots=True)
class _Element:
    name: str
    text: list[str] = field(default_factory=list)
    children: list["_Element"] = field(default_factory=list)


def read_nfo(data: bytes) -> Nfo:
    """What an NFO says. Raises UnreadableNfo."""
    if len(data) > MAX_BYTES:
        raise UnreadableNfo("This NFO is larger than 2 MB, which none is.")
    text = _decoded(data)
    has_address = bool(_ADDRESS.search(text))
    if "<" not in text:
        if has_address:
            return Nfo(has_address=True)
        raise UnreadableNfo("This NFO is neither XML nor a web address.")
    roots = [child for child in _tree(text).children if child.name in _ROOTS]
    if not roots:
        raise UnreadableNfo("This NFO is about none of film, series and episode.")
    return Nfo(tuple(map(_facts, roots)), has_address)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    declared = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf").lstrip())
    for name in ("utf-8-sig", declared[1].decode("ascii") if declared else "cp1252", "cp1252"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")


def _tree(text: str) -> _Element:
    top = _Element("")
    opened = [top]
    counted = 0

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal counted
        counted += 1
        if counted > _MAX_ELEMENTS or len(opened) > _MAX_DEPTH:
            raise UnreadableNfo("This NFO has more in it than is read.")
        element = _Element(name.lower())
        opened[-1].children.append(element)
        opened.append(element)

    def refuse(*_facts: object) -> None:
        raise UnreadableNfo("This NFO has a document type in it, which is not read.")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: opened.pop()
    parser.CharacterDataHandler = lambda part: opened[-1].text.append(part)
    parser.StartDoctypeDeclHandler = refuse
    # An address may stand behind the XML, and several episodes one behind the other: all of it inside of one element.
    inner = _BARE_AND.sub("&amp;", _NO_TEXT.sub("", _DECLARATION.sub("", text)))
    try:
        parser.Parse(f"<nfo>{inner}</nfo>".encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise UnreadableNfo(f"This NFO is not well-formed XML (line {error.lineno}).") from error
    return top.children[0]


def _facts(root: _Element) -> Facts:
    return Facts(
        kind=_ROOTS[root.name],
        name=tidy(_first(root, "title"), 200),
        original_name=tidy(_first(root, "originaltitle"), 200),
        year=_year(root),
        synopsis=paragraphs(_first(root, "plot") or _first(root, "outline"), 5000),
        ratings=_ratings(root),
        genres=_genres(root),
        credits=_credits(root),
        season=_number(_first(root, "season")),
        number=_number(_first(root, "episode")),
    )


def _text(element: _Element) -> str:
    return "".join(element.text)[:_MAX_TEXT].strip()


def _all(root: _Element, name: str) -> list[str]:
    return [text for child in root.children if child.name == name and (text := _text(child))]


def _first(root: _Element, name: str) -> str:
    found = _all(root, name)
    return found[0] if found else ""


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,4}", text, re.ASCII) else None


def _year(root: _Element) -> int | None:
    for name in ("year", "premiered", "releasedate", "aired"):
        year = _number(_first(root, name)[:4])
        if year is not None and 1870 <= year <= 2200:
            return year
    return None


def _genres(root: _Element) -> tuple[str, ...]:
    parts = (part for text in _all(root, "genre") for part in re.split(r"[/|,]", text))
    named = {plain.casefold(): plain for part in parts if (plain := tidy(part, 60))}
    return tuple(named.values())[:_MOST_GENRES]


def _ratings(root: _Element) -> tuple[str, ...]:
    found: list[str] = []
    for text in (*_all(root, "mpaa"), *_all(root, "certification")):
        for part in re.split(r"[/|]", text):
            country, colon, rating = part.strip().rpartition(":")
            rated = _RATED.match(rating.strip())
            plain = tidy(rated[1] if rated else rating, 10)
            if colon and country.casefold() in _GERMAN and plain.isdecimal():
                plain = f"FSK {plain}"
            if plain:
                found.append(plain)
    return tuple(dict.fromkeys(found))


def _credits(root: _Element) -> tuple[NfoCredit, ...]:
    lines = [NfoCredit(tidy(name, 120), "Director") for name in _all(root, "director")]
    lines += [NfoCredit(tidy(name, 120), "Writer") for name in _all(root, "credits")]
    for actor in root.children:
        if actor.name == "actor":
            lines.append(
                NfoCredit(tidy(_first(actor, "name"), 120), "Actor", tidy(_first(actor, "role"), 120))
            )
    return tuple(dict.fromkeys(line for line in lines if line.person))[:_MOST_CREDITS]
