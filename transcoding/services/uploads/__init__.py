"""Uploads: durable offsets, one writer at a time, nothing received is lost."""

from transcoding.services.uploads.keeping import (
    create_upload,
    drop_stale,
    finish_forgotten,
    finished_file,
    offset_of,
    terminate,
)
from transcoding.services.uploads.on_disk import upload_file
from transcoding.services.uploads.writing import Writing, append

__all__ = [
    "Writing",
    "append",
    "create_upload",
    "drop_stale",
    "finish_forgotten",
    "finished_file",
    "offset_of",
    "terminate",
    "upload_file",
]
