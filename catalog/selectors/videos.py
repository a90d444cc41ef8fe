"""Ways to what can be watched: visible where its title is."""

from uuid import UUID

from django.db.models import QuerySet

from catalog.models import Episode, Season, Title, Video
from transcoding.models import Rendition, RenditionKind, RenditionState
from vod.lib.actor import Actor


def visible_videos(actor: Actor) -> "QuerySet[Video]":
    """All videos of titles that this asker may see, each with its film."""
    return Video.objects.filter(title__in=Title.objects.visible_to(actor).order_by()).select_related("asset")


def visible_video(actor: Actor, key: UUID | None) -> Video | None:
    """The video of `key` with its title, or None where there is none for this asker."""
    return visible_videos(actor).select_related("asset", "title").filter(pk=key).first() if key else None


def visible_subtitles(actor: Actor, key: UUID) -> Rendition | None:
    """The subtitles of `key` in a film of a title that this asker may see, once they are there; or None."""
    there = Rendition.objects.filter(pk=key, kind=RenditionKind.SUBTITLES, state=RenditionState.READY)
    row = there.select_related("version").first()
    seen = row and visible_videos(actor).filter(asset__current_version=row.version_id).exists()
    return row if seen else None


def visible_season(actor: Actor, key: UUID) -> Season | None:
    """The season of `key`, or None where there is none for this asker."""
    return Season.objects.filter(series__in=Title.objects.visible_to(actor).order_by(), pk=key).first()


def visible_episode(actor: Actor, key: UUID) -> Episode | None:
    """The episode of `key` with its season, or None where there is none for this asker."""
    seen = Title.objects.visible_to(actor).order_by()
    return Episode.objects.filter(season__series__in=seen, pk=key).select_related("season").first()
