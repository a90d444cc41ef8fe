"""What the catalogue's types need, in batches: one query for each kind of thing that a page shows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q
from django.db.models.fields.json import KeyTransform

from catalog.models import (
    Artwork,
    Credit,
    Episode,
    Genre,
    Marker,
    Neighbours,
    Season,
    Title,
    Video,
    VideoKind,
)
from catalog.selectors.home import cards
from catalog.selectors.similar import Similar, similar_to
from catalog.selectors.titles import genres_with_counts
from transcoding.models import Asset, Rendition, RenditionKind, RenditionState
from vod.lib.graphql.deferred import Loader, LoaderContext
from vod.lib.graphql.selected import names_asked

T = TypeVar("T")


def _grouped(rows: Iterable[T], attribute: str, keys: Sequence[UUID]) -> list[list[T]]:
    groups: dict[UUID, list[T]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, attribute)].append(row)
    return [groups[key] for key in keys]


class ArtworkByOwner(Loader[UUID, list[Artwork]]):
    """The pictures of titles and of episodes, by the key of either, in one statement."""

    wave = 1

    def batch(self, keys: Sequence[UUID]) -> list[list[Artwork]]:
        slim = Artwork.objects.defer("created_at", "is_made")
        # Two walks along indexes; an "or" of both would look at all pictures there are.
        rows = slim.filter(title__in=keys).union(slim.filter(episode__in=keys), all=True)
        groups: dict[UUID | None, list[Artwork]] = defaultdict(list)
        for row in rows:
            groups[row.title_id or row.episode_id].append(row)
        return [groups[key] for key in keys]


class GenresByTitle(Loader[UUID, list[Genre]]):
    def batch(self, keys: Sequence[UUID]) -> list[list[Genre]]:
        rows = Title.genres.through.objects.filter(title__in=keys).select_related("genre")
        groups: dict[UUID, list[Genre]] = defaultdict(list)
        for row in rows.order_by("genre__name"):
            groups[row.title_id].append(row.genre)
        return [groups[key] for key in keys]


class CountByGenre(Loader[UUID, int]):
    """How many titles of a genre the asker sees."""

    def batch(self, keys: Sequence[UUID]) -> list[int]:
        found = {genre.pk: genre.title_count for genre in genres_with_counts(self.context.request.actor)}
        return [found.get(key, 0) for key in keys]


class CardsByKeys(Loader[tuple[UUID, ...], list[Title]]):
    """The titles of a row that the asker may see now, in the row's order; all rows of a page together."""

    def batch(self, keys: Sequence[tuple[UUID, ...]]) -> list[list[Title]]:
        found = cards(self.context.request.actor, {key for row in keys for key in row})
        return [[found[key] for key in row if key in found] for row in keys]


class CreditsByTitle(Loader[UUID, list[Credit]]):
    def batch(self, keys: Sequence[UUID]) -> list[list[Credit]]:
        return _grouped(Credit.objects.filter(title__in=keys).select_related("person"), "title_id", keys)


class SeasonsBySeries(Loader[UUID, list[Season]]):
    def batch(self, keys: Sequence[UUID]) -> list[list[Season]]:
        return _grouped(Season.objects.filter(series__in=keys), "series_id", keys)


class EpisodeById(Loader[UUID, Episode | None]):
    def batch(self, keys: Sequence[UUID]) -> list[Episode | None]:
        found = Episode.objects.select_related("season", "video", "video__asset").in_bulk(list(keys))
        return [found.get(key) for key in keys]


class TitleById(Loader[UUID, Title | None]):
    """Of titles that the asker has come to by something of theirs, which was visible."""

    def batch(self, keys: Sequence[UUID]) -> list[Title | None]:
        found = Title.objects.in_bulk(list(keys))
        return [found.get(key) for key in keys]


