"""Tags: found or made by name, changed, taken away."""

from collections.abc import Iterable
from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Tag
from catalog.services.changes import catalogue_changed
from catalog.services.naming import change_word, new_word, words_named
from catalog.services.words import refresh_words
from vod.lib.transactions import transactional

MOST = 50


def tags_named(names: Iterable[str]) -> list[Tag]:
    """The tags of `names` (names or slugs, in any case), in their order, each once; new ones are made.

    Raises CatalogError INVALID for too many, or for one that is too long.
    """
    return words_named(Tag, names, field="tags", what="tag", most=MOST)


@transactional
def create_tag(*, name: str, slug: str = "") -> Tag:
    """A tag without titles. Raises CatalogError REQUIRED, INVALID or DUPLICATE."""
    tag = new_word(Tag, name=name, slug=slug, what="tag")
    catalogue_changed()
    return tag


@transactional
def update_tag(*, tag_id: UUID | None, name: str | None = None, slug: str | None = None) -> Tag:
    """Changes what is given. Raises CatalogError NOT_FOUND, REQUIRED, INVALID or DUPLICATE."""
    tag = change_word(_tag(tag_id), name=name, slug=slug, what="tag")
    if name is not None:
        refresh_words(tag.titles.values_list("pk", flat=True))
    catalogue_changed()
    return tag


@transactional
def delete_tag(*, tag_id: UUID | None) -> UUID:
    """Takes a tag away from all titles and for good; answers its key. Raises CatalogError NOT_FOUND."""
    tag = _tag(tag_id)
    key = tag.pk
    titles = list(tag.titles.values_list("pk", flat=True))
    tag.delete()
    refresh_words(titles)
    catalogue_changed()
    return key


def _tag(key: UUID | None) -> Tag:
    tag = Tag.objects.select_for_update().filter(pk=key).first() if key else None
    if tag is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such tag.", field="tagId")
    return tag
