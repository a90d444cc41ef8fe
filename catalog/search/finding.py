"""From a text to the titles that are meant, the best first.

Indexes answer candidates: names that begin so, then names with such words, then people and genres, then what may have
been meant. Each step is taken only while there are few, and looks at those titles alone that may be seen. Some
hundreds at most are then put in order.
"""

from collections.abc import Collection, Iterator, Sequence

from django.db.models import QuerySet

from catalog.models import Title
from catalog.search.asking import Asked
from catalog.search.clauses import Clause, Groups, Term
from catalog.search.folding import MAX_WORD, asked_slips, is_unspaced, slip_distance
from catalog.search.looking import Library
from catalog.search.ranking import Candidate, Rank, rank, slips_allowed

# So many titles at most are an answer, and `totalCount` counts no further.
MOST = 100
# Where so many are found, nobody is taken to have meant something else,
_ENOUGH = 40
# and for a letter or two so many names are enough to leave people and genres alone.
_ENOUGH_NAMES = 40
_MOST_MEANT = 24
# Of so many words at most each is looked for inside of others.
_MOST_INSIDE = 2
_WORDS_LOOKED_AT = 3000
_SHORTEST_PART = 3
_FEWEST_AT_ONCE = 20
_MOST_JOINED = 24
_LAST_LETTER = chr(0x10FFFF)


def find(rows: "QuerySet[Title]", text: str) -> list[Rank]:
    """The ranks of those of `rows` that are meant by `text`, the best first; MOST of them at most.

    Nothing but punctuation finds nothing. The same rows and index give the same answer on each database.
    """
    asked = Asked.of(text)
    if not asked.words:
        return []
    found = _Finding(rows, asked)
    found.gather()
    meant = found.meant if found.is_wide else None
    return sorted(rank(asked, meant, candidate) for candidate in found.candidates.values())[:MOST]


class _Finding:
    """One search: the candidates so far."""

    def __init__(self, rows: "QuerySet[Title]", asked: Asked) -> None:
        self._asked = asked
        self._library = Library(rows)
        self.candidates: dict[str, Candidate] = {}
        self.meant: dict[str, list[str]] = {}
        self.is_wide = False

    def gather(self) -> None:
        asked = self._asked
        self._gather_beginning()
        begun = len(self.candidates)
        groups = [[Term(token, begins=True)] for token in asked.tokens]
        alternatives: list[Groups] = [groups]
        if len(groups) > 1 and len(asked.joined) <= _MOST_JOINED:
            alternatives.append([[Term(asked.joined, begins=True)]])
        if len(self.candidates) < MOST:
            self._add_with(alternatives, names_only=True)
        if len(self.candidates) < (_ENOUGH_NAMES if len(asked.text) < _SHORTEST_PART else MOST):
            self._add_with(alternatives, names_only=False)
        # Who has typed half a name without a slip means that name, and several words are what costs most to guess at.
        is_sure = begun > 0 and len(asked.words) > 1
        if len(self.candidates) < _ENOUGH and len(asked.joined) >= _SHORTEST_PART and not is_sure:
            self._gather_meant(groups)

    def _gather_meant(self, groups: list[list[Term]]) -> None:
        """Candidates that have the words which may have been meant, then those whose name may have been."""
        self.is_wide = True
        self.meant = self._words_meant()
        inside = self._words_around()
        wider = [
            [*group, *(Term(word) for word in {*self.meant.get(token, ()), *inside.get(token, ())} - {token})]
            for token, group in zip(self._asked.tokens, groups, strict=True)
        ]
        parted = self._parted_otherwise(wider)
        if parted or any(len(group) > 1 for group in wider):
            self._add_with([wider, *parted], names_only=True)
            if len(self.candidates) < MOST:
                self._add_with([wider], names_only=False)
        fewer = _with_fewer(self._asked, groups)
        if fewer:
            length = len(self._asked.text)
            found = self._library.index.documents_with(fewer, names_only=True)
            near = "length(catalog_searchdocument.name) BETWEEN %s AND %s"
            self._add(
                Clause(
                    f"{found.where} AND {near}",
                    [*found.values, length - 1, length + 1],
                    found.order,
                    found.index,
                )
            )

    def _gather_beginning(self) -> None:
        """Names that begin so, the weightiest first, of which those that end so too are never missing."""
        text = self._asked.text
        order = "catalog_searchdocument.weight DESC, catalog_searchdocument.id"
        if len(text) <= _SHORTEST_PART:
            self._add(Clause(f"catalog_searchdocument.start_{len(text)} = %s", [text], order))
        else:
            begin = "catalog_searchdocument.name >= %s AND catalog_searchdocument.name < %s"
            named = Clause(begin, [text, text + _LAST_LETTER], order)
            # Whether they may be seen is looked up for a few at a time: that is what costs, and most may be.
            start, size = 0, MOST
            while len(self.candidates) < MOST:
                keys = self._library.keys(named, size, start=start)
                if keys:
                    places = ", ".join(["%s"] * len(keys))
                    self._add(Clause(f"catalog_searchdocument.id IN ({places})", keys, order))
                if len(keys) < size:
                    break
                start += size
                wanted = (MOST - len(self.candidates)) * start // max(1, len(self.candidates))
                size = min(size * 4, max(_FEWEST_AT_ONCE, wanted * 2))
        if len(self.candidates) >= MOST:
            self._add(Clause("catalog_searchdocument.name = %s", [text]))

    def _add_with(self, alternatives: Sequence[Groups], *, names_only: bool) -> None:
        clause = self._library.index.documents_with(alternatives, names_only=names_only)
        self._add(clause, others=not names_only)

    def _add(self, clause: Clause, *, others: bool = False) -> None:
        for candidate in self._library.documents(clause, MOST, others=others):
            self.candidates.setdefault(candidate.title, candidate)

    def _words_meant(self) -> dict[str, list[str]]:
        """For each word that may have slipped, what it may have been meant for, the nearest first."""
        words = [word for word in self._asked.words if _may_be_slipped(word)]
        if not words and len(self._asked.text) > _SHORTEST_PART:
            # Nothing else to go by: "Teh Fog".
            words = [word for word in self._asked.words if len(word) > 1 and not is_unspaced(word)]
        if not words:
            return {}
        keys = set[str]().union(*map(asked_slips, words))
        known = self._library.words(self._library.index.words_with_keys(keys), _WORDS_LOOKED_AT)
        return {word: [one for _, one in sorted(_near(word, known))[:_MOST_MEANT]] for word in words}

    def _parted_otherwise(self, groups: list[list[Term]]) -> list[Groups]:
        """What was meant where a space is missing, is a letter, or parts a word: with words that are known alone."""
        words = self._asked.words
        if words != self._asked.tokens:
            return []
        ways: list[tuple[int, int, tuple[str, ...]]] = [
            (place, 1, parts) for place, word in enumerate(words) for parts in _parted(word)
        ]
        ways += [(place, 2, (words[place] + words[place + 1],)) for place in range(len(words) - 1)]
        unsure = {part for _, _, parts in ways for part in parts if _may_be_known(part)}
        known = set(self._library.words(_one_of(sorted(unsure)), len(unsure))) if unsure else set()
        return [
            [*groups[:place], *([Term(part)] for part in parts), *groups[place + size :]]
            for place, size, parts in ways
            if all(part in known or not _may_be_known(part) for part in parts)
        ]

    def _words_around(self) -> dict[str, list[str]]:
        """For each word, words that it is a part of."""
        parts = [word for word in self._asked.words if len(word) >= _SHORTEST_PART]
        if not parts or len(self._asked.words) > _MOST_INSIDE:
            return {}
        known = self._library.words(self._library.index.words_around(parts), _WORDS_LOOKED_AT)
        return {
            part: sorted((word for word in known if part in word), key=lambda word: (len(word), word))[
                :_MOST_MEANT
            ]
            for part in parts
        }


