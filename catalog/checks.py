"""System checks: of the library's settings always, of its search index with `check --database default`."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Notice
from django.db import DatabaseError

from catalog import search
from catalog.maturity import SYSTEMS
from catalog.translation import normal_tag


@register
def library_is_set_up(app_configs: Sequence[Any] | None, **_options: Any) -> list[CheckMessage]:
    """A language that is none and a system that nobody knows would be passed over in silence."""
    found: list[CheckMessage] = []
    if normal_tag(settings.CATALOGUE_LANGUAGE) is None:
        found.append(
            Error(
                f"CATALOGUE_LANGUAGE is no language: {settings.CATALOGUE_LANGUAGE[:40]}",
                hint="Give a BCP 47 tag such as en, de or pt-BR.",
                id="catalog.E001",
            )
        )
    unknown = [key for key in settings.RATING_SYSTEMS if key.strip().upper() not in SYSTEMS]
    if unknown:
        found.append(
            Error(
                f"RATING_SYSTEMS names what is not known: {', '.join(unknown)[:80]}",
                hint=f"Known are {', '.join(SYSTEMS)}.",
                id="catalog.E002",
            )
        )
    return found


@register(Tags.database)
def search_index_is_whole(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    """Whether every title can be found, and by its words of today."""
    if "default" not in (databases or ()):
        return []
    try:
        missing = search.unindexed()
        stale = [] if missing else search.differences(limit=1)
    except DatabaseError:
        # Not migrated yet: migrating says so by itself.
        return []
    if not missing and not stale:
        return []
    how_many = f"{missing} titles are" if missing > 1 else "A title is"
    where = "not in the search index" if missing else "in the search index with other words than its own"
    return [Notice(f"{how_many} {where}.", hint="Run manage.py reindex_search.", id="catalog.W001")]
