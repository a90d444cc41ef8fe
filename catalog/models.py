"""Titles and what belongs to them. The visibility rule of a title lives in its queryset, once."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from vod.lib.actor import Actor
from vod.lib.rows import Row


class Genre(Row):
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(max_length=60, unique=True)

    graphql_type: ClassVar[str] = "Genre"

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Person(Row):
    name = models.CharField(max_length=120, db_index=True)

    graphql_type: ClassVar[str] = "Person"

    class Meta:
        verbose_name_plural = "people"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TitleKind(models.TextChoices):
    MOVIE = "MOVIE", "Movie"
    SERIES = "SERIES", "Series"


class TitleQuerySet(models.QuerySet["Title"]):
    def visible_to(self, actor: Actor) -> Self:
        """The one visibility rule: published, available now, and within the asker's maturity limit.

        Operators see drafts too. A child's profile sees rated titles only.
        """
        rows = self
        if not actor.is_operator:
            now = timezone.now()
            rows = rows.filter(
                Q(available_until__isnull=True) | Q(available_until__gt=now),
                published_at__isnull=False,
                available_from__lte=now,
            )
        if actor.is_kids:
            rows = rows.filter(minimum_age__isnull=False)
        if actor.maturity_limit is not None:
            rows = rows.filter(Q(minimum_age__isnull=True) | Q(minimum_age__lte=actor.maturity_limit))
        return rows


class Title(Row):
    """What a person browses: a movie or a series.

    `minimum_age` is the age in years that `maturity_rating` means, None for an unrated title;
    `published_at` is None for a draft. `folded_name` is the name as search and sorting compare it.
    """

    kind = models.CharField(max_length=6, choices=TitleKind)
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    name = models.CharField(max_length=200)
    folded_name = models.CharField(max_length=400, blank=True, editable=False, db_index=True)
    original_name = models.CharField(max_length=200, blank=True)
    original_language = models.CharField(max_length=35, blank=True)
    synopsis = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    maturity_rating = models.CharField(max_length=10, blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    genres = models.ManyToManyField(Genre, related_name="titles", blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    available_from = models.DateTimeField(default=timezone.now)
    available_until = models.DateTimeField(null=True, blank=True)
    is_featured = models.BooleanField(default=False, help_text="May stand large on the home page.")
    search_text = models.TextField(blank=True, editable=False, help_text="Folded words that search looks in.")

    objects = TitleQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["kind", "-available_from", "-id"]),
            models.Index(fields=["-available_from", "-id"]),
            models.Index(fields=["-year", "-id"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def graphql_type(self) -> str:
        return "Movie" if self.kind == TitleKind.MOVIE else "Series"


class ArtworkKind(models.TextChoices):
    POSTER = "POSTER", "Poster"
    BACKDROP = "BACKDROP", "Backdrop"
    STILL = "STILL", "Still"


class Artwork(Row):
    """A picture, re-encoded by us. `key` names its bytes, which never change."""

    title = models.ForeignKey(Title, null=True, blank=True, on_delete=models.CASCADE, related_name="artwork")
    episode = models.ForeignKey(
        "Episode", null=True, blank=True, on_delete=models.CASCADE, related_name="artwork"
    )
    kind = models.CharField(max_length=8, choices=ArtworkKind)
    key = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    blurhash = models.CharField(max_length=60)
    is_made = models.BooleanField(
        default=False, help_text="Made from the film's own frames; gives way to a given one."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["title", "kind"], name="one_artwork_of_a_kind"),
            models.UniqueConstraint(fields=["episode", "kind"], name="one_still_of_an_episode"),
        ]

    def __str__(self) -> str:
        return self.key


class Credit(Row):
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="credits")
    role = models.CharField(max_length=40)
    character = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class Season(Row):
    series = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="seasons")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, blank=True)

    graphql_type: ClassVar[str] = "Season"

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="season_numbers_differ")]

    def __str__(self) -> str:
        return self.name or f"Season {self.number}"


class Episode(Row):
    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="episodes")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    synopsis = models.TextField(blank=True)

    graphql_type: ClassVar[str] = "Episode"

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["season", "number"], name="episode_numbers_differ")]

    def __str__(self) -> str:
        return self.name


class VideoKind(models.TextChoices):
    FEATURE = "FEATURE", "Feature"
    EPISODE = "EPISODE", "Episode"
    TRAILER = "TRAILER", "Trailer"
    EXTRA = "EXTRA", "Extra"


class Video(Row):
    """Anything that can be watched. It belongs to a title, and to an episode where it is one.

    `pending_asset` takes the place of `asset` as soon as it can be watched.
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
