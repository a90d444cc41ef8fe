"""Playback's own types."""

from typing import Any

import graphene
from django.conf import settings

from catalog.graphql.types.titles import Title
from catalog.graphql.types.videos import Video
from playback import models
from playback.errors import PlaybackErrorCode
from playback.selectors.episodes import next_video
from playback.selectors.media import written_master
from playback.selectors.positions import resume_seconds
from playback.selectors.streams import may_see_original, media_folder
from vod.lib.graphql.connections import CountedConnection
from vod.lib.graphql.ids import encode_id
from vod.lib.graphql.mutations import error_type
from vod.lib.graphql.node import Node

PlaybackError = error_type("PlaybackError", PlaybackErrorCode)


_STATE_WORDS = {
    None: "What a player is doing.",
    models.PlaybackState.PLAYING: "The film runs.",
    models.PlaybackState.PAUSED: "It stands still because somebody wants it to.",
    models.PlaybackState.BUFFERING: "It stands still because data has not arrived.",
}
_RATING_WORDS = {
    None: "What a profile thinks of a title.",
    models.Rating.Value.DOWN: "Not for me.",
    models.Rating.Value.UP: "I like this.",
    models.Rating.Value.LOVE: "I love this.",
}

PlaybackState = graphene.Enum.from_enum(
    models.PlaybackState, name="PlaybackState", description=_STATE_WORDS.get
)
RatingValue = graphene.Enum.from_enum(models.Rating.Value, name="RatingValue", description=_RATING_WORDS.get)


class Progress(graphene.ObjectType):
    """Where the active profile is in a video."""

    position_seconds = graphene.Float(required=True, description="Seconds from the start.")
    completed = graphene.Boolean(required=True, description="Whether it has been seen to its credits.")
    updated_at = graphene.DateTime(required=True, description="When it was last watched (UTC).")


class PlaybackSession(graphene.ObjectType):
    """One stream on one device. Its media can be fetched while its lease lasts; heartbeats extend it."""

    class Meta:
        interfaces = (Node,)

    device_name = graphene.String(required=True, description="The device, as it named itself.")
    started_at = graphene.DateTime(required=True, description="When it was started (UTC).")
    manifest_url = graphene.String(
        required=True,
        description="The HLS master playlist, as a path of this site (`/stream/…`); every address in it is "
        "relative. It carries the session's token: whoever has it can watch while the lease lasts.",
    )
    manifest = graphene.String(
        required=True,
        description="What `manifestUrl` says now, for a player that spares itself the request; addresses in it are "
        "relative to `manifestUrl`.",
    )
    storyboard_url = graphene.String(
        description="WebVTT of thumbnails, as a path of this site; null while there is none."
    )
    original_url = graphene.String(
        description="A master of the source's own picture alone, as it came, for who asks for it by hand; null where it "
        "is not kept or above the plan's greatest height."
    )
    resume_seconds = graphene.Float(
        required=True, description="Where to begin: a little before where this profile stopped, else 0."
    )
    heartbeat_seconds = graphene.Float(required=True, description="Seconds between two heartbeats.")
    lease_expires_at = graphene.DateTime(
        required=True, description="When the stream ends unless a heartbeat comes (UTC)."
    )
    video = graphene.Field(Video, required=True, description="What is being watched.")
    next_video = graphene.Field(
        Video, description="What plays after it: the next episode that can be watched, or null."
    )

    @staticmethod
    def resolve_started_at(row: models.PlaybackSession, _info: Any) -> Any:
        return row.created_at

    @staticmethod
    def resolve_manifest_url(row: models.PlaybackSession, _info: Any) -> str:
        return f"{media_folder(row)}master.m3u8"

    @staticmethod
    def resolve_manifest(row: models.PlaybackSession, _info: Any) -> str:
        return written_master(row)

    @staticmethod
    def resolve_storyboard_url(row: models.PlaybackSession, _info: Any) -> str | None:
        return f"{media_folder(row)}storyboard/index.vtt" if row.version.has_storyboard else None

    @staticmethod
    def resolve_original_url(row: models.PlaybackSession, _info: Any) -> str | None:
        return f"{media_folder(row)}original.m3u8" if may_see_original(row) else None

    @staticmethod
    def resolve_resume_seconds(row: models.PlaybackSession, _info: Any) -> float:
        progress = models.Progress.objects.filter(profile=row.profile_id, video=row.video_id).first()
        return resume_seconds(progress, row.version.asset.duration_seconds)

    @staticmethod
    def resolve_heartbeat_seconds(_row: models.PlaybackSession, _info: Any) -> float:
        return float(settings.PLAYBACK_BEAT_SECONDS)

    @staticmethod
    def resolve_next_video(row: models.PlaybackSession, info: Any) -> Any:
        return next_video(info.context.actor, row.video)


class Stream(graphene.ObjectType):
    """A playback session as everyone of the household may see it: who holds a place of the plan, and where.

    Its id is the session's, for stopPlayback.
    """

    class Meta:
        interfaces = (Node,)

    device_name = graphene.String(required=True, description="The device, as it named itself.")
    profile_name = graphene.String(required=True, description="Who watches there.")
    started_at = graphene.DateTime(required=True, description="Since when (UTC).")

    @staticmethod
    def resolve_id(row: models.PlaybackSession, _info: Any) -> str:
        return encode_id("PlaybackSession", row.pk)

    @staticmethod
    def resolve_profile_name(row: models.PlaybackSession, _info: Any) -> str:
        return row.profile.name if row.profile else ""

    @staticmethod
    def resolve_started_at(row: models.PlaybackSession, _info: Any) -> Any:
        return row.created_at


class ContinueWatchingItem(graphene.ObjectType):
    """Something that the profile is in the middle of."""

    video = graphene.Field(Video, required=True, description="What to go on with.")
    title = graphene.Field(Title, required=True, description="The movie, or the series of the episode.")


class ContinueWatchingConnection(CountedConnection):
    """What the profile is in the middle of, last watched first."""

    class Meta:
        node = ContinueWatchingItem
        strict_types = True


class HistoryItem(graphene.ObjectType):
    """Something that the profile has watched."""

    watched_at = graphene.DateTime(required=True, description="When it was last watched (UTC).")
    video = graphene.Field(Video, required=True, description="What was watched.")
    title = graphene.Field(Title, required=True, description="The movie, or the series of the episode.")

    @staticmethod
    def resolve_watched_at(row: models.Progress, _info: Any) -> Any:
        return row.updated_at

    @staticmethod
    def resolve_title(row: models.Progress, _info: Any) -> Any:
        return row.video.title


class HistoryConnection(CountedConnection):
    """What the profile has watched, last watched first."""

    class Meta:
        node = HistoryItem
        strict_types = True


class MyListInput(graphene.InputObjectType):
    """A title to put on the active profile's list, or to take off it."""

    title_id = graphene.ID(required=True, description="The title.")
