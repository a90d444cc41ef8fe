"""The seasons and episodes of a series."""

from typing import ClassVar

from django.db import models

from catalog.models.words import TranslatedName, TranslatedWords
from vod.lib.rows import Row


class Season(TranslatedName, Row):
    series = models.ForeignKey("catalog.Title", on_delete=models.CASCADE, related_name="seasons")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, blank=True)

    graphql_type: ClassVar[str] = "Season"

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="season_numbers_differ")]

    def __str__(self) -> str:
        return self.name or f"Season {self.number}"


class Episode(TranslatedWords, Row):
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
