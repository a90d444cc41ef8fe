"""What search looks in for each title, gathered from its rows."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from uuid import UUID

from catalog.models import AlternativeName, Credit, SearchDocument, Title
from catalog.search.folding import MAX_WORD, fold, is_unspaced, pairs

_SHORTEST_WORD = 2
# Longer words have no slips, and longer names are not found written as one word.
_LONGEST_WORD = 24
_LONGEST_NAME = 400
_APOSTROPHE = re.compile(r"\w+(?:['’]\w+)+")
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Words:
    """The words of one title as people wrote them; `names` begins with its own name. `folded_name` is its row's."""

    title_id: UUID
    names: tuple[str, ...]
    others: tuple[str, ...]
    available_from: datetime
    folded_name: str

    def document(self) -> SearchDocument:
        """An unsaved row."""
        lines = list(dict.fromkeys(filter(None, map(_line, self.names))))
        own = _line(self.names[0])
        return SearchDocument(
            title_id=self.title_id,
            name=own,
            names=_text(lines, _as_typed(lines, self.names)),
            others=_text(list(dict.fromkeys(filter(None, map(_line, self.others)))), ()),
            start_1=own[:1],
            start_2=own[:2],
            start_3=own[:3],
            weight=(self.available_from.astimezone(UTC).date() - _EPOCH).days,
        )


@lru_cache(maxsize=65536)
def _line(text: str) -> str:
    folded = fold(text)[:_LONGEST_NAME].strip()
    return " ".join(word[:MAX_WORD] for word in folded.split(" "))


def _as_typed(lines: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """Words that nobody sees but people type: "spiderman" for "Spider-Man", "dont" for "Don't"."""
    for line in lines:
        if " " in line and len(line) <= _LONGEST_WORD:
            yield line.replace(" ", "")
    for name in names:
        for word in _APOSTROPHE.findall(name):
            yield fold(word).replace(" ", "")[:MAX_WORD]


def _text(lines: "list[str]", more: Iterable[str]) -> str:
    """The lines; behind a plus, as the last one, what is indexed and not compared."""
    hidden = dict.fromkeys(more)
    for line in lines:
        if not line.isascii():
            for word in filter(is_unspaced, line.split(" ")):
                hidden.update(dict.fromkeys(pairs(word)))
    hidden.pop("", None)
    return "\n".join([*lines, f"+ {' '.join(hidden)}"] if hidden else lines)


def words_to_slip(document: SearchDocument) -> set[str]:
    """Those words of a document that may be meant where another one is typed."""
    return set().union(
        *(_slippery(line) for text in (document.names, document.others) for line in text.split("\n"))
    )


@lru_cache(maxsize=65536)
def _slippery(line: str) -> frozenset[str]:
    if line.startswith("+ "):
        return frozenset()
    return frozenset(
        word
        for word in line.split(" ")
        if _SHORTEST_WORD <= len(word) <= _LONGEST_WORD and not word.isdigit() and not is_unspaced(word)
    )


def gather(title_ids: Collection[UUID]) -> list[Words]:
    """The words of these titles, in no order; a handful of statements for all of them."""
    names, others = defaultdict[UUID, list[str]](list), defaultdict[UUID, list[str]](list)
    alternative = AlternativeName.objects.filter(title__in=title_ids).order_by("position", "id")
    for key, name in alternative.values_list("title_id", "name"):
        names[key].append(name)
    people = Credit.objects.filter(title_id__in=title_ids).order_by("position", "id")
    for key, person, character in people.values_list("title_id", "person__name", "character"):
        others[key] += [person, character]
    for groups, field in ((Title.genres, "genre"), (Title.tags, "tag")):
        members = groups.through.objects.filter(title__in=title_ids).order_by(f"{field}__name")
        for key, name, translated in members.values_list("title_id", f"{field}__name", f"{field}__names"):
            others[key] += [name, *translated.values()]
    rows = Title.objects.filter(pk__in=title_ids).order_by()
    return [
        Words(
            key,
            (name, original, *translated.values(), *names[key]),
            tuple(others[key]),
            available_from,
            folded,
        )
        for key, name, original, translated, available_from, folded in rows.values_list(
            "id", "name", "original_name", "names", "available_from", "folded_name"
        )
    ]
