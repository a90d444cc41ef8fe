"""Whether something can be watched, and how far it is where it is still being made."""

from collections.abc import Iterable

from catalog.models import Video
from transcoding.models import Asset, AssetState

_BEING_MADE = (AssetState.UPLOADED, AssetState.PROBING, AssetState.ENCODING, AssetState.PLAYABLE)


def is_playable(asset: Asset | None) -> bool:
    """Whether a video whose film this is can be watched now."""
    return asset is not None and asset.is_watchable


def readiness(asset: Asset | None, pending: Asset | None) -> float | None:
    """The share, 0 to 1, of a video's film that is made; None where nothing is being made.

    The film that the video has counts; only where it has none yet, the one that it is getting.
    """
    making = asset or pending
    return making.progress if making is not None and making.state in _BEING_MADE else None


def is_title_playable(films: Iterable[Video]) -> bool:
    """Whether anything of a title can be watched: the film, or one episode."""
    return any(is_playable(video.asset) for video in films)


def title_readiness(films: Iterable[Video]) -> float | None:
    """The mean share of what is being made of a title; None where nothing is."""
    shares = [share for share in (readiness(v.asset, v.pending_asset) for v in films) if share is not None]
    return sum(shares) / len(shares) if shares else None
