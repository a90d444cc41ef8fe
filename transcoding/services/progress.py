"""Progress of an asset and its renditions: shares of the work, that never fall."""

from uuid import UUID

from django.db.models import F, FloatField, Q, Sum, Value
from django.db.models.functions import Greatest, Now

from transcoding.models import Asset, AssetState, Chunk, ChunkKind, Rendition, RenditionKind

# The whole is only whole when it is published.
_MOST = 0.99

_IS_ORIGINAL = Q(name="original")
_IS_COPY = Q(kind=RenditionKind.VIDEO, is_copied=True)
# Which renditions the chunks of a kind make.
MADE_BY = {
    ChunkKind.VIDEO: Q(kind=RenditionKind.VIDEO, is_copied=False) & ~Q(codec="av1"),
    ChunkKind.COPY: _IS_COPY & ~_IS_ORIGINAL,
    ChunkKind.ORIGINAL: _IS_COPY & _IS_ORIGINAL,
    ChunkKind.AUDIO: Q(kind=RenditionKind.AUDIO),
    ChunkKind.STORYBOARD: Q(kind=RenditionKind.STORYBOARD),
    ChunkKind.SUBTITLES: Q(kind=RenditionKind.SUBTITLES),
}


def write_progress(*, asset_id: UUID, version_id: UUID) -> None:
    """Brings the asset's and its renditions' progress up to that of the version's chunks."""
    sums = (
        # AV1 comes after the film is ready, and has its own.
        Chunk.objects.filter(version_id=version_id)
        .exclude(kind=ChunkKind.AV1)
        .order_by()
        .values("kind")
        .annotate(made=Sum(F("progress") * F("weight")), whole=Sum("weight"))
    )
    made = whole = 0.0
    for row in sums:
        made, whole = made + row["made"], whole + row["whole"]
        share = min(1.0, row["made"] / row["whole"]) if row["whole"] else 0.0
        Rendition.objects.filter(
            MADE_BY[ChunkKind(row["kind"])], version_id=version_id, progress__lt=share
        ).update(progress=share)
    share = min(_MOST, made / whole) if whole else 0.0
    Asset.objects.filter(
        pk=asset_id, progress__lt=share, state__in=(AssetState.ENCODING, AssetState.PLAYABLE)
    ).update(progress=Greatest(F("progress"), Value(share, FloatField())), changed_at=Now())
