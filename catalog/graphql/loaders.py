"""What the catalogue's types need, in batches: one query for each kind of thing that a page shows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q

from catalog.models import Artwork, Credit, Episode, Genre, Marker, Season, Title, Video, VideoKind
from catalog.selectors.titles import genres_with_counts, similar
from transcoding.models import Asset, Rendition, RenditionKind, RenditionState
from vod.lib.graphql.deferred import Loader

T = TypeVar("T")


def _grouped(rows: Iterable[T], attribute: str, keys: Sequence[UUID]) -> list[list[T]]:
    groups: dict[UUID, list[T]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, attribute)].append(row)
    return [groups[key] for key in keys]


class ArtworkByTitle(Loader[UUID, list[Artwork]]):
    def batch(self, keys: Sequence[UUID]) -> list[list[Artwork]]:
        return _grouped(Artwork.objects.filter(title__in=keys), "title_id", keys)


class StillByEpisode(Loader[UUID, Artwork | None]):
    def batch(self, keys: Sequence[UUID]) -> list[Artwork | None]:
        found = {one.episode_id: one for one in Artwork.objects.filter(episode__in=keys)}
        return [found.get(key) for key in keys]


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


class CreditsByTitle(Loader[UUID, list[Credit]]):
    def batch(self, keys: Sequence[UUID]) -> list[list[Credit]]:
        return _grouped(Credit.objects.filter(title__in=keys).select_related("person"), "title_id", keys)


class SeasonsBySeries(Loader[UUID, list[Season]]):
    def batch(self, keys: Sequence[UUID]) -> list[list[Season]]:
        return _grouped(Season.objects.filter(series__in=keys), "series_id", keys)


class EpisodesBySeason(Loader[UUID, list[Episode]]):
    def batch(self, keys: Sequence[UUID]) -> list[list[Episode]]:
        rows = Episode.objects.filter(season__in=keys).select_related("season", "video", "video__asset")
        return _grouped(rows, "season_id", keys)


class EpisodeById(Loader[UUID, Episode | None]):
    def batch(self, keys: Sequence[UUID]) -> list[Episode | None]:
        found = Episode.objects.select_related("season", "video", "video__asset").in_bulk(list(keys))
        return [found.get(key) for key in keys]


class TitleById(Loader[UUID, Title | None]):
    """Of titles that the asker has come to by something of theirs, which was visible."""

    def batch(self, keys: Sequence[UUID]) -> list[Title | None]:
        found = Title.objects.in_bulk(list(keys))
        return [found.get(key) for key in keys]


class ExtrasByTitle(Loader[UUID, list[Video]]):
    def batch(self, keys: Sequence[UUID]) -> list[list[Video]]:
        rows = Video.objects.filter(title__in=keys, kind__in=(VideoKind.TRAILER, VideoKind.EXTRA))
        return _grouped(rows.select_related("asset").order_by("-kind", "id"), "title_id", keys)


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


class SimilarByTitle(Loader[UUID, list[Title]]):
    """One statement for each title that is asked for; a page asks for one."""

    def batch(self, keys: Sequence[UUID]) -> list[list[Title]]:
        actor = self.context.request.actor
        return [similar(actor, key) for key in keys]


class TracksByVersion(Loader[UUID, list[Rendition]]):
    """Audio renditions of a version of a film, and those of subtitles that are there, the default first."""

    def batch(self, keys: Sequence[UUID]) -> list[list[Rendition]]:
        there = Q(kind=RenditionKind.SUBTITLES, state=RenditionState.READY)
        rows = Rendition.objects.filter(Q(kind=RenditionKind.AUDIO) | there, version__in=keys)
        return _grouped(rows.order_by("-is_default", "name"), "version_id", keys)


class MarkersByVideo(Loader[UUID, list[Marker]]):
    def batch(self, keys: Sequence[UUID]) -> list[list[Marker]]:
        return _grouped(Marker.objects.filter(video__in=keys), "video_id", keys)
