"""Single pictures of a film, for posters, backdrops and stills."""

from pathlib import Path

from transcoding.asset_errors import AssetError, AssetErrorCode
from transcoding.engine import stills
from transcoding.engine.plan import Plan
from transcoding.models import Asset
from transcoding.services.sources import source_of
from transcoding.services.toolbox import tools


def grab_frame(*, asset: Asset, seconds: float, target: Path) -> Path:
    """Writes the picture at `seconds` of the film to `target` as a JPEG, upright and in square pixels.

    Raises AssetError INVALID_STATE before the film has been looked at, and MediaError.
    """
    plan = _plan_of(asset)
    with source_of(asset.source_key) as source:
        return stills.grab_frame(source, seconds, target, plan=plan, tools=tools())


def best_moments(*, asset: Asset, count: int) -> list[float]:
    """The moments of at most `count` good stills that differ from each other, in seconds, the best first.

    Raises AssetError INVALID_STATE before the film has been looked at, and MediaError.
    """
    plan = _plan_of(asset)
    with source_of(asset.source_key) as source:
        return list(stills.best_moments(source, plan, tools=tools(), count=count))


def best_frames(*, asset: Asset, count: int, folder: Path) -> list[Path]:
    """Writes at most `count` good stills that differ from each other into `folder` as JPEGs; the best first.

    Empty for a film that has none. Raises AssetError INVALID_STATE before the film has been looked at, and MediaError.
    """
    plan = _plan_of(asset)
    with source_of(asset.source_key) as source:
        return list(stills.poster_candidates(source, plan, folder, tools=tools(), count=count))


def _plan_of(asset: Asset) -> Plan:
    version = asset.versions.order_by("-number").first()
    if version is None:
        raise AssetError(
            AssetErrorCode.INVALID_STATE, "This film has not been looked at yet. Try again in a moment."
        )
    return Plan.from_json(version.plan)
