from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Credit, Person, Title
from catalog.services import wording
from catalog.services.changes import catalogue_changed
from catalog.services.finding import title_to_change
from catalog.services.words import refresh_search_text
from vod.lib.transactions import transactional

MOST = 500


@dataclass(frozen=True)
class CreditLine:
    """Who did what: "Ida Lupino", "Director"; for actors also whom they play."""

    person_name: str
    role: str
    character: str = ""


@transactional
def set_credits(*, title_id: UUID | None, credits: Sequence[CreditLine]) -> Title:  # noqa: A002 - the film's word
    """Replaces the credits of a title, in this order; people who are not there yet are made.

    Raises CatalogError NOT_FOUND, REQUIRED or INVALID.
    """
    title = title_to_change(title_id)
    if len(credits) > MOST:
        raise CatalogError(CatalogErrorCode.INVALID, f"A title may have {MOST} credits.", field="credits")
    lines = [
        CreditLine(
            wording.line(one.person_name, field="credits", what="each person's name", most=120),
            wording.line(one.role, field="credits", what="each person's role", most=40),
            wording.line(one.character, field="credits", what="the character", most=120, required=False),
        )
        for one in credits
    ]
    names = {one.person_name for one in lines}
    people = {person.name: person for person in Person.objects.filter(name__in=names).order_by("-id")}
    for name in names - people.keys():
        people[name] = Person.objects.create(name=name)
    title.credits.all().delete()
    Credit.objects.bulk_create(
        Credit(
            title=title,
            person=people[one.person_name],
            role=one.role,
            character=one.character,
            position=place,
        )
        for place, one in enumerate(lines)
    )
    refresh_search_text(title)
    catalogue_changed()
    return title
