"""What was imported from which folder: so that a second run finds it again."""

from django.db import models

from catalog.models.titles import Title
from catalog.models.videos import Video
from vod.lib.rows import Row


class ImportFolder(Row):
    """A folder that was imported from. Where it lies is not kept: `mark` is a digest of that, or of a name given to it."""

    mark = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class ImportedFile(Row):
    """A file below an import's folder, and what it became.

    `path` is relative to the folder and for people; `path_mark` is its digest. Size, time of change (ns since 1970) and
    `fingerprint` are those of the file that was taken. `asset_key` is chosen before the film is taken, so that a
    run that was cut short makes the same film and no second one; `is_done` says that it was taken.
    """

    folder = models.ForeignKey(ImportFolder, on_delete=models.CASCADE, related_name="files")
    path = models.TextField()
    path_mark = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    modified_ns = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64, blank=True)
    title = models.ForeignKey(Title, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    video = models.ForeignKey(Video, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asset_key = models.UUIDField(null=True, blank=True)
    artwork_key = models.CharField(max_length=200, blank=True, help_text="The picture that it became.")
    is_done = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["folder", "path_mark"], name="one_row_of_an_imported_file")
        ]

    def __str__(self) -> str:
        return self.path
