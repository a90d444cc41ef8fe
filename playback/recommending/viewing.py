"""Neighbours of titles by who has watched them: EASE for what many have watched, cosine for the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from playback.recommending.ease import ease, gram_of, usual_regularisation

#: Titles that EASE is computed for, the most watched: its one matrix has 4 bytes for each pair, 268 MB here.
HEAD = 8192
#: A title in fewer people's views has too little to learn from.
LEAST_VIEWERS = 3
#: Two titles that fewer people share tell what one person watched, rather than what goes together.
LEAST_SHARED = 3
# Shared viewers at which a pair counts half.
_HALF_SHARED = 4.0
_CHUNK = 256


@dataclass(frozen=True)
class Near:
    """The neighbours of one title: places of titles, scores of 0 to 1, and how many people share each."""

    titles: npt.NDArray[np.int32]
    scores: npt.NDArray[np.float32]
    shared: npt.NDArray[np.int32]


NOTHING = Near(np.empty(0, np.int32), np.empty(0, np.float32), np.empty(0, np.int32))


class Viewing:
    """Neighbours by views: `near(title)` for each place of a title, in any order.

    `views` is a sparse matrix of people by titles of ones. Titles that few have watched have no neighbours.
    """

    def __init__(self, views: Any, *, most: int, head: int = HEAD) -> None:
        self.views = sparse.csr_matrix(views, dtype=np.float32)
        self.most = most
        self.viewers = np.asarray(self.views.sum(axis=0)).ravel().astype(np.int64)
        watched = np.flatnonzero(self.viewers >= LEAST_VIEWERS)
        # The most watched first, older places first among equals: the same choice for the same views.
        order = np.lexsort((watched, -self.viewers[watched]))
        self.head = np.sort(watched[order][:head])
        self._place = np.full(len(self.viewers), -1, dtype=np.int64)
        self._place[self.head] = np.arange(len(self.head))
        self._columns = self.views.tocsc()
        self._by_title = self._columns.T.tocsr()
        self._weights: Any = None

    def learn(self) -> None:
        """Computes what the head needs: takes its count cubed in time, and 4 bytes a pair."""
        if len(self.head):
            head = self._columns[:, self.head]
            self._weights = ease(gram_of(head), usual_regularisation(head))

    def all(self) -> Iterator[tuple[int, Near]]:
        """Every title that has neighbours, by place."""
        watched = np.flatnonzero(self.viewers >= LEAST_VIEWERS)
        for first in range(0, len(watched), _CHUNK):
            rows = watched[first : first + _CHUNK]
            yield from zip(rows.tolist(), self.near(rows), strict=True)

    def near(self, titles: npt.NDArray[Any]) -> list[Near]:
        """The neighbours of these places, the nearest first."""
        if self._weights is None:
            self.learn()
        together = sparse.csr_matrix(self._by_title[titles] @ self._columns)
        found = []
        for row, title in enumerate(titles):
            span = slice(together.indptr[row], together.indptr[row + 1])
            others, shared = together.indices[span], together.data[span]
            enough = (shared >= LEAST_SHARED) & (others != title)
            found.append(self._of(int(title), others[enough], shared[enough]))
        return found

    def _of(self, title: int, others: npt.NDArray[Any], shared: npt.NDArray[Any]) -> Near:
        if not len(others):
            return NOTHING
        place = self._place[title]
        if place >= 0:
            known = self._place[others] >= 0
            others, shared = others[known], shared[known]
            places = self._place[others]
            # B scales by how hard a title is to foresee, so that popular ones come up beside everything. The product
            # with the weight back is the square of the partial correlation of both, which knows no such scale.
            there, back = self._weights[place, places], self._weights[places, place]
            strength = np.sqrt(np.maximum(there, 0.0) * np.maximum(back, 0.0))
        else:
            strength = shared / np.sqrt(self.viewers[title] * self.viewers[others])
        strength = strength * (shared / (shared + _HALF_SHARED))
        good = strength > 0
        others, shared, strength = others[good], shared[good], strength[good]
        order = np.lexsort((others, -strength))[: self.most]
        if not len(order):
            return NOTHING
        scores = strength[order] / strength[order[0]]
        return Near(others[order].astype(np.int32), scores.astype(np.float32), shared[order].astype(np.int32))
