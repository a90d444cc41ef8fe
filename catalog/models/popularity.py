"""What people watch these days, kept by a periodic task of the app that knows what they watch."""

from django.db import models

from catalog.models.titles import Title


class Popularity(models.Model):
    """How much a title is watched: `trending` fades from day to day, `plays` counts the last week's.

    Only the best have a row, those of each age limit, so that the table stays short however large the library is.
    """

    title = models.OneToOneField(Title, primary_key=True, on_delete=models.CASCADE, related_name="popularity")
    trending = models.FloatField()
    plays = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "popularity"

    def __str__(self) -> str:
        return f"{self.title_id}: {self.plays}"
