from typing import Unpack

from catalog.models import Title, TitleKind
from catalog.services.new_title import new_title
from catalog.services.title_words import TitleWords
from vod.lib.transactions import transactional


@transactional
def create_series(*, name: str, **words: Unpack[TitleWords]) -> Title:
    """A draft of a series without seasons. Raises CatalogError REQUIRED or INVALID."""
    return new_title(TitleKind.SERIES, name=name, words=words)
