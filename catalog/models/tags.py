"""Words that titles are found and grouped by, beside genres."""

from typing import ClassVar

from django.db import models

from catalog.models.words import TranslatedName
from vod.lib.rows import Row


class Tag(TranslatedName, Row):
    """A word such as "heist" or "based on a book". Titles have as many as are useful."""

    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(max_length=60, unique=True)

    graphql_type: ClassVar[str] = "Tag"

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
