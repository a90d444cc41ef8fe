"""Search behind one interface: what is looked in (`searchable`), what is found and in which order (`find`).

Text is folded before it is stored and before it is looked for: compatibility forms taken apart (NFKD),
marks dropped, case folded, everything that is no letter or figure a space. So "Amelie" finds "Amélie".

On PostgreSQL an index of trigrams (pg_trgm) finds what holds a word of three letters or more, and full-text
search says where words begin. Each database answers the same for the same library.
"""

import unicodedata
from collections.abc import Iterable

from django.db import connections
from django.db.models import BooleanField, Case, F, Func, IntegerField, Q, QuerySet, Value, When

from catalog.models import Title

MAX_LENGTH = 100
MAX_WORDS = 8
# Fields of the order of what `find` answers; the last one is unique.
ORDER = ("place", "folded_name", "id")


def fold(text: str) -> str:
    """`text` for comparing: without case, accents, punctuation; words separated by one space."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = (
        "" if unicodedata.combining(letter) else letter if letter.isalnum() else " "
        for letter in unicodedata.normalize("NFKD", plain)
    )
    # An apostrophe inside a word would part "don't" into two.
    return " ".join("".join(kept).split())


def searchable(names: Iterable[str]) -> str:
    """What search looks in for a title: each name folded, one a line, each line framed by spaces."""
    lines = dict.fromkeys(fold(name) for name in names if name)
    return "\n".join(f" {line} " for line in lines if line)


class _BeginsWords(Func):
    """Whether words of a folded text begin so: `_BeginsWords(F(text), Value(query))`, in PostgreSQL's full-text search.

    By no configuration: those know languages, addresses and numbers, and would take a folded text apart in
    ways that nobody expects.
    """

    template = "array_to_tsvector(string_to_array(%(expressions)s AS tsquery)"
    arg_joiner = ", ' ')) @@ CAST("
    arity = 2
    output_field = BooleanField()


def find(rows: "QuerySet[Title]", text: str) -> "QuerySet[Title]":
    """Those of `rows` in which every word of `text` occurs, annotated with `place`, the smaller the better.

    Names that begin so come first, then names with such words in a row, then those in which each begins a
    word, then those that hold it, then the rest (people, genres, original names). Nothing but punctuation
    finds nothing. Longer texts are cut.
    """
    folded = fold(text[:MAX_LENGTH])
    words = folded.split()[:MAX_WORDS]
    if not words:
        return rows.annotate(place=Value(0, output_field=IntegerField())).none()
    every = Q()
    for word in words:
        rows = rows.filter(search_text__contains=word)
        every &= Q(folded_name__contains=word)
    return rows.annotate(
        place=Case(
            When(folded_name=folded, then=Value(0)),
            When(folded_name__startswith=folded, then=Value(1)),
            When(folded_name__contains=f" {folded}", then=Value(2)),
            When(_each_begins_a_word(words, connections[rows.db].vendor), then=Value(3)),
            When(every, then=Value(4)),
            When(search_text__contains=f" {folded}", then=Value(5)),
            default=Value(6),
            output_field=IntegerField(),
        )
    )


def _each_begins_a_word(words: Iterable[str], vendor: str) -> Q | _BeginsWords:
    """Whether each of the words begins a word of the name."""
    if vendor == "postgresql":
        # Folded words are letters and figures: there is nothing in them to escape.
        query = " & ".join(f"'{word}':*" for word in words)
        return _BeginsWords(F("folded_name"), Value(query))
    every = Q()
    for word in words:
        every &= Q(folded_name__startswith=word) | Q(folded_name__contains=f" {word}")
    return every
