from typing import Unpack

from catalog.models import Title, TitleKind, Video, VideoKind
from catalog.services.new_title import new_title
from catalog.services.title_words import TitleWords
from vod.lib.transactions import transactional


@transactional
def create_movie(*, name: str, **words: Unpack[TitleWords]) -> Title:
    """A draft of a movie with its video, which waits for a film. Raises CatalogError REQUIRED or INVALID."""
    title = new_title(TitleKind.MOVIE, name=name, words=words)
    Video.objects.create(title=title, kind=VideoKind.FEATURE, name=title.name)
    return title
