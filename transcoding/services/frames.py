"""Single pictures of a film, for posters, backdrops and stills."""

from pathlib import Path

from transcoding.asset_errors import AssetError, AssetErrorCode
from transcoding.engine import thumbnails
from transcoding.engine.plan import Plan
from transcoding.models import Asset
from transcoding.services.toolbox import tools
from vod.lib.storage import objects


def grab_frame(*, asset: Asset, seconds: float, target: Path) -> Path:
    """Writes the picture at `seconds` of the film to `target` as a JPEG, upright and in square pixels.

    Raises AssetError INVALID_STATE before the film has been looked at, and MediaError.
    """
    version = asset.versions.order_by("-number").first()
    if version is None:
        raise AssetError(
            AssetErrorCode.INVALID_STATE, "This film has not been looked at yet. Try again in a moment."
        )
    plan = Plan.from_json(version.plan)
    with objects().local_copy(asset.source_key) as source:
        return thumbnails.grab_frame(source, seconds, target, plan=plan, tools=tools())
