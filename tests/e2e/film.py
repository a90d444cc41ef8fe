"""A film that an operator has put into the running product, as the tests that watch it need it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.client import Client

READY_SECONDS = 240


@dataclass(frozen=True)
class Film:
    """A published movie whose asset is READY. `seen` are the asset's states on the way there."""

    name: str
    slug: str
    title_id: str
    video_id: str
    asset_id: str
    source: Path
    seen: tuple[dict[str, Any], ...]

    @property
    def seconds(self) -> float:
        return float(self.seen[-1]["durationSeconds"])


def put_in(operator: Client, source: Path, name: str) -> Film:
    """What an operator does: make the movie, upload with one interruption, wait, attach, publish."""
    movie = operator.change(
        "CreateMovie",
        name=name,
        year=2008,
        synopsis="A rabbit has had enough.",
        maturityRating="U",
        genres=["Animation"],
    )["movie"]
    asset = operator.upload(source, interrupt_at=source.stat().st_size // 3)
    seen = operator.wait_for_asset(asset, "READY", READY_SECONDS)
    operator.change("AttachAsset", videoId=movie["video"]["id"], assetId=asset)
    operator.change("PublishTitle", titleId=movie["id"])
    return Film(name, movie["slug"], movie["id"], movie["video"]["id"], asset, source, tuple(seen))
