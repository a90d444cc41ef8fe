"""What can be watched, and what is known of its stretches."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from catalog.models.episodes import Episode
from catalog.models.titles import Title
from catalog.models.words import TranslatedName
from vod.lib.rows import Row


class VideoKind(models.TextChoices):
    FEATURE = "FEATURE", "Feature"
    EPISODE = "EPISODE", "Episode"
    TRAILER = "TRAILER", "Trailer"
    EXTRA = "EXTRA", "Extra"


class Video(TranslatedName, Row):
    """Anything that can be watched. It belongs to a title, and to an episode where it is one.

    `pending_asset` takes the place of `asset` as soon as it can be watched. `chapters` are an editor's, each with
    `title` and `start_seconds`; None where those of the file count.
    """

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="videos")
    episode = models.OneToOneField(
        Episode, null=True, blank=True, on_delete=models.CASCADE, related_name="video"
    )
    kind = models.CharField(max_length=7, choices=VideoKind)
    name = models.CharField(max_length=200, blank=True)
    asset = models.ForeignKey(
        "transcoding.Asset", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    pending_asset = models.ForeignKey(
        "transcoding.Asset", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    chapters = models.JSONField(null=True, blank=True, default=None)

    graphql_type: ClassVar[str] = "Video"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["title"], condition=Q(kind=VideoKind.FEATURE), name="one_feature_of_a_movie"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.title_id}"


class SubtitleKind(models.TextChoices):
    """Whom subtitles are for."""

    SUBTITLES = "SUBTITLES", "Subtitles"
    CAPTIONS = "CAPTIONS", "Captions"
    FORCED = "FORCED", "Forced"


class Marker(Row):
    """A stretch of a video: intro, recap or credits. Seconds from its start."""

    class Kind(models.TextChoices):
        INTRO = "INTRO"
        RECAP = "RECAP"
        CREDITS = "CREDITS"

    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="markers")
    kind = models.CharField(max_length=7, choices=Kind)
    start_seconds = models.FloatField()
    end_seconds = models.FloatField()

    class Meta:
        ordering = ["start_seconds"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_seconds__gt=models.F("start_seconds")), name="marker_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.kind
