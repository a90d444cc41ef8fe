from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Episode, Season, Title, TitleKind, Video, VideoKind
from catalog.services import wording
from catalog.services.changes import catalogue_changed
from vod.lib.transactions import transactional


@transactional
def create_episode(
    *,
    series_id: UUID | None,
    season_number: int,
    number: int,
    name: str,
    synopsis: str = "",
    season_name: str = "",
) -> Episode:
    """An episode with its video; its season too where the series has none of that number yet.

    `season_name` names a season that is made. Raises CatalogError NOT_FOUND where there is no such series,
    REQUIRED, INVALID, or DUPLICATE where the season has an episode of that number.
    """
    all_series = Title.objects.select_for_update().filter(kind=TitleKind.SERIES)
    series = all_series.filter(pk=series_id).first() if series_id else None
    if series is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such series.", field="seriesId")
    plain = wording.line(name, field="name", what="the episode's name", most=200)
    season, _ = Season.objects.get_or_create(
        series=series,
        number=wording.ordinal(season_number, field="seasonNumber", what="season"),
        defaults={
            "name": wording.line(
                season_name, field="seasonName", what="the season's name", most=120, required=False
            )
        },
    )
    wording.ordinal(number, field="number", what="episode")
    if season.episodes.filter(number=number).exists():
        message = f"Season {season.number} has an episode {number} already."
        raise CatalogError(CatalogErrorCode.DUPLICATE, message, field="number")
    episode = Episode.objects.create(
        season=season, number=number, name=plain, synopsis=wording.prose(synopsis, field="synopsis")
    )
    Video.objects.create(title=series, episode=episode, kind=VideoKind.EPISODE, name=plain)
    catalogue_changed()
    return episode
