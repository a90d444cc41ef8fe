"""What search looks in: a document for each title, and the words that somebody may have meant.

Both follow from other rows and are written by `catalog.search` alone. The indexes of SQLite (FTS5) and PostgreSQL (GIN)
over them are made by the migration; on SQLite triggers keep them, on PostgreSQL generated columns.
"""

from django.db import models

from catalog.models.titles import Title


class SearchDocument(models.Model):
    """The folded words of a title.

    `name` is the title's own name, `names` all its names, one a line, and `others` its people, characters and genres.
    `start_1` to `start_3` are the first letters of `name`. `weight` puts titles that match alike in order, the
    greatest first.
    """

    title = models.OneToOneField(Title, on_delete=models.CASCADE, related_name="search_document")
    name = models.CharField(max_length=400)
    names = models.TextField()
    others = models.TextField(blank=True)
    start_1 = models.CharField(max_length=1, blank=True)
    start_2 = models.CharField(max_length=2, blank=True)
    start_3 = models.CharField(max_length=3, blank=True)
    weight = models.IntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["start_1", "-weight"], name="search_start_1"),
            models.Index(fields=["start_2", "-weight"], name="search_start_2"),
            models.Index(fields=["start_3", "-weight"], name="search_start_3"),
            models.Index(fields=["name", "-weight"], name="search_name"),
        ]

    def __str__(self) -> str:
        return self.name


class SearchWord(models.Model):
    """A word of a name, and in `slips` the keys by which one finds it with a letter wrong, separated by spaces."""

    word = models.CharField(max_length=40, unique=True)
    slips = models.TextField()

    def __str__(self) -> str:
        return self.word
