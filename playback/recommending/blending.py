"""One list of neighbours from views and content: content first, views as they grow."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from playback.recommending.contents import Alike
from playback.recommending.viewing import Near

#: Viewers of a title at which its views weigh as much as its content.
EVEN_AT = 25.0


@dataclass(frozen=True)
class Blend:
    """The neighbours of a title, nearest first. `shared` is the number of people who have watched both, 0 for too few.

    `by_views` is the share of each score, 0 to 1, that comes from views.
    """

    titles: npt.NDArray[Any]
    scores: npt.NDArray[Any]
    by_views: npt.NDArray[Any]
    shared: npt.NDArray[Any]


def blend(viewers: int, near: Near, alike: Alike, *, most: int) -> Blend:
    """The `most` nearest of both; the weight of views grows smoothly with the number of viewers."""
    share = viewers / (viewers + EVEN_AT)
    titles, place = np.unique(np.concatenate((near.titles, alike.titles)), return_inverse=True)
    watched = np.zeros(len(titles), dtype=np.float64)
    shared = np.zeros(len(titles), dtype=np.int64)
    content = np.zeros(len(titles), dtype=np.float64)
    watched[place[: len(near.titles)]] = share * near.scores
    shared[place[: len(near.titles)]] = near.shared
    # Where views say nothing yet, content is all there is; its scores keep their size, so that weak ones stay weak.
    content[place[len(near.titles) :]] = (1.0 - share) * alike.scores
    scores = watched + content
    order = np.lexsort((titles, -scores))[:most]
    total = np.maximum(scores[order], 1e-12)
    return Blend(titles[order], scores[order], watched[order] / total, shared[order])
