"""Taking a file into the factory."""

from pathlib import Path
from uuid import UUID

from django.db import transaction

from transcoding.models import Asset, Job, JobKind
from transcoding.services.announcing import announce_job
from vod.lib.rows import new_id
from vod.lib.storage import objects


def add_source(
    *, path: Path, file_name: str, uploaded_by_id: UUID | None = None, wanted_for: UUID | None = None
) -> Asset:
    """Moves the file at `path` into the store and queues its probe.

    `file_name` is for people only; `wanted_for` is the key of an upper app's row that the film is for.
    The file leaves its place only after the rows are committed, so that a crash loses nothing.
    """
    key = new_id()
    source_key = f"sources/{key}/source"
    size = path.stat().st_size
    with transaction.atomic():
        asset = Asset.objects.create(
            id=key,
            file_name=file_name[:255],
            size_bytes=size,
            source_key=source_key,
            uploaded_by_id=uploaded_by_id,
            wanted_for=wanted_for,
        )
        Job.objects.create(asset=asset, kind=JobKind.PROBE)
        objects().put_absent(source_key, path)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
        announce_job()
    return asset
