"""What else is known of a title: other names, and when people saw it."""

from django.db import models

from catalog.models.titles import Title
from vod.lib.rows import Row


class AlternativeName(Row):
    """Another name of a title, under which people look for it. Language and country where they are known."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="alternative_names")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=35, blank=True, help_text="A BCP 47 tag.")
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1, two letters.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Publication(Row):
    """A time in which a title was published: its window, and when it was withdrawn (None while it is not)."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="publications")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    available_from = models.DateTimeField()
    available_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-published_at", "-id"]

    def __str__(self) -> str:
        return f"{self.title_id} {self.published_at:%Y-%m-%d}"
