"""Pictures of titles and episodes."""

from django.db import models

from catalog.models.episodes import Episode
from catalog.models.titles import Title
from vod.lib.rows import Row


class ArtworkKind(models.TextChoices):
    POSTER = "POSTER", "Poster"
    BACKDROP = "BACKDROP", "Backdrop"
    STILL = "STILL", "Still"


class Artwork(Row):
    """A picture, re-encoded by us. `key` names its bytes, which never change.

    `widths` are those of its smaller copies, each an object of its own (`key_of`); None where they have yet to be made.
    """

    title = models.ForeignKey(Title, null=True, blank=True, on_delete=models.CASCADE, related_name="artwork")
    episode = models.ForeignKey(
        Episode, null=True, blank=True, on_delete=models.CASCADE, related_name="artwork"
    )
    kind = models.CharField(max_length=8, choices=ArtworkKind)
    key = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    blurhash = models.CharField(max_length=60)
    widths = models.JSONField(null=True, blank=True, default=None, editable=False)
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

    def key_of(self, width: int) -> str:
        """Where the copy that is `width` pixels wide is kept."""
        return self.key if width == self.width else f"{self.key.removesuffix('.webp')}-{width}.webp"

    @property
    def keys(self) -> list[str]:
        """Where all of its bytes are."""
        return [self.key, *(self.key_of(width) for width in self.widths or ())]
