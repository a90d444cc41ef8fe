"""Taking a file into the factory."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from transcoding.models import Asset, Job, JobKind
from transcoding.services.announcing import announce_job
from transcoding.services.removing import keep_below, remove_below
from vod.lib.rows import new_id
from vod.lib.storage import objects
from vod.lib.transactions import transactional

# Longer than the largest film takes on its way to the slowest store.
_ARRIVAL = timedelta(days=2)


def source_folder(asset_id: UUID) -> str:
    """The prefix below which an asset's own file lies."""
    return f"sources/{asset_id}"


def add_source(
    *,
    path: Path,
    file_name: str,
    uploaded_by_id: UUID | None = None,
    wanted_for: UUID | None = None,
    key: UUID | None = None,
    within: Callable[[Asset], None] = lambda _asset: None,
    stays: bool = False,
) -> Asset:
    """Moves the file at `path` into the store and queues its probe.

    `file_name` is for people only; `wanted_for` is the key of an upper app's row that the film is for. Who may
    be asked twice for the same film names its `key`: the second time changes nothing. `within` is called
    in the transaction that makes the rows, which is not held open while a large film is on its way.

    The file leaves its place only after the rows are committed, so that a crash loses nothing; what a crash left
    in the store without rows is removed in time. With `stays` the file is not touched at all: the store gets bytes of
    its own, and no name for the file's.
    """
    asset_id = key or new_id()
    source_key = f"{source_folder(asset_id)}/source"
    if key is None or not Asset.objects.filter(pk=key).exists():
        expect_source(asset_id)
        put = objects().copy_absent if stays else objects().put_absent
        put(source_key, path)

    def moved(asset: Asset) -> None:
        within(asset)
        if not stays:
            transaction.on_commit(lambda: path.unlink(missing_ok=True))

    return take_source(
        asset_id=asset_id,
        source_key=source_key,
        size_bytes=path.stat().st_size,
        file_name=file_name,
        uploaded_by_id=uploaded_by_id,
        wanted_for=wanted_for,
        within=moved,
    )


@transactional
def expect_source(asset_id: UUID) -> None:
    """Before the file is put there: what a crash leaves without rows is removed in time."""
    remove_below([source_folder(asset_id)], after=_ARRIVAL)


@transactional
def take_source(
    *,
    asset_id: UUID,
    source_key: str,
    size_bytes: int,
    file_name: str,
    uploaded_by_id: UUID | None = None,
    wanted_for: UUID | None = None,
    within: Callable[[Asset], None] = lambda _asset: None,
) -> Asset:
    """Makes the rows of a file that lies in the store below `source_folder`, once, and queues its probe.

    `within` is called in the transaction that makes them.
    """
    asset, _ = Asset.objects.get_or_create(
        id=asset_id,
        defaults={
            "file_name": file_name[:255],
            "size_bytes": size_bytes,
            "source_key": source_key,
            "uploaded_by_id": uploaded_by_id,
            "wanted_for": wanted_for,
        },
    )
    keep_below(source_folder(asset_id))
    Job.objects.get_or_create(asset=asset, kind=JobKind.PROBE)
    within(asset)
    announce_job()
    return asset
