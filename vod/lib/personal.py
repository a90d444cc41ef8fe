"""What is kept about the people of an account: each app says how to read its part of it, for who asks for all of it.

A test walks the models and fails where rows hang on an account or a profile and no section covers them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Section:
    """One list of an account's data. `rows` reads it for the key of an account; `covers` are labels of the models read."""

    name: str
    rows: Callable[[UUID], Iterator[dict[str, Any]]]
    covers: tuple[str, ...]


_sections: dict[str, Section] = {}


def register_sections(*added: Section) -> None:
    """Adds sections; one of the same name takes the place of an earlier one."""
    _sections.update({section.name: section for section in added})


def sections() -> list[Section]:
    """All of them, in the order in which they were first registered."""
    return list(_sections.values())


def plain(row: Model, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Every column of a row by its name, but those of `without`, which are secrets or say whose row it is."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in without
    }


def section_of(
    name: str,
    rows: "Callable[[UUID], QuerySet[Any]]",
    *,
    without: tuple[str, ...] = (),
    more: Callable[[Any], dict[str, Any]] = lambda _row: {},
) -> Section:
    """A section of one model's rows, each as `plain` has it with what `more` adds, read in portions."""

    def read(user_id: UUID) -> Iterator[dict[str, Any]]:
        for row in rows(user_id).order_by("pk").iterator(chunk_size=500):
            yield {**plain(row, without=without), **more(row)}

    model = rows(UUID(int=0)).model
    return Section(name, read, (model._meta.label,))
