"""Which of a profile's doings change with what edition, so that answers that show them may be remembered."""

from playback.selectors.home import places_edition, shelf_edition
from vod.lib.actor import Actor
from vod.lib.graphql import answers


def _shelf(actor: Actor) -> str:
    return shelf_edition(actor.profile_id)


def _places(actor: Actor) -> str:
    return places_edition(actor.profile_id)


def register() -> None:
    """Hands everything to the registry, where the catalogue has named its own."""
    answers.steady("Query", names=["home"], editions=[*answers.editions_of("Query", "home"), _shelf])
    answers.steady("Title", "Movie", "Series", names=["inMyList", "myRating"], editions=[_shelf])
    answers.steady("Series", names=["nextEpisode"], editions=[_places])
    answers.steady("Video", names=["progress"], editions=[_places])
    answers.steady("Progress", names=["positionSeconds", "completed", "updatedAt"], editions=[_places])
