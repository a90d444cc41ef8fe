"""What making a movie and making a series have in common."""

from collections.abc import Iterable

from catalog import maturity
from catalog.models import Title, TitleKind
from catalog.services import wording
from catalog.services.changes import catalogue_changed
from catalog.services.genres import genres_named
from catalog.services.slugs import free_slug, slug_of
from catalog.services.words import refresh_search_text


def new_title(
    kind: TitleKind,
    *,
    name: str,
    year: int | None,
    synopsis: str,
    maturity_rating: str,
    genres: Iterable[str],
    original_name: str,
    original_language: str,
    is_featured: bool,
) -> Title:
    """A saved draft of `kind`, inside the caller's transaction. Raises CatalogError REQUIRED or INVALID."""
    plain = wording.line(name, field="name", what="the title's name", most=200)
    title = Title(
        kind=kind,
        name=plain,
        year=wording.year(year),
        synopsis=wording.prose(synopsis, field="synopsis"),
        maturity_rating=maturity.normal_rating(maturity_rating),
        minimum_age=maturity.minimum_age(maturity_rating),
        original_name=wording.line(
            original_name, field="originalName", what="the name", most=200, required=False
        ),
        original_language=wording.language(original_language, field="originalLanguage"),
        is_featured=is_featured,
    )
    title.slug = free_slug(
        slug_of(plain, kind.value.lower()),
        lambda slug: Title.objects.filter(slug=slug).exists(),
        hint=str(year or ""),
    )
    title.save()
    title.genres.set(genres_named(genres))
    refresh_search_text(title)
    catalogue_changed()
    return title
