"""Which uploads lie where."""

from transcoding.models import Upload
from transcoding.services.uploads.in_bucket import InBucket
from transcoding.services.uploads.intake import Intake
from transcoding.services.uploads.on_disk import OnDisk
from vod.lib.storage import arrivals


def intake_of(upload: Upload) -> Intake:
    """Where the bytes of this upload are, wherever new ones go by now."""
    found = arrivals() if upload.part_bytes else None
    return InBucket(found) if found else OnDisk()


def intake_for_new() -> Intake:
    """Where new uploads go: into the bucket where there is one."""
    found = arrivals()
    return InBucket(found) if found else OnDisk()
