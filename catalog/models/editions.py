"""What remembered answers depend on, as words that change with it."""

from django.db import models
from django.utils import timezone


class Edition(models.Model):
    """A word that changes in the same transaction as what it stands for: the catalogue, a profile's shelf, ….

    One that has not changed for longer than any answer is remembered may be deleted.
    """

    name = models.CharField(max_length=80, primary_key=True)
    value = models.CharField(max_length=32)
    renewed_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
