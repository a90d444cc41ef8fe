"""Genres, people, and what people did for a title."""

from typing import ClassVar

from django.db import models

from catalog.models.words import TranslatedName
from vod.lib.rows import Row


class Genre(TranslatedName, Row):
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


class Credit(Row):
    title = models.ForeignKey("catalog.Title", on_delete=models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="credits")
    role = models.CharField(max_length=40)
    character = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"
