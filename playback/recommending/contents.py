"""Neighbours of titles by what they are: people, genres, words, collections, language and year.

This is all that a library knows before anybody has watched anything, and what a new title starts with.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

# What each kind of likeness is worth at its most. Those who made a film say the most, its words the least.
PEOPLE, COLLECTION, GENRES, WORDS, YEAR, LANGUAGE = 1.0, 0.9, 0.5, 0.35, 0.06, 0.04
# What occurs in more titles than this tells nothing of any of them, and would cost the square of its count.
_MOST_TITLES_OF_ONE = 1000
_MOST_SHARE_OF_WORD = 0.15
# Places to either side in the order of years, among titles of one genre and of the very same genres.
_BESIDE_IN_GENRE, _BESIDE_IN_GENRES = 6, 24
_YEARS_APART = 15.0
_CHUNK = 512
_WORDS_SHOWN = 3


@dataclass(frozen=True)
class Bags:
    """Things of each title with a weight, as three equally long columns; titles and things are places from 0."""

    titles: npt.NDArray[Any]
    things: npt.NDArray[Any]
    weights: npt.NDArray[Any]
    count: int


@dataclass(frozen=True)
class Library:
    """Facts of `count` titles; the order of places decides between equals, so newer titles should stand first.

    `years` and `languages` are arrays, 0 and -1 for unknown. `vocabulary` names the things of `words`.
    """

    count: int
    people: Bags
    genres: Bags
    words: Bags
    collections: Bags
    years: npt.NDArray[Any]
    languages: npt.NDArray[Any]
    vocabulary: Sequence[str]


@dataclass(frozen=True)
class Alike:
    """The neighbours of one title by content, nearest first: places of titles, and scores from 0 to 1."""

    titles: npt.NDArray[np.int32]
    scores: npt.NDArray[np.float32]


class Contents:
    """Likeness by content, a stretch of titles at a time."""

    def __init__(self, library: Library, *, most: int) -> None:
        self.library = library
        self.most = most
        cap = _MOST_TITLES_OF_ONE
        of_words = min(cap, max(2, int(_MOST_SHARE_OF_WORD * library.count)))
        self._people = _unit_rows(library.people, library.count, most=cap)
        self._collections = _unit_rows(library.collections, library.count, most=cap)
        self._genres = _unit_rows(library.genres, library.count, most=None)
        self.words = _unit_rows(library.words, library.count, most=of_words)
        self._sides = [
            (PEOPLE, self._people, self._people.T.tocsr()),
            (COLLECTION, self._collections, self._collections.T.tocsr()),
            (WORDS, self.words, self.words.T.tocsr()),
        ]
        self._beside = _beside(library.count, library.years, self._genres)

    def all(self) -> Iterator[tuple[int, Alike]]:
        """Every title, by place; `Alike` may be empty."""
        for first in range(0, self.library.count, _CHUNK):
            rows = np.arange(first, min(first + _CHUNK, self.library.count))
            yield from zip(rows.tolist(), self.near(rows), strict=True)

    def near(self, titles: npt.NDArray[Any]) -> list[Alike]:
        """The neighbours of these places."""
        # Entries of next to nothing, so that the titles beside them are looked at as well.
        scores = self._beside[titles] * np.float32(1e-9)
        for worth, rows, columns in self._sides:
            scores = scores + np.float32(worth) * (rows[titles] @ columns)
        scores = sparse.csr_matrix(scores)
        here = np.repeat(np.asarray(titles), np.diff(scores.indptr))
        there = scores.indices
        by_genre = _products(self._genres, here, there)
        value = scores.data + np.float32(GENRES) * by_genre
        # Year and language order what has something in common; by themselves they are no reason.
        alike = value > 1e-6
        value = value + self._of_the_time(here, there)
        full = PEOPLE + COLLECTION + GENRES + WORDS + YEAR + LANGUAGE
        found = []
        for row, title in enumerate(titles):
            span = slice(scores.indptr[row], scores.indptr[row + 1])
            kept = alike[span] & (there[span] != title)
            others, strength = there[span][kept], value[span][kept]
            order = np.lexsort((others, -strength))[: self.most]
            found.append(Alike(others[order].astype(np.int32), (strength[order] / full).astype(np.float32)))
        return found

    def shared_words(self, title: int, others: npt.NDArray[Any]) -> list[list[str]]:
        """For each of `others`, the rarest words that it shares with `title`; at most three."""
        common = sparse.csr_matrix(
            self.words[np.full(len(others), title)].multiply(self.words[np.asarray(others)])
        )
        named = []
        for row in range(len(others)):
            span = slice(common.indptr[row], common.indptr[row + 1])
            order = np.lexsort((common.indices[span], -common.data[span]))[:_WORDS_SHOWN]
            named.append([self.library.vocabulary[word] for word in common.indices[span][order]])
        return named

    def _of_the_time(self, here: npt.NDArray[Any], there: npt.NDArray[Any]) -> npt.NDArray[Any]:
        years, languages = self.library.years, self.library.languages
        known = (years[here] > 0) & (years[there] > 0)
        apart = np.abs(years[here].astype(np.float32) - years[there])
        near = np.where(known, np.exp(-apart / _YEARS_APART), 0.0)
        same = (languages[here] == languages[there]) & (languages[here] >= 0)
        value: npt.NDArray[Any] = (YEAR * near + LANGUAGE * same).astype(np.float32)
        return value


def _unit_rows(bags: Bags, titles: int, *, most: int | None) -> Any:
    """Titles by things, weighted by how rare each thing is (log(1 + N / n)), each row of length 1.

    Things of one title only say nothing of another, and things of more than `most` nothing at all.
    """
    rows = sparse.csr_matrix(
        (bags.weights.astype(np.float32), (bags.titles, bags.things)), shape=(titles, bags.count)
    )
    rows.sum_duplicates()
    of = np.bincount(rows.indices, minlength=bags.count)
    rarity = np.log1p(titles / np.maximum(of, 1)).astype(np.float32)
    rows.data *= rarity[rows.indices]
    # The whole row makes its length: a film that shares one of its hundred words is not the same film.
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    told = (of > 1) & (of <= (titles if most is None else most))
    rows.data *= told[rows.indices]
    rows.data /= np.repeat(np.maximum(length, 1e-9), np.diff(rows.indptr)).astype(np.float32)
    rows.eliminate_zeros()
    return rows


def _products(rows: Any, here: npt.NDArray[Any], there: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The scalar product of each pair of rows."""
    found = np.zeros(len(here), dtype=np.float32)
    for first in range(0, len(here), 200_000):
        span = slice(first, first + 200_000)
        found[span] = np.asarray(rows[here[span]].multiply(rows[there[span]]).sum(axis=1)).ravel()
    return found


