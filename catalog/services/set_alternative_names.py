from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import AlternativeName, Title
from catalog.services import wording
from catalog.services.changes import catalogue_changed
from catalog.services.finding import title_to_change
from catalog.services.words import refresh_search_text
from vod.lib.transactions import transactional

MOST = 100


@dataclass(frozen=True)
class OtherName:
    """Another name of a title, with its language (BCP 47) and country (ISO 3166-1) where they are known."""

    name: str
    language: str = ""
    country: str = ""


@transactional
def set_alternative_names(*, title_id: UUID | None, names: Sequence[OtherName]) -> Title:
    """Replaces the other names under which a title is found, in this order; what is there twice is kept once.

    Raises CatalogError NOT_FOUND, REQUIRED or INVALID.
    """
    title = title_to_change(title_id)
    if len(names) > MOST:
        raise CatalogError(CatalogErrorCode.INVALID, f"A title may have {MOST} other names.", field="names")
    checked = [
        OtherName(
            wording.line(one.name, field="names", what="each name", most=200),
            wording.language(one.language, field="names"),
            wording.country(one.country, field="names"),
        )
        for one in names
    ]
    title.alternative_names.all().delete()
    AlternativeName.objects.bulk_create(
        AlternativeName(
            title=title, name=one.name, language=one.language, country=one.country, position=place
        )
        for place, one in enumerate(dict.fromkeys(checked))
    )
    refresh_search_text(title)
    catalogue_changed()
    return title
