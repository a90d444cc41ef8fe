"""How fast assets are being made and how long it still takes, from the rows of their chunks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from transcoding.models import AFTERWARDS, Asset, AssetState, AssetVersion, Chunk, WorkState

MAKING = (AssetState.ENCODING, AssetState.PLAYABLE)
# The pieces that were begun last say how fast it goes now.
_RECENT = 6


@dataclass(frozen=True, slots=True)
class Pace:
    """`speed` in seconds of film, in all its rungs, a second; `seconds_left` until the whole is made."""

    speed: float
    seconds_left: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A chunk that was begun: what it costs beside the others of its film, the share made, and when."""

    weight: float
    made: float
    begun: datetime


def pace_of(assets: Sequence[UUID]) -> dict[UUID, Pace]:
    """The pace of those assets that are being made and of which something is; in three queries for all of them."""
    lengths = dict(
        Asset.objects.filter(pk__in=assets, state__in=MAKING, duration_seconds__gt=0).values_list(
            "pk", "duration_seconds"
        )
    )
    versions = AssetVersion.objects.filter(asset_id__in=lengths).order_by("number")
    newest = dict(versions.values_list("asset_id", "pk"))
    owners = {version: asset for asset, version in newest.items()}
    begun: dict[UUID, list[Stretch]] = defaultdict(list)
    whole: dict[UUID, float] = defaultdict(float)
    # What comes after the film is ready is waited for by nobody.
    rows = Chunk.objects.filter(version_id__in=owners).exclude(kind__in=AFTERWARDS)
    for version, state, weight, made, started in rows.values_list(
        "version_id", "state", "weight", "progress", "started_at"
    ):
        asset = owners[version]
        whole[asset] += weight
        if started is not None and state in (WorkState.RUNNING, WorkState.DONE):
            begun[asset].append(Stretch(weight, made, started))
    now = timezone.now()
    found = {
        asset: pace_from(stretches, whole=whole[asset], seconds=lengths[asset] or 0.0, now=now)
        for asset, stretches in begun.items()
    }
    return {asset: pace for asset, pace in found.items() if pace is not None}


def pace_from(stretches: Iterable[Stretch], *, whole: float, seconds: float, now: datetime) -> Pace | None:
    """The pace of a film of `seconds`, of whose work of `whole` these stretches were begun; None before any is made."""
    ordered = sorted(stretches, key=lambda stretch: stretch.begun)
    recent = ordered[-_RECENT:]
    made = sum(stretch.weight * stretch.made for stretch in recent)
    spent = (now - recent[0].begun).total_seconds() if recent else 0.0
    if made <= 0 or spent <= 0 or whole <= 0:
        return None
    left = max(0.0, whole - sum(stretch.weight * stretch.made for stretch in ordered))
    return Pace(speed=made / whole * seconds / spent, seconds_left=left * spent / made)
