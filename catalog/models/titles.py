"""What a person browses. The visibility rule of a title lives in its queryset, once."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from catalog.models.people import Genre
from catalog.models.tags import Tag
from catalog.models.words import TranslatedWords
from vod.lib.actor import Actor
from vod.lib.rows import Row


class TitleKind(models.TextChoices):
    MOVIE = "MOVIE", "Movie"
    SERIES = "SERIES", "Series"


class TitleQuerySet(models.QuerySet["Title"]):
    def visible_to(self, actor: Actor, *, at: datetime | None = None) -> Self:
        """The one visibility rule: published, available now (or `at`), and within the asker's maturity limit.

        Operators see drafts too. A child's profile sees rated titles only.
        """
        rows = self
        if not actor.is_operator:
            now = at or timezone.now()
            # "Not later than now" says what "at most now" says, but SQLite takes only the first upper limit of a column to
            # enter its index by: that has to be where a page begins, which may be far from now.
            rows = rows.filter(
                Q(available_until__isnull=True) | Q(available_until__gt=now),
                ~Q(available_from__gt=now),
                published_at__isnull=False,
            )
        if actor.is_kids:
            rows = rows.filter(minimum_age__isnull=False)
        if actor.maturity_limit is not None:
            rows = rows.filter(Q(minimum_age__isnull=True) | Q(minimum_age__lte=actor.maturity_limit))
        return rows


class TitleState(models.TextChoices):
    DRAFT = "DRAFT", "Draft"
    PUBLISHED = "PUBLISHED", "Published"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


class Title(TranslatedWords, Row):
    """What a person browses: a movie or a series.

    `name` and `synopsis` are in the library's own language. `ratings` has a rating by system; `maturity_rating` is the
    one that counts, and `minimum_age` the age in years that it means, None for an unrated title. `published_at` is None
    for what people do not see: a draft, or a title that was withdrawn at `withdrawn_at`. `folded_name` is the name as
    search and sorting compare it.
    """

    kind = models.CharField(max_length=6, choices=TitleKind)
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    name = models.CharField(max_length=200)
    folded_name = models.CharField(max_length=400, blank=True, editable=False, db_index=True)
    original_name = models.CharField(max_length=200, blank=True)
    original_language = models.CharField(max_length=35, blank=True)
    synopsis = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    countries = models.JSONField(
        default=list, blank=True, help_text='Where it was made, by ISO 3166-1: ["FR", "DE"].'
    )
    languages = models.JSONField(
        default=list, blank=True, help_text='What is spoken in it, as BCP 47 tags: ["fr", "de"].'
    )
    ratings = models.JSONField(default=dict, blank=True, help_text='By system: {"BBFC": "12A", "FSK": "12"}.')
    maturity_rating = models.CharField(max_length=20, blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    genres = models.ManyToManyField(Genre, related_name="titles", blank=True)
    tags = models.ManyToManyField(Tag, related_name="titles", blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    available_from = models.DateTimeField(default=timezone.now)
    available_until = models.DateTimeField(null=True, blank=True)
    is_featured = models.BooleanField(default=False, help_text="May stand large on the home page.")

    objects = TitleQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["kind", "-available_from", "-id"]),
            # With all that `visible_to` asks, so that the newest are found without looking at the others' rows.
            models.Index(
                name="titles_by_newness",
                fields=["-available_from", "-id", "minimum_age", "published_at", "available_until"],
            ),
            models.Index(
                name="titles_featured", fields=["-available_from", "-id"], condition=Q(is_featured=True)
            ),
            models.Index(fields=["-year", "-id"]),
            # As `browse` sorts by it, those without a year last.
            models.Index(Coalesce("year", 0).desc(), F("id").desc(), name="titles_by_year"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def graphql_type(self) -> str:
        return "Movie" if self.kind == TitleKind.MOVIE else "Series"

    @property
    def state(self) -> TitleState:
        """Whether people were let see it; the window says when."""
        if self.published_at is not None:
            return TitleState.PUBLISHED
        return TitleState.DRAFT if self.withdrawn_at is None else TitleState.WITHDRAWN
