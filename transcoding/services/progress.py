"""Progress of an asset and its renditions: shares of the work, that never fall."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, FloatField, Q, Sum, Value
from django.db.models.functions import Greatest, Now

from transcoding.engine.renditions import ORIGINAL_NAME
from transcoding.models import (
    AFTERWARDS,
    Asset,
    AssetState,
    Chunk,
    ChunkKind,
    ChunkPart,
    Rendition,
    RenditionKind,
    RenditionState,
    WorkState,
)
from transcoding.promise import low_rungs

# The whole is only whole when it is published.
_MOST = 0.99

_IS_ORIGINAL = Q(name=ORIGINAL_NAME)
_IS_COPY = Q(kind=RenditionKind.VIDEO, is_copied=True)
# Which renditions the chunks of a kind make; those of the ladder by their part.
_MADE_BY = {
    ChunkKind.COPY: _IS_COPY & ~_IS_ORIGINAL,
    ChunkKind.ORIGINAL: _IS_COPY & _IS_ORIGINAL,
    ChunkKind.AUDIO: Q(kind=RenditionKind.AUDIO),
    ChunkKind.STORYBOARD: Q(kind=RenditionKind.STORYBOARD),
    ChunkKind.SUBTITLES: Q(kind=RenditionKind.SUBTITLES),
}
_IS_LADDER = Q(kind=RenditionKind.VIDEO, is_copied=False) & ~Q(codec="av1")
_LOWEST = (ChunkPart.ALL, ChunkPart.LOW)
_UPPER = (ChunkPart.ALL, ChunkPart.REST)


@dataclass(slots=True)
class _Sums:
    """Of the chunks of one kind and part: segments, those made, and chunks that are not done."""

    made: float = 0.0
    whole: int = 0
    open: int = 0


def write_progress(*, asset_id: UUID, version_id: UUID) -> None:
    """Brings the asset's and its renditions' progress and states up to that of the version's chunks.

    A rendition's is by the chunks that make it, in segments; the asset's by what each chunk costs.
    """
    length = F("end_segment") - F("first_segment")
    rows = (
        # What comes after the film is ready has its own.
        Chunk.objects.filter(version_id=version_id)
        .exclude(kind__in=AFTERWARDS)
        .order_by()
        .values("kind", "part")
        .annotate(
            cost_made=Sum(F("progress") * F("weight")),
            cost=Sum("weight"),
            made=Sum(F("progress") * length, output_field=FloatField()),
            whole=Sum(length),
            open=Count("pk", filter=~Q(state=WorkState.DONE)),
        )
    )
    sums: dict[tuple[str, str], _Sums] = {}
    made = whole = 0.0
    for row in rows:
        made, whole = made + row["cost_made"], whole + row["cost"]
        sums[row["kind"], row["part"]] = _Sums(row["made"], row["whole"], row["open"])
    for which, parts in _renditions(version_id, sums):
        _write(version_id, which, [sums[key] for key in parts if key in sums])
    share = min(_MOST, made / whole) if whole else 0.0
    Asset.objects.filter(
        pk=asset_id, progress__lt=share, state__in=(AssetState.ENCODING, AssetState.PLAYABLE)
    ).update(progress=Greatest(F("progress"), Value(share, FloatField())), changed_at=Now())


def _renditions(
    version_id: UUID, sums: Mapping[tuple[str, str], _Sums]
) -> Iterator[tuple[Q, list[tuple[str, str]]]]:
    """Renditions, and the kinds and parts of chunks that make them."""
    for kind, which in _MADE_BY.items():
        yield which, [(kind, ChunkPart.ALL)]
    if not {(ChunkKind.VIDEO, part) for part in (ChunkPart.LOW, ChunkPart.REST)} & set(sums):
        yield _IS_LADDER, [(ChunkKind.VIDEO, ChunkPart.ALL)]
        return
    sizes = Rendition.objects.filter(_IS_LADDER, version_id=version_id).values_list("name", "width", "height")
    low = low_rungs({name: (width or 0) * (height or 0) for name, width, height in sizes})
    yield _IS_LADDER & Q(name__in=low), [(ChunkKind.VIDEO, part) for part in _LOWEST]
    yield _IS_LADDER & ~Q(name__in=low), [(ChunkKind.VIDEO, part) for part in _UPPER]


def _write(version_id: UUID, which: Q, parts: list[_Sums]) -> None:
    whole = sum(part.whole for part in parts)
    if not whole:
        return
    share = min(1.0, sum(part.made for part in parts) / whole)
    rows = Rendition.objects.filter(which, version_id=version_id)
    rows.filter(progress__lt=share).update(progress=share)
    if not any(part.open for part in parts):
        rows.exclude(state=RenditionState.READY).update(state=RenditionState.READY, progress=1)
    elif share > 0:
        rows.filter(state=RenditionState.WAITING).update(state=RenditionState.ENCODING)
