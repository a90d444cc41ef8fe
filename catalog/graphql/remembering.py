"""Which of the catalogue's fields change with the catalogue alone, so that answers made of them may be remembered."""

from collections.abc import Sequence

from catalog.selectors.choice import CATALOGUE
from catalog.selectors.editions import editions
from vod.lib.graphql import answers

_CONNECTIONS = {
    "HomeRowConnection": ("edges", "pageInfo", "totalCount"),
    "HomeRowEdge": ("cursor", "node"),
    "TitleConnection": ("edges", "pageInfo", "totalCount"),
    "TitleEdge": ("cursor", "node"),
    "SimilarConnection": ("edges", "pageInfo", "totalCount"),
    "SimilarEdge": ("cursor", "node"),
    "CreditConnection": ("edges", "pageInfo", "totalCount"),
    "CreditEdge": ("cursor", "node"),
    "EpisodeConnection": ("edges", "pageInfo", "totalCount"),
    "EpisodeEdge": ("cursor", "node"),
    "PageInfo": ("hasNextPage", "hasPreviousPage", "startCursor", "endCursor"),
}
# How late it may be told what an operator does to a film that was made whole; of one that is being made the answers
# themselves say how soon they are old (`holding.py`).
_MADE_SECONDS = 30.0
# How late a list may show a title whose time has begun, or something else that has come to be like one; what goes is
# gone at once.
_LISTS_SECONDS = 30.0


def register() -> None:
    """Hands everything to the registry. What is not named here is never remembered."""
    answers.keep_editions(editions)
    catalogue = [lambda _actor: CATALOGUE]
    answers.steady("Query", names=["home"], editions=catalogue)
    answers.steady("Query", names=["search"], editions=catalogue, seconds=_LISTS_SECONDS)
    answers.steady("Home", names=["hero", "rows"], editions=catalogue)
    answers.steady("HomeRow", names=["id", "kind", "heading", "titles"], editions=catalogue)
    for connection, names in _CONNECTIONS.items():
        answers.steady(connection, names=names, editions=catalogue)
    titles = ("Title", "Movie", "Series")
    answers.steady(
        *titles,
        names=(
            *("id", "slug", "kind", "name", "originalName", "originalLanguage", "year", "maturityRating"),
            *("synopsis", "artwork", "genres", "countries", "languages", "availableUntil"),
        ),
        editions=catalogue,
    )
    answers.steady(
        "Artwork",
        names=(
            *("posterUrl", "posterSrcset", "backdropUrl", "backdropSrcset"),
            *("blurhash", "backdropBlurhash"),
        ),
        editions=catalogue,
    )
    answers.steady("Genre", names=["id", "slug", "name"], editions=catalogue)
    answers.steady(*titles, names=["isPlayable", "readiness"], editions=catalogue, seconds=_MADE_SECONDS)
    answers.steady("Movie", names=["video"], editions=catalogue)
    answers.steady("Series", names=["seasonCount"], editions=catalogue)
    _register_lists(catalogue)
    _register_page(catalogue)


def _register_lists(catalogue: Sequence[answers.Word]) -> None:
    """Lists and pages of titles; what of them ends with the time says so where it is resolved."""
    answers.steady("Query", names=["titles", "title"], editions=catalogue, seconds=_LISTS_SECONDS)
    titles = ("Title", "Movie", "Series")
    answers.steady(*titles, names=["credits", "trailers"], editions=catalogue)
    answers.steady(*titles, names=["similar", "collections"], editions=catalogue, seconds=_LISTS_SECONDS)
    answers.steady("Collection", names=["id", "slug", "name"], editions=catalogue)
    answers.steady("Credit", names=["role", "character", "person"], editions=catalogue)
    answers.steady("Person", names=["id", "name"], editions=catalogue)


def _register_page(catalogue: Sequence[answers.Word]) -> None:
    """What can be watched of a title. Tracks come with a film that is being made."""
    answers.steady("Series", names=["seasons"], editions=catalogue)
    answers.steady("Season", names=["id", "number", "name", "episodes"], editions=catalogue)
    answers.steady(
        "Episode",
        names=(
            *("id", "number", "name", "synopsis", "season", "video"),
            *("stillUrl", "stillSrcset", "stillBlurhash"),
        ),
        editions=catalogue,
    )
    answers.steady(
        "Video",
        names=(
            *("id", "kind", "name", "durationSeconds", "isPlayable", "readiness", "previewUrl"),
            *("markers", "chapters"),
            *("audioTracks", "subtitleTracks"),
        ),
        editions=catalogue,
        seconds=_MADE_SECONDS,
    )
    answers.steady("Marker", names=["kind", "startSeconds", "endSeconds"], editions=catalogue)
    answers.steady("Chapter", names=["title", "startSeconds"], editions=catalogue)
    answers.steady(
        "AudioTrack", names=["language", "label", "channels", "isDefault", "gainDb"], editions=catalogue
    )
    answers.steady("SubtitleTrack", names=["language", "label", "kind"], editions=catalogue)