def _beside(titles: int, years: npt.NDArray[Any], genres: Any) -> Any:
    """A sparse pattern of titles that stand beside each other in the years of a genre, or of the same genres.

    Genres are too large to compare all of their titles with each other; who is alike in genres alone is near in time.
    """
    pairs: list[npt.NDArray[Any]] = []
    by_genre = genres.T.tocsr()
    groups = [
        (by_genre.indices[first:last], _BESIDE_IN_GENRE)
        for first, last in zip(by_genre.indptr[:-1], by_genre.indptr[1:], strict=True)
    ]
    same: dict[tuple[int, ...], list[int]] = {}
    for title in range(titles):
        own = genres.indices[genres.indptr[title] : genres.indptr[title + 1]]
        if len(own):
            same.setdefault(tuple(np.sort(own).tolist()), []).append(title)
    groups += [(np.asarray(group, dtype=np.int32), _BESIDE_IN_GENRES) for group in same.values()]
    for members, reach in groups:
        ordered = members[np.lexsort((members, years[members]))].astype(np.int32)
        pairs += [
            np.stack((ordered[:-step], ordered[step:])) for step in range(1, min(reach + 1, len(ordered)))
        ]
    if not pairs:
        return sparse.csr_matrix((titles, titles), dtype=np.float32)
    left, right = np.concatenate(pairs, axis=1)
    ones = np.ones(len(left), dtype=np.float32)
    half = sparse.csr_matrix((ones, (left, right)), shape=(titles, titles))
    return sparse.csr_matrix(half + half.T)
