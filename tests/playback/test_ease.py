"""EASE against the paper's formula, and against tastes that are known."""

import numpy as np
import pytest
from scipy import sparse

from playback.recommending.blending import EVEN_AT, blend
from playback.recommending.contents import Alike
from playback.recommending.ease import ease, gram_of, usual_regularisation
from playback.recommending.viewing import LEAST_SHARED, NOTHING, Near, Viewing


def some_views(people: int = 60, titles: int = 12, *, seed: int = 4) -> np.ndarray:
    return (np.random.default_rng(seed).random((people, titles)) < 0.3).astype(np.float32)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_the_weights_are_those_of_the_papers_closed_form(kind: type, order: str) -> None:
    views = some_views()
    gram = np.array(views.T @ views, dtype=kind, order=order)  # type: ignore[call-overload]
    inverse = np.linalg.inv(views.T.astype(np.float64) @ views + 7.5 * np.eye(12))
    expected = np.eye(12) - inverse @ np.diag(1 / np.diag(inverse))

    weights = ease(gram, 7.5)

    assert np.allclose(weights, expected, atol=1e-5)
    assert np.array_equal(np.diag(weights), np.zeros(12))


def test_the_weights_are_the_least_squares_without_the_title_itself() -> None:
    # Equation 2 of the paper, one column at a time: ridge regression on all other titles.
    views = some_views().astype(np.float64)
    weights = ease(views.T @ views, 3.0)
    for title in range(12):
        others = [other for other in range(12) if other != title]
        x = views[:, others]
        column = np.linalg.solve(x.T @ x + 3.0 * np.eye(11), x.T @ views[:, title])
        assert np.allclose(weights[others, title], column)


def test_more_titles_than_one_stretch_give_the_same_inverse() -> None:
    views = sparse.random(300, 1500, density=0.05, format="csr", random_state=np.random.default_rng(2))
    views.data[:] = 1.0
    gram = gram_of(views)
    inverse = np.linalg.inv((views.T @ views).toarray() + 50.0 * np.eye(1500))

    weights = ease(gram, 50.0)

    expected = np.eye(1500) - inverse / np.diag(inverse)
    assert np.abs(weights - expected).max() < 1e-4


@pytest.mark.parametrize("bad", [0.0, -1.0, float("nan"), float("inf")])
def test_a_lambda_that_is_not_positive_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="lambda"):
        ease(np.eye(2), bad)


def test_the_usual_lambda_grows_with_what_a_person_watches() -> None:
    views = sparse.csr_matrix(np.vstack((np.ones((4, 10)), np.zeros((3, 10)))))

    assert usual_regularisation(views) == 50.0
    assert usual_regularisation(sparse.csr_matrix((0, 3))) == 5.0


def planted(people: int = 600, *, seed: int = 1) -> np.ndarray:
    """Forty titles in four tastes, the first of each taste popular with everybody."""
    dice = np.random.default_rng(seed)
    chance = np.full((people, 40), 0.03)
    for person in range(people):
        first = 10 * int(dice.integers(4))
        chance[person, first : first + 10] = 0.4
    chance[:, ::10] = 0.5
    return (dice.random((people, 40)) < chance).astype(np.float32)


@pytest.mark.parametrize("head", [40, 0])
def test_neighbours_share_the_taste_whether_by_ease_or_by_cosine(head: int) -> None:
    viewing = Viewing(planted(), most=5, head=head)

    found = dict(viewing.all())

    quiet = [title for title in range(40) if title % 10]
    same = [other // 10 == title // 10 for title in quiet for other in found[title].titles.tolist()]
    assert np.mean(same) > 0.9
    assert all(title not in near.titles for title, near in found.items())


def test_fewer_shared_viewers_than_three_are_no_neighbours() -> None:
    views = np.zeros((9, 3), dtype=np.float32)
    views[: LEAST_SHARED - 1, :2] = 1
    views[3:, 0] = 1
    views[6:, 2] = 1
    views[3:6, 1] = 1
    views[3:5, 0] = 0

    viewing = Viewing(views, most=5)

    (near,) = viewing.near(np.array([1]))
    assert 2 not in near.titles
    assert all(shared >= LEAST_SHARED for _, one in viewing.all() for shared in one.shared.tolist())


def test_views_take_over_smoothly() -> None:
    near = Near(np.array([7], np.int32), np.array([1.0], np.float32), np.array([9], np.int32))
    alike = Alike(np.array([3, 7], np.int32), np.array([1.0, 0.1], np.float32))
    weight = []
    for viewers in (0, 5, 25, 100, 10_000):
        mixed = blend(viewers, near, alike, most=5)
        weight.append(float(mixed.scores[list(mixed.titles).index(7)]))

    assert weight == sorted(weight)
    assert blend(0, NOTHING, alike, most=5).titles.tolist() == [3, 7]
    even = blend(int(EVEN_AT), near, Alike(np.array([3], np.int32), np.array([1.0], np.float32)), most=5)
    assert even.scores.tolist() == [0.5, 0.5]
    assert even.shared.tolist() == [0, 9]
