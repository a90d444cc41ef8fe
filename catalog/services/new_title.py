"""What making a movie and making a series have in common."""

from catalog.models import Title, TitleKind
from catalog.services import wording
from catalog.services.changes import catalogue_changed
from catalog.services.slugs import free_slug, slug_of
from catalog.services.title_words import TitleWords, put_groups, put_words
from catalog.services.words import refresh_search_text


def new_title(kind: TitleKind, *, name: str, words: TitleWords) -> Title:
    """A saved draft of `kind`, inside the caller's transaction. Raises CatalogError REQUIRED or INVALID."""
    title = Title(kind=kind, name=wording.line(name, field="name", what="the title's name", most=200))
    put_words(title, words)
    title.slug = free_slug(
        slug_of(title.name, kind.value.lower()),
        lambda slug: Title.objects.filter(slug=slug).exists(),
        hint=str(title.year or ""),
    )
    title.save()
    put_groups(title, words)
    refresh_search_text(title)
    catalogue_changed()
    return title
