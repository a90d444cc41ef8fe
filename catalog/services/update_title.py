from typing import Unpack
from uuid import UUID

from catalog.models import Title
from catalog.services import wording
from catalog.services.changes import catalogue_changed
from catalog.services.finding import title_to_change
from catalog.services.slugs import checked_slug
from catalog.services.title_words import TitleWords, put_groups, put_words
from catalog.services.words import refresh_search_text
from vod.lib.transactions import transactional


@transactional
def update_title(
    *,
    title_id: UUID | None,
    name: str | None = None,
    slug: str | None = None,
    clear_year: bool = False,
    **words: Unpack[TitleWords],
) -> Title:
    """Changes what is given and leaves what is None; the address stays unless `slug` is another one.

    `clear_year` takes the year away. Raises CatalogError NOT_FOUND, REQUIRED, INVALID, or DUPLICATE for an address
    that another title has.
    """
    title = title_to_change(title_id)
    if name is not None:
        title.name = wording.line(name, field="name", what="the title's name", most=200)
    if slug is not None and slug != title.slug:
        title.slug = checked_slug(slug, lambda one: Title.objects.filter(slug=one).exists())
    if clear_year:
        title.year = None
    put_words(title, words)
    title.save()
    put_groups(title, words)
    refresh_search_text(title)
    catalogue_changed()
    return title
