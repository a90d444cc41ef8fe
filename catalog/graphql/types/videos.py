"""What can be watched, and the seasons and episodes that it stands in."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import graphene

from catalog import translation
from catalog.artwork.signing import image_url
from catalog.graphql import enums
from catalog.graphql.holding import holds_while_made
from catalog.graphql.loaders import (
    ArtworkByOwner,
    EpisodeById,
    MarkersByVideo,
    MediaInfoByAsset,
    PendingByVideo,
    TitleById,
    TracksByVersion,
    VideosByTitle,
)
from catalog.graphql.types.words import language_of, srcset, translations, translations_field
from catalog.models import SubtitleKind, VideoKind
from catalog.selectors.previews import preview_url
from catalog.selectors.readiness import is_playable, readiness
from transcoding.engine.loudness import gain_db
from transcoding.models import Asset, Rendition, RenditionKind
from vod.lib.graphql.connections import CountedConnection, Page, list_page, paged
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
    """Subtitles that one can choose. The id is of this making of the film."""

    class Meta:
        interfaces = (Node,)

    language = graphene.String(required=True, description="A BCP 47 tag; und where it is not known.")
    label = graphene.String(required=True, description="The track as people call it.")
    kind = graphene.Field(enums.SubtitleKind, required=True, description="Whom it is for.")
    is_default = graphene.Boolean(required=True, description="Whether it is shown unless another is chosen.")

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
    preview_url = graphene.String(
        description="A silent clip of 6 to 10 seconds (MP4) for the asker's profile, as a path of this site that is "
        "good for some hours; null where there is none. It takes no place in the plan and moves no position."
    )
    markers = graphene.List(
        graphene.NonNull(Marker), required=True, description="Intro, recap and credits, by their start."
    )
    chapters = graphene.List(
        graphene.NonNull(Chapter),
        required=True,
        description="Its named parts: an editor's, or those of its file.",
    )
    audio_tracks = graphene.List(
        graphene.NonNull(AudioTrack), required=True, description="Its sound tracks, the default first."
    )
    subtitle_tracks = graphene.List(
        graphene.NonNull(SubtitleTrack), required=True, description="Its subtitles."
    )
    translations = translations_field()

    @staticmethod
    def resolve_name(row: Any, info: Any) -> Any:
        """What it is the video of says its name; a trailer has one of its own."""

        def say(named: Any) -> str:
            return translation.name_of(named or row, language_of(info))

        if row.kind == VideoKind.FEATURE:
            return info.context.loaders.get(TitleById).load(row.title_id).then(say)
        if row.kind == VideoKind.EPISODE:
            return info.context.loaders.get(EpisodeById).load(row.episode_id).then(say)
        return say(row)

    @staticmethod
    def resolve_translations(row: Any, info: Any) -> Any:
        return translations(row, info)

    @staticmethod
    def resolve_title(row: Any, info: Any) -> Any:
        return info.context.loaders.get(TitleById).load(row.title_id)

    @staticmethod
    def resolve_episode(row: Any, info: Any) -> Any:
        return info.context.loaders.get(EpisodeById).load(row.episode_id) if row.episode_id else None

    @staticmethod
    def resolve_duration_seconds(row: Any, info: Any) -> float | None:
        holds_while_made(info, [row.asset])
        return row.asset.duration_seconds if row.asset else None

    @staticmethod
    def resolve_is_playable(row: Any, info: Any) -> bool:
        holds_while_made(info, [row.asset])
        return is_playable(row.asset)

    @staticmethod
    def resolve_readiness(row: Any, info: Any) -> Any:
        if row.asset is not None:
            holds_while_made(info, [row.asset])
            return readiness(row.asset, None)

        def say(pending: Asset | None) -> float | None:
            holds_while_made(info, [pending])
            return readiness(None, pending)

        return info.context.loaders.get(PendingByVideo).load(row.pk).then(say)

    @staticmethod
    def resolve_preview_url(row: Any, info: Any) -> str | None:
        holds_while_made(info, [row.asset])
        return preview_url(info.context.actor, row.asset)

    @staticmethod
    def resolve_markers(row: Any, info: Any) -> Any:
        return info.context.loaders.get(MarkersByVideo).load(row.pk)

    @staticmethod
    def resolve_chapters(row: Any, info: Any) -> Any:
        if row.chapters is not None:
            return _numbered(row.chapters)
        if row.asset is None:
            return []
        if hasattr(row, "file_chapters"):
            return _chapters({"start": row.file_start, "chapters": row.file_chapters})
        if "media_info" in row.asset.get_deferred_fields():
            return info.context.loaders.get(MediaInfoByAsset).load(row.asset_id).then(_chapters)
        return _chapters(row.asset.media_info or {})

    @staticmethod
    def resolve_audio_tracks(row: Any, info: Any) -> Any:
        return _tracks(row, info, RenditionKind.AUDIO)

    @staticmethod
    def resolve_subtitle_tracks(row: Any, info: Any) -> Any:
        return _tracks(row, info, RenditionKind.SUBTITLES)


def _numbered(chapters: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """An editor's chapters; one without a title is called by its number."""
    return [
        {"title": one["title"] or f"Chapter {number}", "start_seconds": one["start_seconds"]}
        for number, one in enumerate(chapters, start=1)
    ]


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
    holds_while_made(info, [row.asset])
    version = row.asset.current_version_id if row.asset else None
    if version is None:
        return []

    def of_kind(tracks: Sequence[Rendition]) -> list[Rendition]:
        return [track for track in tracks if track.kind == kind]

    return info.context.loaders.get(TracksByVersion).load(version).then(of_kind)