class VideosByTitle(Loader[UUID, list[Video]]):
    """All that can be watched of a title, with its film, its episode and season, and the chapters of its file.

    One statement for the film, the trailers and all episodes. Of what the probe found only the chapters come along.
    """

    def batch(self, keys: Sequence[UUID]) -> list[list[Video]]:
        rows = (
            Video.objects.filter(title__in=keys)
            .select_related("asset", "episode__season")
            .defer("asset__media_info")
            .annotate(
                file_start=KeyTransform("start", "asset__media_info"),
                file_chapters=KeyTransform("chapters", "asset__media_info"),
            )
        )
        return _grouped(rows, "title_id", keys)


class FilmsByTitle(Loader[UUID, list[Video]]):
    """Features and episodes with their seasons, and with what their films and coming films are at.

    A page asks it of each title it shows, so what the probe found of a film stays behind: see
    `MediaInfoByAsset`.
    """

    def batch(self, keys: Sequence[UUID]) -> list[list[Video]]:
        rows = Video.objects.filter(title__in=keys, kind__in=(VideoKind.FEATURE, VideoKind.EPISODE))
        slim = rows.select_related("asset", "pending_asset", "episode__season").defer(
            "asset__media_info", "pending_asset__media_info"
        )
        return _grouped(slim, "title_id", keys)


def films_loader(info: Any) -> type[Loader[UUID, list[Video]]]:
    """Who brings the films of a title where its video is asked for: chapters come along where they are shown.

    Cards ask `FilmsByTitle` how far a film is; what shows no more of it shares their statement.
    """
    return VideosByTitle if "chapters" in names_asked(info) else FilmsByTitle


class MediaInfoByAsset(Loader[UUID, dict[str, Any]]):
    """What the probe found of a film; empty where it has not run."""

    def batch(self, keys: Sequence[UUID]) -> list[dict[str, Any]]:
        found = dict(Asset.objects.filter(pk__in=keys).values_list("pk", "media_info"))
        return [found.get(key) or {} for key in keys]


class PendingByVideo(Loader[UUID, Any]):
    """The film that a video is getting, by the video's key; None where it gets none."""

    def batch(self, keys: Sequence[UUID]) -> list[Any]:
        rows = Video.objects.filter(pk__in=keys, pending_asset__isnull=False).select_related("pending_asset")
        found = {video.pk: video.pending_asset for video in rows}
        return [found.get(key) for key in keys]


class SimilarByTitle(Loader[UUID, list[Similar]]):
    """What is like a title. A title that came with its list (`title_at`) saves a statement."""

    def __init__(self, context: LoaderContext) -> None:
        super().__init__(context)
        self._lists: dict[UUID, Neighbours | None] = {}

    def know(self, title: Title) -> None:
        """Takes the list that was fetched along with the title, if it was."""
        cached = title._state.fields_cache
        if "neighbours" in cached:
            self._lists[title.pk] = cached["neighbours"]

    def batch(self, keys: Sequence[UUID]) -> list[list[Similar]]:
        known = {key: self._lists[key] for key in keys if key in self._lists}
        found = similar_to(self.context.request.actor, keys, known)
        return [found[key] for key in keys]


class TracksByVersion(Loader[UUID, list[Rendition]]):
    """Audio renditions of a version of a film, and those of subtitles that are there, the default first."""

    wave = 1

    def batch(self, keys: Sequence[UUID]) -> list[list[Rendition]]:
        there = Q(kind=RenditionKind.SUBTITLES, state=RenditionState.READY)
        rows = Rendition.objects.filter(Q(kind=RenditionKind.AUDIO) | there, version__in=keys)
        return _grouped(rows.order_by("-is_default", "name"), "version_id", keys)


class MarkersByVideo(Loader[UUID, list[Marker]]):
    wave = 1

    def batch(self, keys: Sequence[UUID]) -> list[list[Marker]]:
        return _grouped(Marker.objects.filter(video__in=keys), "video_id", keys)
