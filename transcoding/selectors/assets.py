"""Assets as lists and pages show them."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from transcoding.engine.renditions import ORIGINAL_NAME
from transcoding.models import Asset, AssetState, AssetVersion, Rendition, RenditionKind


def assets_in(state: str | None) -> QuerySet[Asset]:
    """All assets, or those in one state."""
    return Asset.objects.filter(state=AssetState(state)) if state else Asset.objects.all()


def renditions_of(asset_ids: Sequence[UUID]) -> dict[UUID, list[Rendition]]:
    """The renditions of each asset's newest version, in two queries however many assets there are.

    Without the original: it is the source's own picture beside the ladder, and not one of its rungs.
    """
    versions = AssetVersion.objects.filter(asset_id__in=asset_ids).order_by("number")
    # The last one of each asset stays.
    newest = dict(versions.values_list("asset_id", "pk"))
    owners = {version_id: asset_id for asset_id, version_id in newest.items()}
    found: dict[UUID, list[Rendition]] = defaultdict(list)
    for row in Rendition.objects.filter(version_id__in=owners).exclude(name=ORIGINAL_NAME):
        found[owners[row.version_id]].append(row)
    return found


def audio_tracks_of(asset_ids: Sequence[UUID]) -> dict[UUID, list[Rendition]]:
    """The sound that viewers of each asset can choose from, the default first."""
    current = Asset.objects.filter(pk__in=asset_ids, current_version__isnull=False)
    owners = {version: key for key, version in current.values_list("pk", "current_version_id")}
    tracks: dict[UUID, list[Rendition]] = defaultdict(list)
    rows = Rendition.objects.filter(version_id__in=owners, kind=RenditionKind.AUDIO)
    for row in rows.order_by("-is_default", "name"):
        tracks[owners[row.version_id]].append(row)
    return tracks