def _with_fewer(asked: Asked, groups: list[list[Term]]) -> list[Groups]:
    """What is left of a name when the words with the wrong letter are left out, as far as `meant` cannot tell them.

    Those are short words and figures, of which all are left out together, and scripts without spaces, where a letter
    stands in two tokens.
    """
    if any(map(is_unspaced, asked.words)):
        # Two letters in the other's order stand in three.
        gap = 3 if len(groups) > 3 else 2
        around = [groups[: max(place, 0)] + groups[place + gap :] for place in range(1 - gap, len(groups))]
        ends = [[Term(asked.text[0], begins=True)], [Term(asked.text[-1])]]
        return [rest for rest in (*around, ends) if rest]
    long = [
        group
        for token, group in zip(asked.tokens, groups, strict=True)
        if _may_be_slipped(token) and not any(map(str.isdigit, token))
    ]
    return [long] if 0 < len(long) < len(groups) else []


def _parted(word: str) -> Iterator[tuple[str, str]]:
    """A word in two, with and without a letter between them."""
    if len(word) < MAX_WORD:
        for place in range(1, len(word)):
            yield word[:place], word[place:]
            if place + 1 < len(word):
                yield word[:place], word[place + 1 :]


def _may_be_known(part: str) -> bool:
    """Whether it stands among all words where a title has it; single letters and figures do not."""
    return len(part) > 1 and not part.isdigit()


def _one_of(words: Sequence[str]) -> Clause:
    return Clause(f"catalog_searchword.word IN ({', '.join(['%s'] * len(words))})", words)


def _may_be_slipped(word: str) -> bool:
    return slips_allowed(word) > 0 and not word.isdigit() and not is_unspaced(word)


def _near(word: str, known: Collection[str]) -> Iterator[tuple[tuple[int, int, int], str]]:
    """Those of the known words that this may have been meant for, or the beginning of, with how far they are."""
    allowed = max(1, slips_allowed(word))
    for one in known:
        distance = slip_distance(word, one, allowed)
        if distance <= allowed:
            yield (distance, 0, -len(one)), one
        elif len(one) > len(word):
            begun = min(
                slip_distance(word, one[:length], 1) for length in range(len(word) - 1, len(word) + 2)
            )
            if begun <= 1:
                yield (begun, 1, -len(one)), one
