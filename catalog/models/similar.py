"""Which titles are like which, as last computed."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from catalog.models.titles import Title

#: Neighbours that are kept of a title.
MOST_NEIGHBOURS = 48


class Neighbours(models.Model):
    """What is like a title, the nearest first: one row a title, so that a list is replaced whole or not at all.

    `others` is a list of [key in hex, score, share of the score that comes from views, people who watched both (0 for
    too few), words in common]. Keys may be of titles that are gone by now, and nobody has looked at who may see them:
    whoever reads them asks `visible_to`. Nothing here names a person.
    """

    # Without a constraint: a title may go while its row is on the way, and no delete has to wait for it.
    title = models.OneToOneField(
        Title, primary_key=True, on_delete=models.CASCADE, related_name="neighbours", db_constraint=False
    )
    others = models.JSONField(default=list)
    made_at = models.DateTimeField(db_index=True)

    FIELDS: ClassVar[tuple[str, ...]] = ("others", "made_at")

    class Meta:
        verbose_name_plural = "neighbours"

    def __str__(self) -> str:
        return f"neighbours of {self.title_id}"

    def listed(self) -> "list[Any]":
        """`others` with keys as they are compared: (key, score, share of views, shared viewers, words)."""
        return [(UUID(hex=key), *facts) for key, *facts in self.others]
