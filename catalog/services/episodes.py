"""Episodes that are there: changed, moved, taken away."""

from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Artwork, Episode, Season, Video
from catalog.services import wording
from catalog.services.artwork import forget_pictures
from catalog.services.changes import catalogue_changed
from vod.lib.transactions import transactional


@transactional
def update_episode(
    *,
    episode_id: UUID | None,
    name: str | None = None,
    synopsis: str | None = None,
    number: int | None = None,
    season_number: int | None = None,
) -> Episode:
    """Changes what is given; into another season of its series it moves with `season_number`.

    Raises CatalogError NOT_FOUND, REQUIRED, INVALID, or DUPLICATE where the season has an episode of that number.
    """
    episode = episode_to_change(episode_id)
    if name is not None:
        episode.name = wording.line(name, field="name", what="the episode's name", most=200)
        Video.objects.filter(episode=episode).update(name=episode.name)
    if synopsis is not None:
        episode.synopsis = wording.prose(synopsis, field="synopsis")
    if season_number is not None and season_number != episode.season.number:
        wording.ordinal(season_number, field="seasonNumber", what="season")
        episode.season, _ = Season.objects.get_or_create(
            series_id=episode.season.series_id, number=season_number
        )
    if number is not None:
        episode.number = wording.ordinal(number, field="number", what="episode")
    same = Episode.objects.filter(season=episode.season, number=episode.number).exclude(pk=episode.pk)
    if same.exists():
        message = f"Season {episode.season.number} has an episode {episode.number} already."
        raise CatalogError(CatalogErrorCode.DUPLICATE, message, field="number")
    episode.save()
    catalogue_changed()
    return episode


@transactional
def delete_episode(*, episode_id: UUID | None) -> UUID:
    """Takes an episode away with its video and picture; its film stays with the factory.

    Answers its key. Raises CatalogError NOT_FOUND.
    """
    episode = episode_to_change(episode_id)
    key = episode.pk
    forget_pictures(Artwork.objects.filter(episode=episode))
    episode.delete()
    catalogue_changed()
    return key


def episode_to_change(key: UUID | None) -> Episode:
    """The episode of `key` with its season, its series locked. Raises CatalogError NOT_FOUND."""
    rows = Episode.objects.select_for_update().select_related("season__series")
    episode = rows.filter(pk=key).first() if key else None
    if episode is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such episode.", field="episodeId")
    return episode
