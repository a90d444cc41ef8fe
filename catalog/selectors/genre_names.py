"""Genres in the asker's language, for headings that were chosen once for all who may see the same."""

from django.conf import settings

from catalog import translation
from catalog.models import Genre
from catalog.selectors.home import CATALOGUE
from vod.lib.cache import edition, remembered

_FRESH_SECONDS = 300.0
_GRACE_SECONDS = 300.0


def genre_names(language: str) -> dict[str, str]:
    """What genres are called in `language`, by slug: those only that are called otherwise than in the library's own.

    Remembered until the catalogue changes. In the library's own language nothing is asked.
    """
    tags = translation.chain(language)
    if not tags or tags[0] in translation.chain(settings.CATALOGUE_LANGUAGE):
        return {}

    def find() -> dict[str, str]:
        return {
            genre.slug: name
            for genre in Genre.objects.exclude(names={})
            if (name := translation.name_of(genre, tags[0])) != genre.name
        }

    key = f"genre-names:1:{edition(CATALOGUE)}:{tags[0]}"
    return remembered(key, find, fresh=_FRESH_SECONDS, grace=_GRACE_SECONDS)
