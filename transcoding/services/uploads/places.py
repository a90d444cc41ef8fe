"""Which uploads lie where."""

from transcoding.models import Upload
from transcoding.services.uploads.intake import Intake
from transcoding.services.uploads.on_disk import OnDisk


def intake_of(upload: Upload) -> Intake:
    """Where the bytes of this upload are, wherever new ones go by now."""
    return OnDisk()


def intake_for_new() -> Intake:
    """Where new uploads go: into the bucket where there is one."""
    return OnDisk()
