"""How well recommendations foresee what people watched, on people they have not learnt from.

The protocol of Liang, Krishnan, Hoffman and Jebara, "Variational Autoencoders for Collaborative Filtering", WWW 2018
(arXiv:1802.05814), section 4: users with fewer than five items are left out; of the others some are held out, half of
them to choose lambda by, half to judge by; 80 % of what each has watched is shown, and the rest is to be foreseen among
all items that the person was not shown. Recall@R is divided by the smaller of R and the number of hidden items.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from playback.recommending.ease import MOST_TITLES, ease, gram_of, usual_regularisation

LEAST_ITEMS = 5
MOST_HELD_OUT = 10_000
RECALL_AT, NDCG_AT = 20, 100
#: Items that EASE is made of, the most watched: 2.5 GB here.
MOST_ITEMS = 25_000
_SHOWN = 0.8
_NEIGHBOURS = 200
_BATCH = 400

Scores = Callable[[Any], npt.NDArray[Any]]


@dataclass(frozen=True)
class Split:
    """Views of the people to learn from, and of two groups of others: what is shown of them and what is hidden."""

    training: Any
    validation: tuple[Any, Any]
    test: tuple[Any, Any]


@dataclass(frozen=True)
class Quality:
    """Means over people, and the standard errors of the means."""

    recall: float
    ndcg: float
    recall_error: float
    ndcg_error: float
    people: int


def split(views: Any, *, seed: int, held_out: int | None = None) -> Split:
    """Parts of a sparse matrix of users by items; the same for the same seed.

    `held_out` people are kept for each of the two groups, a tenth of all where it is None, MOST_HELD_OUT at most.
    Raises ValueError where there are too few.
    """
    chosen = views[np.flatnonzero(np.diff(views.indptr) >= LEAST_ITEMS)]
    people = chosen.shape[0]
    apart = min(MOST_HELD_OUT, max(1, people // 10)) if held_out is None else held_out
    if apart < 1 or people < 3 * apart or people < 5:
        raise ValueError(
            f"{people} users have {LEAST_ITEMS} items or more; to hold out {max(apart, 1)} twice, "
            f"{max(3 * apart, 5)} are wanted"
        )
    dice = np.random.default_rng(seed)
    order = dice.permutation(people)
    training = chosen[np.sort(order[2 * apart :])]
    # What nobody has watched whom we learn from cannot be foreseen by anything.
    known = np.flatnonzero(np.asarray(training.sum(axis=0)).ravel())
    groups = [
        _shown_and_hidden(chosen[np.sort(group)][:, known], dice)
        for group in (order[:apart], order[apart : 2 * apart])
    ]
    return Split(training[:, known], groups[0], groups[1])


def _shown_and_hidden(views: Any, dice: np.random.Generator) -> tuple[Any, Any]:
    hidden = np.zeros(views.nnz, dtype=bool)
    for first, last in zip(views.indptr[:-1], views.indptr[1:], strict=True):
        count = last - first
        if count >= LEAST_ITEMS:
            hidden[first + dice.permutation(count)[: int((1 - _SHOWN) * count + 1e-9)]] = True
    parts = []
    for kept in (~hidden, hidden):
        part = views.copy()
        part.data = part.data * kept
        part.eliminate_zeros()
        parts.append(part)
    return parts[0], parts[1]


def judge(scores: Scores, group: tuple[Any, Any]) -> Quality:
    """Recall@20 and NDCG@100 of the people of `group` of whom anything is hidden."""
    recalls: list[float] = []
    gains: list[float] = []
    for best, hidden in _best(scores, *group):
        hits = np.isin(best, hidden)
        discount = 1.0 / np.log2(np.arange(2, len(best) + 2))
        recalls.append(hits[:RECALL_AT].sum() / min(RECALL_AT, len(hidden)))
        ideal = (1.0 / np.log2(np.arange(2, min(NDCG_AT, len(hidden)) + 2))).sum()
        gains.append((hits * discount).sum() / ideal)
    count = max(1, len(recalls))
    return Quality(
        float(np.mean(recalls)) if recalls else 0.0,
        float(np.mean(gains)) if gains else 0.0,
        float(np.std(recalls) / np.sqrt(count)) if recalls else 0.0,
        float(np.std(gains) / np.sqrt(count)) if gains else 0.0,
        len(recalls),
    )


def _best(scores: Scores, shown: Any, hidden: Any) -> Iterator[tuple[npt.NDArray[Any], npt.NDArray[Any]]]:
    """For each person the items with the highest scores among those not shown, and the hidden ones."""
    for first in range(0, shown.shape[0], _BATCH):
        batch = shown[first : first + _BATCH]
        found = np.array(scores(batch), dtype=np.float32)
        found[np.repeat(np.arange(batch.shape[0]), np.diff(batch.indptr)), batch.indices] = -np.inf
        most = min(NDCG_AT, found.shape[1])
        top = np.argpartition(-found, most - 1, axis=1)[:, :most]
        values = np.take_along_axis(found, top, axis=1)
        ordered = np.take_along_axis(top, np.lexsort((top, -values), axis=1), axis=1)
        for row in range(batch.shape[0]):
            wanted = hidden[first + row].indices
            if len(wanted):
                yield ordered[row], wanted


def popularity(training: Any) -> Scores:
    """What most people have watched, the same for everybody."""
    counts = np.asarray(training.sum(axis=0), dtype=np.float32).ravel()
    return lambda shown: np.broadcast_to(counts, (shown.shape[0], len(counts)))


def cosine(training: Any) -> Scores:
    """Items by the cosine of their viewers with those shown, among the 200 nearest of each."""
    columns = training.tocsc()
    by_item = columns.T.tocsr()
    lengths = np.sqrt(np.maximum(np.asarray(training.sum(axis=0)).ravel(), 1.0)).astype(np.float32)
    rows: list[Any] = []
    for first in range(0, columns.shape[1], 256):
        part = sparse.csr_matrix(by_item[first : first + 256] @ columns)
        rows.append(_nearest(part, first, lengths))
    near = sparse.vstack(rows, format="csr")
    return lambda shown: (shown @ near).toarray()


def _nearest(shared: Any, first: int, lengths: npt.NDArray[Any]) -> Any:
    kept_columns, kept_values, ends = [], [], [0]
    for row in range(shared.shape[0]):
        span = slice(shared.indptr[row], shared.indptr[row + 1])
        others = shared.indices[span]
        values = shared.data[span] / (lengths[first + row] * lengths[others])
        values[others == first + row] = 0.0
        order = np.lexsort((others, -values))[:_NEIGHBOURS]
        kept_columns.append(others[order])
        kept_values.append(values[order])
        ends.append(ends[-1] + len(order))
    return sparse.csr_matrix(
        (np.concatenate(kept_values), np.concatenate(kept_columns), np.array(ends)), shape=shared.shape
    )


def by_ease(training: Any, regularisation: float, *, most: int = MOST_ITEMS) -> Scores:
    """EASE over the `most` most watched items; the others come after all of them, the most watched first."""
    counts = np.asarray(training.sum(axis=0), dtype=np.float32).ravel()
    head = np.sort(np.lexsort((np.arange(len(counts)), -counts))[: min(most, MOST_TITLES)])
    weights = ease(gram_of(training[:, head]), regularisation)
    others = -1e6 + counts

    def scores(shown: Any) -> npt.NDArray[Any]:
        found = np.tile(others, (shown.shape[0], 1))
        found[:, head] = shown[:, head] @ weights
        return found

    return scores


def usual_lambda(training: Any, *, most: int = MOST_ITEMS) -> float:
    """The lambda that the library's own task would take for these views."""
    counts = np.asarray(training.sum(axis=0)).ravel()
    return usual_regularisation(training[:, np.argsort(-counts, kind="stable")[:most]])


def best_lambda(
    parts: Split, candidates: Sequence[float], *, most: int = MOST_ITEMS
) -> tuple[float, dict[float, float]]:
    """Of several, the one with the best NDCG@100 on the people kept for that; and the figures of all."""
    figures = {
        one: judge(by_ease(parts.training, one, most=most), parts.validation).ndcg for one in candidates
    }
    return max(figures, key=lambda one: (figures[one], -one)), figures
