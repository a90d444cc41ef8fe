"""What can be watched, and the seasons and episodes that it stands in."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import graphene

from catalog.artwork.signing import image_url
from catalog.graphql import enums
from catalog.graphql.loaders import (
    EpisodeById,
    EpisodesBySeason,
    MarkersByVideo,
    MediaInfoByAsset,
    PendingByVideo,
    StillByEpisode,
    TitleById,
    TracksByVersion,
)
from catalog.models import SubtitleKind
from catalog.selectors.readiness import is_playable, readiness
from transcoding.engine.loudness import gain_db
from transcoding.models import Rendition, RenditionKind
from vod.lib.graphql.connections import CountedConnection, Page, list_page
from vod.lib.graphql.node import Node


class Marker(graphene.ObjectType):
    """A marked stretch of a video."""

    kind = graphene.Field(enums.MarkerKind, required=True, description="What it is.")
    start_seconds = graphene.Float(required=True, description="Its start, in seconds.")
    end_seconds = graphene.Float(required=True, description="Its end, in seconds.")


class Chapter(graphene.ObjectType):
    """A named part of a video."""

    title = graphene.String(required=True, description="The chapter's name.")
    start_seconds = graphene.Float(required=True, description="Its start, in seconds.")


class AudioTrack(graphene.ObjectType):
    """A sound track that one can choose. One with 5.1 has two entries with the same label, the stereo one first."""

    language = graphene.String(required=True, description="A BCP 47 tag; und where it is not known.")
    label = graphene.String(required=True, description="The track as people call it.")
    channels = graphene.Int(required=True, description="How many channels it has: 2 is stereo, 6 is 5.1.")
    is_default = graphene.Boolean(required=True, description="Whether it plays unless another is chosen.")
    loudness = graphene.Float(
        description="How loud it is as a whole, in LUFS (EBU R 128); null until measured, and for silence."
    )
    true_peak = graphene.Float(description="Its highest peak, in dBTP; null with the loudness.")
    gain_db = graphene.Float(
        required=True,
        description="By how many dB a player raises or lowers it, so that films are equally loud and none clips.",
    )

    @staticmethod
    def resolve_language(row: Rendition, _info: Any) -> str:
        return row.language or "und"

    @staticmethod
    def resolve_label(row: Rendition, _info: Any) -> str:
        return row.label or row.language or "Sound"

    @staticmethod
    def resolve_channels(row: Rendition, _info: Any) -> int:
        return row.channels or 2

    @staticmethod
    def resolve_gain_db(row: Rendition, _info: Any) -> float:
        return gain_db(row.loudness, row.true_peak)


class SubtitleTrack(graphene.ObjectType):
    """Subtitles that one can choose."""

    language = graphene.String(required=True, description="A BCP 47 tag; und where it is not known.")
    label = graphene.String(required=True, description="The track as people call it.")
    kind = graphene.Field(enums.SubtitleKind, required=True, description="Whom it is for.")

    @staticmethod
    def resolve_language(row: Rendition, _info: Any) -> str:
        return row.language or "und"

    @staticmethod
    def resolve_label(row: Rendition, _info: Any) -> str:
        return row.label or row.language or "Subtitles"

    @staticmethod
    def resolve_kind(row: Rendition, _info: Any) -> SubtitleKind:
        if row.is_forced:
            return SubtitleKind.FORCED
        return SubtitleKind.CAPTIONS if row.is_hearing_impaired else SubtitleKind.SUBTITLES


class Video(graphene.ObjectType):
    """Anything that can be watched: a feature, an episode, a trailer, an extra."""

    class Meta:
        interfaces = (Node,)

    kind = graphene.Field(enums.VideoKind, required=True, description="What it is.")
    name = graphene.String(required=True, description="What it is called.")
    title = graphene.Field(
        "catalog.graphql.types.titles.Title", required=True, description="The title it belongs to."
    )
    episode = graphene.Field(lambda: Episode, description="The episode that it is, or null.")
    duration_seconds = graphene.Float(
        description="Its length in seconds, the longer of picture and sound; null before the film is known."
    )
    is_playable = graphene.Boolean(required=True, description="Whether it can be watched now.")
    readiness = graphene.Float(
        description="While it is being prepared, the share of it that is done, 0 to 1; otherwise null."
    )
    preview_url = graphene.String(description="A silent clip of a few seconds, or null.")
    markers = graphene.List(
        graphene.NonNull(Marker), required=True, description="Intro, recap and credits, by their start."
    )
    chapters = graphene.List(graphene.NonNull(Chapter), required=True, description="Its named parts.")
    audio_tracks = graphene.List(
        graphene.NonNull(AudioTrack), required=True, description="Its sound tracks, the default first."
    )
    subtitle_tracks = graphene.List(
        graphene.NonNull(SubtitleTrack), required=True, description="Its subtitles."
    )

    @staticmethod
    def resolve_title(row: Any, info: Any) -> Any:
        return info.context.loaders.get(TitleById).load(row.title_id)

    @staticmethod
    def resolve_episode(row: Any, info: Any) -> Any:
        return info.context.loaders.get(EpisodeById).load(row.episode_id) if row.episode_id else None

    @staticmethod
    def resolve_duration_seconds(row: Any, _info: Any) -> float | None:
        return row.asset.duration_seconds if row.asset else None

    @staticmethod
    def resolve_is_playable(row: Any, _info: Any) -> bool:
        return is_playable(row.asset)

    @staticmethod
    def resolve_readiness(row: Any, info: Any) -> Any:
        if row.asset is not None:
            return readiness(row.asset, None)
        pending = info.context.loaders.get(PendingByVideo).load(row.pk)
        return pending.then(lambda asset: readiness(None, asset))

    @staticmethod
    def resolve_preview_url(_row: Any, _info: Any) -> str | None:
        return None

    @staticmethod
    def resolve_markers(row: Any, info: Any) -> Any:
        return info.context.loaders.get(MarkersByVideo).load(row.pk)

    @staticmethod
    def resolve_chapters(row: Any, info: Any) -> Any:
        if row.asset is None:
            return []
        if "media_info" in row.asset.get_deferred_fields():
            return info.context.loaders.get(MediaInfoByAsset).load(row.asset_id).then(_chapters)
        return _chapters(row.asset.media_info or {})

    @staticmethod
    def resolve_audio_tracks(row: Any, info: Any) -> Any:
        return _tracks(row, info, RenditionKind.AUDIO)

    @staticmethod
    def resolve_subtitle_tracks(row: Any, info: Any) -> Any:
        return _tracks(row, info, RenditionKind.SUBTITLES)


def _chapters(media_info: dict[str, Any]) -> list[dict[str, Any]]:
    zero = Fraction(media_info.get("start") or 0)
    return [
        {
            "title": chapter.get("title") or f"Chapter {number}",
            "start_seconds": max(0.0, float(Fraction(chapter["start"]) - zero)),
        }
        for number, chapter in enumerate(media_info.get("chapters") or [], start=1)
    ]


def _tracks(row: Any, info: Any, kind: str) -> Any:
    version = row.asset.current_version_id if row.asset else None
    if version is None:
        return []

    def of_kind(tracks: Sequence[Rendition]) -> list[Rendition]:
        return [track for track in tracks if track.kind == kind]

    return info.context.loaders.get(TracksByVersion).load(version).then(of_kind)


class Episode(graphene.ObjectType):
    """One episode of a season."""

    class Meta:
        interfaces = (Node,)

    number = graphene.Int(required=True, description="Its number in the season.")
    name = graphene.String(required=True, description="What it is called.")
    synopsis = graphene.String(required=True, description="What it is about.")
    still_url = graphene.String(description="A picture of it, 16:9, or null.")
    still_blurhash = graphene.String(description="The still's blurhash, or null.")
    season = graphene.Field(lambda: Season, required=True, description="The season it is in.")
    video = graphene.Field(Video, required=True, description="What is watched.")

    @staticmethod
    def resolve_still_url(row: Any, info: Any) -> Any:
        still = info.context.loaders.get(StillByEpisode).load(row.pk)
        return still.then(lambda artwork: image_url(artwork.key) if artwork else None)

    @staticmethod
    def resolve_still_blurhash(row: Any, info: Any) -> Any:
        still = info.context.loaders.get(StillByEpisode).load(row.pk)
        return still.then(lambda artwork: artwork.blurhash if artwork else None)


class EpisodeConnection(CountedConnection):
    """A list of episodes, by number."""

    class Meta:
        node = Episode
        name = "EpisodeConnection"
        strict_types = True


class Season(graphene.ObjectType):
    """A season of a series."""

    class Meta:
        interfaces = (Node,)

    number = graphene.Int(required=True, description="Its number; 0 holds specials.")
    name = graphene.String(required=True, description="What it is called.")
    series = graphene.Field(
        "catalog.graphql.types.titles.Series", required=True, description="The series it belongs to."
    )
    episodes = graphene.Field(
        EpisodeConnection,
        required=True,
        first=graphene.Int(default_value=50),
        after=graphene.String(),
        description="Its episodes, by number.",
    )

    @staticmethod
    def resolve_name(row: Any, _info: Any) -> str:
        return str(row)

    @staticmethod
    def resolve_series(row: Any, info: Any) -> Any:
        return info.context.loaders.get(TitleById).load(row.series_id)

    @staticmethod
    def resolve_episodes(row: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        def page(episodes: Sequence[Any]) -> Page[Any]:
            return list_page(episodes, first=first, after=after)

        return info.context.loaders.get(EpisodesBySeason).load(row.pk).then(page)
