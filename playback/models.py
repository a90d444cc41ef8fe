"""Watching: streams with a lease, positions, history, a profile's list and ratings.

Everything hangs on a profile's key; profiles are never mixed.
"""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models

from vod.lib.rows import Row


class PlaybackState(models.TextChoices):
    PLAYING = "PLAYING", "Playing"
    PAUSED = "PAUSED", "Paused"
    BUFFERING = "BUFFERING", "Waiting for data"


class PlaybackSessionQuerySet(models.QuerySet["PlaybackSession"]):
    def live(self, at: datetime) -> Self:
        """The streams that hold a place at that moment."""
        return self.filter(ended_at__isnull=True, lease_expires_at__gt=at)


class PlaybackSession(Row):
    """One stream on one device: holds a place in the plan while its lease (UTC) lasts.

    `login` is the digest of the session or token that started it; the stream ends with that. `place` is which of the
    plan's places it holds, counted from 0: of live streams of an account no two hold the same. `password_mark` stands
    for the account's password at the start.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    profile = models.ForeignKey(
        "accounts.Profile",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="None for an operator who watches without one.",
    )
    video = models.ForeignKey("catalog.Video", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey("transcoding.AssetVersion", on_delete=models.CASCADE, related_name="+")
    device_name = models.CharField(max_length=80)
    device_id = models.CharField(max_length=80, blank=True)
    login = models.CharField(max_length=64, blank=True)
    password_mark = models.CharField(max_length=64, blank=True, editable=False)
    place = models.PositiveSmallIntegerField(default=0)
    max_height = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=PlaybackState, default=PlaybackState.PLAYING)
    lease_expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PlaybackSessionQuerySet.as_manager()

    graphql_type: ClassVar[str] = "PlaybackSession"

    class Meta:
        indexes = [
            models.Index(fields=["user", "ended_at", "lease_expires_at"]),
            models.Index(
                name="streams_not_yet_ended",
                fields=["lease_expires_at"],
                condition=models.Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device_name} since {self.created_at}"

    def is_live(self, at: datetime) -> bool:
        """Whether the stream holds its place at that moment: not ended, and its lease not over."""
        return self.ended_at is None and self.lease_expires_at > at


class Progress(Row):
    """Where a profile is in a video, in seconds; the later write by server time wins."""

    profile = models.ForeignKey("accounts.Profile", on_delete=models.CASCADE, related_name="+")
    video = models.ForeignKey("catalog.Video", on_delete=models.CASCADE, related_name="+")
    position_seconds = models.FloatField(default=0)
    completed = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False, help_text="Taken out of continue watching.")
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "progress"
        constraints = [models.UniqueConstraint(fields=["profile", "video"], name="one_position_per_profile")]
        indexes = [models.Index(fields=["profile", "-updated_at"])]

    def __str__(self) -> str:
        return f"{self.position_seconds:.0f} s"


class ListEntry(Row):
    """A title on a profile's list."""

    profile = models.ForeignKey("accounts.Profile", on_delete=models.CASCADE, related_name="+")
    title = models.ForeignKey("catalog.Title", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name_plural = "list entries"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["profile", "title"], name="listed_once")]

    def __str__(self) -> str:
        return str(self.title_id)


class Rating(Row):
    """What a profile thinks of a title."""

    class Value(models.TextChoices):
        DOWN = "DOWN"
        UP = "UP"
        LOVE = "LOVE"

    profile = models.ForeignKey("accounts.Profile", on_delete=models.CASCADE, related_name="+")
    title = models.ForeignKey("catalog.Title", on_delete=models.CASCADE, related_name="+")
    value = models.CharField(max_length=4, choices=Value)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "title"], name="rated_once")]

    def __str__(self) -> str:
        return self.value


class Play(Row):
    """A day (UTC) on which a profile watched a title: once, however often it pressed play."""

    profile = models.ForeignKey("accounts.Profile", on_delete=models.CASCADE, related_name="+")
    title = models.ForeignKey("catalog.Title", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "title", "day"], name="one_play_a_day_per_profile")
        ]
        indexes = [models.Index(name="plays_by_day", fields=["day", "title"])]

    def __str__(self) -> str:
        return f"{self.title_id} on {self.day}"


class QualityEvent(models.Model):
    """What a player said of how a stream ran. Rows are only ever added, and dropped when they are old."""

    class Kind(models.TextChoices):
        START = "START", "First picture"
        PLAYED = "PLAYED", "Played"
        STALL = "STALL", "Stall"
        SWITCH = "SWITCH", "Another rung"
        ERROR = "ERROR", "Error"

    class Code(models.TextChoices):
        FORBIDDEN = "FORBIDDEN"
        MISSING = "MISSING"
        NETWORK = "NETWORK"
        MEDIA = "MEDIA"
        UNSUPPORTED = "UNSUPPORTED"
        OTHER = "OTHER"

    session = models.ForeignKey(PlaybackSession, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(help_text="By the server's clock.")
    kind = models.CharField(max_length=6, choices=Kind)
    seconds = models.FloatField(null=True, blank=True, help_text="Of a start, of a stall, of playing.")
    position_seconds = models.FloatField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True, help_text="Pixels of the rung.")
    bitrate = models.PositiveBigIntegerField(null=True, blank=True, help_text="Bits a second of the rung.")
    code = models.CharField(max_length=11, choices=Code, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Of HTTP, with an error.")
    fatal = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(name="quality_by_time", fields=["at", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"
