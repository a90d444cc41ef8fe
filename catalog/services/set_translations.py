from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Collection, Episode, Genre, Season, Tag, Title, Video
from catalog.services import wording
from catalog.services.changes import catalogue_changed
from catalog.services.words import refresh_words
from vod.lib.transactions import transactional

#: Languages of one thing, at most.
MOST = 60
_SYNOPSIS = 5000


@dataclass(frozen=True)
class Translation:
    """What something is called in a language (a BCP 47 tag), and what it is about; either may be empty."""

    language: str
    name: str = ""
    synopsis: str = ""


Translated = Title | Season | Episode | Video | Genre | Tag | Collection

_KINDS: dict[str, type[Translated]] = {
    "Movie": Title,
    "Series": Title,
    "Season": Season,
    "Episode": Episode,
    "Video": Video,
    "Genre": Genre,
    "Tag": Tag,
    "Collection": Collection,
}
#: The types of the API that can be translated.
KINDS = tuple(_KINDS)


@transactional
def set_translations(*, kind: str, key: UUID | None, translations: Iterable[Translation]) -> Translated:
    """Replaces the names and synopses in other languages of the `kind` (one of KINDS) of that key.

    What something is called in the library's own language is its name, and not given here; where it is given all the
    same, it goes before that. Raises CatalogError NOT_FOUND, REQUIRED, INVALID, or DUPLICATE for a language that is
    there twice.
    """
    model: Any = _KINDS.get(kind)
    row: Any = model.objects.select_for_update().filter(pk=key).first() if model and key else None
    if row is None or row.graphql_type != kind:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such thing to translate.", field="id")
    given = list(translations)
    row.names, synopses = checked_translations(given, longest=model._meta.get_field("name").max_length)
    fields = ["names"]
    if hasattr(row, "synopses"):
        row.synopses = synopses
        fields.append("synopses")
    elif synopses:
        message = f"A {kind.lower()} has names only. Leave the synopses out."
        raise CatalogError(CatalogErrorCode.INVALID, message, field="translations")
    row.save(update_fields=fields)
    if isinstance(row, Title):
        refresh_words([row.pk])
    elif isinstance(row, Genre | Tag):
        refresh_words(row.titles.values_list("pk", flat=True))
    catalogue_changed()
    return row  # type: ignore[no-any-return]


def checked_translations(
    given: Iterable[Translation], *, longest: int
) -> tuple[dict[str, str], dict[str, str]]:
    """Names and synopses by language. Raises CatalogError REQUIRED, INVALID or DUPLICATE."""
    names: dict[str, str] = {}
    synopses: dict[str, str] = {}
    seen: set[str] = set()
    for one in given:
        tag = wording.language(one.language, field="translations")
        if not tag:
            raise CatalogError(CatalogErrorCode.REQUIRED, "Give each its language.", field="translations")
        if tag in seen:
            message = f"{tag} is there twice. Give one translation for each language."
            raise CatalogError(CatalogErrorCode.DUPLICATE, message, field="translations")
        seen.add(tag)
        name = wording.line(one.name, field="translations", what="a name", most=longest, required=False)
        synopsis = wording.prose(one.synopsis, field="translations", most=_SYNOPSIS)
        if not name and not synopsis:
            message = f"Give a name or a synopsis in {tag}, or leave {tag} out."
            raise CatalogError(CatalogErrorCode.REQUIRED, message, field="translations")
        names.update({tag: name} if name else {})
        synopses.update({tag: synopsis} if synopsis else {})
    if len(seen) > MOST:
        raise CatalogError(
            CatalogErrorCode.INVALID, f"At most {MOST} languages are kept.", field="translations"
        )
    return names, synopses
