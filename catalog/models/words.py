"""What things are called in other languages than the library's own."""

from django.db import models


class TranslatedName(models.Model):
    """Abstract: `names` by BCP 47 tag ({"de": "Die Laterne"}).

    They stand in the row itself, so that a page shows names in its reader's language for no statement more.
    """

    names = models.JSONField(default=dict, blank=True, help_text='By language: {"de": "Die Laterne"}.')

    class Meta:
        abstract = True


class TranslatedWords(TranslatedName):
    """Abstract: synopses by BCP 47 tag beside the names."""

    synopses = models.JSONField(default=dict, blank=True, help_text="By language, as the names.")

    class Meta:
        abstract = True
