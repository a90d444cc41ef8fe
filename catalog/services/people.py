"""People: made, renamed, taken away."""

from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Person
from catalog.services import wording
from catalog.services.changes import catalogue_changed
from catalog.services.words import refresh_words
from vod.lib.transactions import transactional


@transactional
def create_person(*, name: str) -> Person:
    """Somebody without credits. Two people may have one name. Raises CatalogError REQUIRED or INVALID."""
    return Person.objects.create(name=_name(name))


@transactional
def update_person(*, person_id: UUID | None, name: str | None = None) -> Person:
    """Changes what is given. Raises CatalogError NOT_FOUND, REQUIRED or INVALID."""
    person = _person(person_id)
    if name is not None:
        person.name = _name(name)
        person.save(update_fields=["name"])
        refresh_words(_titles_of(person))
        catalogue_changed()
    return person


@transactional
def delete_person(*, person_id: UUID | None) -> UUID:
    """Takes somebody away with all their credits; answers the key. Raises CatalogError NOT_FOUND."""
    person = _person(person_id)
    key = person.pk
    titles = _titles_of(person)
    person.delete()
    refresh_words(titles)
    catalogue_changed()
    return key


def _titles_of(person: Person) -> list[UUID]:
    return list(person.credits.order_by().values_list("title_id", flat=True).distinct())


def _name(name: str) -> str:
    return wording.line(name, field="name", what="the person's name", most=120)


def _person(key: UUID | None) -> Person:
    person = Person.objects.select_for_update().filter(pk=key).first() if key else None
    if person is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such person.", field="personId")
    return person
