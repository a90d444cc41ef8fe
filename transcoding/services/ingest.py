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
) -> Asset:
    """Moves the file at `path` into the store and queues its probe.

    `file_name` is for people only; `wanted_for` is the key of an upper app's row that the film is for. Who may
    be asked twice for the same film names its `key`: the second time changes nothing. `within` is called
    in the transaction that makes the rows, which is not held open while a large film is on its way.

    The file leaves its place only after the rows are committed, so that a crash loses nothing; what a crash left
    in the store without rows is removed in time.
    """
    made = Asset.objects.filter(pk=key).first() if key else None
    asset_id = key or new_id()
    source_key = f"{source_folder(asset_id)}/source"
    size = path.stat().st_size
    if made is None:
        remove_below([source_folder(asset_id)], after=_ARRIVAL)
        objects().put_absent(source_key, path)

    @transactional
    def take_in() -> Asset:
        asset = made or Asset.objects.create(
            id=asset_id,
            file_name=file_name[:255],
            size_bytes=size,
            source_key=source_key,
            uploaded_by_id=uploaded_by_id,
            wanted_for=wanted_for,
        )
        keep_below(source_folder(asset_id))
        Job.objects.get_or_create(asset=asset, kind=JobKind.PROBE)
        within(asset)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
        announce_job()
        return asset

    return take_in()
