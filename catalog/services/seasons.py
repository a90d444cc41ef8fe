"""Seasons: made, changed, taken away with their episodes."""

from uuid import UUID

from django.db.models import Q

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Artwork, Season, Title, TitleKind
from catalog.services import wording
from catalog.services.artwork import forget_pictures
from catalog.services.changes import catalogue_changed
from vod.lib.transactions import transactional


@transactional
def create_season(*, series_id: UUID | None, number: int, name: str = "") -> Season:
    """A season without episodes. Raises CatalogError NOT_FOUND, INVALID or DUPLICATE."""
    all_series = Title.objects.select_for_update().filter(kind=TitleKind.SERIES)
    series = all_series.filter(pk=series_id).first() if series_id else None
    if series is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such series.", field="seriesId")
    season = Season.objects.create(series=series, number=_free(series.pk, number), name=_name(name))
    catalogue_changed()
    return season


@transactional
def update_season(*, season_id: UUID | None, number: int | None = None, name: str | None = None) -> Season:
    """Changes what is given. Raises CatalogError NOT_FOUND, INVALID or DUPLICATE."""
    season = season_to_change(season_id)
    if number is not None and number != season.number:
        season.number = _free(season.series_id, number)
    if name is not None:
        season.name = _name(name)
    season.save(update_fields=["number", "name"])
    catalogue_changed()
    return season


@transactional
def delete_season(*, season_id: UUID | None) -> UUID:
    """Takes a season away with its episodes, their videos and pictures; films stay with the factory.

    Answers its key. Raises CatalogError NOT_FOUND.
    """
    season = season_to_change(season_id)
    key = season.pk
    forget_pictures(Artwork.objects.filter(Q(episode__season=season)))
    season.delete()
    catalogue_changed()
    return key


def season_to_change(key: UUID | None) -> Season:
    """The season of `key`, locked. Raises CatalogError NOT_FOUND."""
    season = Season.objects.select_for_update().filter(pk=key).first() if key else None
    if season is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such season.", field="seasonId")
    return season


def _free(series: UUID, number: int) -> int:
    wording.ordinal(number, field="number", what="season")
    if Season.objects.filter(series=series, number=number).exists():
        message = f"This series has a season {number} already."
        raise CatalogError(CatalogErrorCode.DUPLICATE, message, field="number")
    return number


def _name(name: str) -> str:
    return wording.line(name, field="name", what="the season's name", most=120, required=False)
