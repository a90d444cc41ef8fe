"""Titles that an editor has put together."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from catalog.models.artwork import Artwork
from catalog.models.titles import Title
from catalog.models.words import TranslatedWords
from vod.lib.actor import Actor
from vod.lib.rows import Row


class CollectionQuerySet(models.QuerySet["Collection"]):
    def shown_to(self, actor: Actor, now: datetime | None = None) -> Self:
        """Those whose time it is; operators see all. Which of its titles one sees is another question."""
        if actor.is_operator:
            return self
        return self.live(now)

    def live(self, now: datetime | None = None) -> Self:
        """Those whose time it is."""
        moment = now or timezone.now()
        return self.filter(Q(shown_until__isnull=True) | Q(shown_until__gt=moment), shown_from__lte=moment)


class Collection(TranslatedWords, Row):
    """Titles in an editor's order.

    `shown_from` is None for one that is not ready; `home_place` orders the collections that have a row on the home
    page, the least first, and is None for one that has none.
    """

    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    name = models.CharField(max_length=120)
    synopsis = models.TextField(blank=True)
    shown_from = models.DateTimeField(null=True, blank=True)
    shown_until = models.DateTimeField(null=True, blank=True)
    home_place = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Its place among the collections of the home page; none: it is not there.",
    )
    # They stand here, not in Artwork, so that a page of collections needs one statement with its pictures.
    poster = models.OneToOneField(
        Artwork, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="poster_of"
    )
    backdrop = models.OneToOneField(
        Artwork, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="backdrop_of"
    )
    titles = models.ManyToManyField(Title, through="CollectionEntry", related_name="collections")

    graphql_type: ClassVar[str] = "Collection"

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_until__isnull=True)
                | Q(shown_from__isnull=True)
                | Q(shown_until__gt=F("shown_from")),
                name="collection_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.name


class CollectionEntry(Row):
    """A title's place in a collection."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="entries")
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="collection_entries")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "collection entries"
        constraints = [
            models.UniqueConstraint(fields=["collection", "title"], name="title_once_in_a_collection")
        ]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.title_id}"
