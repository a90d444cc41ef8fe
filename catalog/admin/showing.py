"""How rows of the library look in lists."""

from typing import Any

from django.utils.html import format_html

from catalog.artwork.signing import image_url
from catalog.models import Video
from catalog.selectors.readiness import is_playable, readiness


def preview_of(key: str, width: int) -> Any:
    return format_html('<img src="{}" alt="" style="width:{}px;border-radius:6px">', image_url(key), width)


def state_of(video: Video | None) -> str:
    """What the film of a video is at, in words."""
    if video is None or (video.asset is None and video.pending_asset is None):
        return "No film yet"
    share = readiness(video.asset, video.pending_asset)
    if share is not None:
        return f"Being prepared, {share:.0%}"
    return "Can be watched" if is_playable(video.asset) else "The film failed"


STATES = {"Can be watched": "success", "No film yet": "info", "The film failed": "danger"}