def _still(found: Sequence[Any]) -> Any:
    return found[0] if found else None


class Episode(graphene.ObjectType):
    """One episode of a season."""

    class Meta:
        interfaces = (Node,)

    number = graphene.Int(required=True, description="Its number in the season.")
    name = graphene.String(required=True, description="What it is called.")
    synopsis = graphene.String(required=True, description="What it is about.")
    still_url = graphene.String(description="A picture of it, 16:9, or null.")
    still_srcset = graphene.String(
        description="The picture in all its sizes, for `srcset`: addresses with their widths in pixels; or null."
    )
    still_blurhash = graphene.String(description="The still's blurhash, or null.")
    season = graphene.Field(lambda: Season, required=True, description="The season it is in.")
    video = graphene.Field(Video, required=True, description="What is watched.")
    translations = translations_field()

    @staticmethod
    def resolve_name(row: Any, info: Any) -> str:
        return translation.name_of(row, language_of(info))

    @staticmethod
    def resolve_synopsis(row: Any, info: Any) -> str:
        return translation.synopsis_of(row, language_of(info))

    @staticmethod
    def resolve_translations(row: Any, info: Any) -> Any:
        return translations(row, info)

    @staticmethod
    def resolve_still_srcset(row: Any, info: Any) -> Any:
        return info.context.loaders.get(ArtworkByOwner).load(row.pk).then(lambda found: srcset(_still(found)))

    @staticmethod
    def resolve_still_url(row: Any, info: Any) -> Any:
        def say(found: Sequence[Any]) -> str | None:
            still = _still(found)
            return image_url(still.key) if still else None

        return info.context.loaders.get(ArtworkByOwner).load(row.pk).then(say)

    @staticmethod
    def resolve_still_blurhash(row: Any, info: Any) -> Any:
        def say(found: Sequence[Any]) -> str | None:
            still = _still(found)
            return still.blurhash if still else None

        return info.context.loaders.get(ArtworkByOwner).load(row.pk).then(say)


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
        **paged(50),
        description="Its episodes, by number.",
    )
    translations = translations_field()

    @staticmethod
    def resolve_name(row: Any, info: Any) -> str:
        return translation.name_of(row, language_of(info)) or str(row)

    @staticmethod
    def resolve_translations(row: Any, info: Any) -> Any:
        return translations(row, info)

    @staticmethod
    def resolve_series(row: Any, info: Any) -> Any:
        return info.context.loaders.get(TitleById).load(row.series_id)

    @staticmethod
    def resolve_episodes(row: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        def page(videos: Sequence[Any]) -> Page[Any]:
            episodes = [video.episode for video in videos if video.episode is not None]
            own = [episode for episode in episodes if episode.season_id == row.pk]
            own.sort(key=lambda episode: episode.number)
            return list_page(own, first=first, after=after)

        return info.context.loaders.get(VideosByTitle).load(row.series_id).then(page)
