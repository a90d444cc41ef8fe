"""EASE: what people watch together, in closed form.

Harald Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019 (arXiv:1905.03375), equations 6 to 8:
with the Gram matrix G of people's views and P = (G + lambda I)^-1 the weights are B = I - P diag(1 / diag(P)), whose
diagonal is zero. A person with the views x is expected to like x B.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.linalg import lapack

Matrix = npt.NDArray[np.floating[Any]]
#: Rows of a dense matrix that 32-bit indices of LAPACK still reach.
MOST_TITLES = 40_000
# Times the mean number of titles that a person has watched. The paper's best are 7 times that for MovieLens, 8 for
# Netflix and 3.5 for the Million Songs; figures change little between half and twice the best.
_TIMES_WATCHED = 5.0
_LEAST_REGULARISATION = 5.0


def gram_of(views: Any) -> Matrix:
    """How many people have watched both of two titles, of a sparse matrix of people by titles; dense, float32.

    Made a stretch of titles at a time, so that no sparse product of the whole stands beside it.
    """
    columns = sparse.csc_matrix(views, dtype=np.float32)
    by_title = columns.T.tocsr()
    count = columns.shape[1]
    gram: Matrix = np.empty((count, count), dtype=np.float32, order="F")
    for first in range(0, count, 1024):
        gram[:, first : first + 1024] = (by_title @ columns[:, first : first + 1024]).toarray()
    return gram


def usual_regularisation(views: Any) -> float:
    """The lambda for a sparse matrix of people by titles, where nobody has chosen one."""
    people = int(np.count_nonzero(np.diff(sparse.csr_matrix(views).indptr)))
    return max(_LEAST_REGULARISATION, _TIMES_WATCHED * int(views.nnz) / max(1, people))


def ease(gram: Matrix, regularisation: float) -> Matrix:
    """The weights B of titles by titles; `gram` is used up, so that one dense matrix is all there is.

    Raises ValueError for a regularisation that is not positive, or more than MOST_TITLES.
    """
    count = gram.shape[0]
    if not regularisation > 0 or not np.isfinite(regularisation):
        raise ValueError(f"lambda must be a positive number, not {regularisation}")
    if count > MOST_TITLES:
        raise ValueError(f"{count} titles are more than a dense matrix is made of ({MOST_TITLES})")
    if count == 0:
        return gram
    # In C's order, so that a row of weights lies in one piece.
    inverse = _inverse(gram, regularisation).T
    scale = -1.0 / np.diagonal(inverse)
    for first in range(0, count, 1024):
        inverse[:, first : first + 1024] *= scale[first : first + 1024]
    np.fill_diagonal(inverse, 0.0)
    return inverse


def _inverse(gram: Matrix, regularisation: float) -> Matrix:
    """(G + lambda I)^-1 by Cholesky, in the place of `gram`."""
    factor, invert = (
        (lapack.spotrf, lapack.spotri) if gram.dtype == np.float32 else (lapack.dpotrf, lapack.dpotri)
    )
    # Symmetric, so either order of memory will do.
    matrix = gram if gram.flags.f_contiguous else np.asfortranarray(gram.T)
    places = np.arange(len(matrix))
    matrix[places, places] += regularisation
    triangle, failed = factor(matrix, lower=1, overwrite_a=1, clean=0)
    inverse, singular = invert(triangle, lower=1, overwrite_c=1) if not failed else (triangle, 0)
    if failed or singular:
        raise ValueError("the matrix of views cannot be inverted; a larger lambda helps")
    # Only the lower triangle is there; a stretch at a time, since its mirror image whole would be a second matrix.
    for first in range(0, len(inverse), 1024):
        last = min(first + 1024, len(inverse))
        block = inverse[first:last, first:last]
        lower = np.tril(block)
        inverse[first:last, first:last] = lower + np.tril(block, -1).T
        inverse[first:last, last:] = inverse[last:, first:last].T
    return inverse  # type: ignore[no-any-return]
