"""Ordering previews of films that are ready: of new ones, of those from before there were any, of new makings."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from transcoding.models import Asset, AssetState, Chunk, ChunkKind, WorkState
from transcoding.queue import PREVIEW, Lane
from transcoding.services.announcing import announce_work
from vod.lib.transactions import transactional

# Films a transaction, whose rows stay locked for its length.
_AT_ONCE = 200
# For a sweep: what is left comes with the next one.
_A_ROUND = 1000


def order_previews() -> int:
    """Orders the previews of films that are ready and have none on order, so many a round; how many."""
    ordered = 0
    for count in order_in_batches():
        ordered += count
        if ordered >= _A_ROUND:
            break
    return ordered


def order_in_batches() -> Iterator[int]:
    """The same for all films, in transactions of their own; how many each has ordered."""
    # Looked for outside of a transaction: that nothing is to be done is seen by looking at every film.
    while found := list(films_without_preview().order_by("-id").values_list("pk", flat=True)[:_AT_ONCE]):
        yield _order(found)


def films_without_preview() -> QuerySet[Asset]:
    """Films that are ready and whose preview nobody has ordered yet."""
    there = Chunk.objects.filter(version=OuterRef("current_version"), kind=ChunkKind.PREVIEW)
    ready = Asset.objects.filter(state=AssetState.READY, current_version__isnull=False)
    return ready.exclude(Exists(there))


@transactional
def _order(keys: Sequence[UUID]) -> int:
    # Locked, so that none is deleted while its order is written.
    rows = films_without_preview().filter(pk__in=keys).order_by("id").select_for_update(of=("self",))
    versions = list(rows.values_list("current_version_id", flat=True))
    Chunk.objects.bulk_create(
        [
            Chunk(version_id=version, kind=ChunkKind.PREVIEW, number=0, priority=PREVIEW)
            for version in versions
        ],
        ignore_conflicts=True,
    )
    if versions:
        announce_work([Lane.BACKGROUND])
    return len(versions)


@transactional
def order_failed_again() -> int:
    """Starts the previews anew that were given up, of versions that are watched; how many."""
    failed = Chunk.objects.filter(
        kind=ChunkKind.PREVIEW,
        state__in=(WorkState.FAILED, WorkState.CANCELLED),
        version__in=Asset.objects.filter(state=AssetState.READY).values("current_version"),
    )
    ordered = failed.update(
        state=WorkState.WAITING, attempt=0, losses=0, not_before=None, failure_code="", failure_message=""
    )
    if ordered:
        announce_work([Lane.BACKGROUND])
    return ordered
