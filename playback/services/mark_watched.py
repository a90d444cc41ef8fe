"""Saying that one has seen a video elsewhere, or wants to see it anew."""

from uuid import UUID

from django.utils import timezone

from catalog.models import Video
from playback.models import Progress
from playback.selectors.asking import visible_video, watcher
from playback.services.changes import shelf_changed
from vod.lib.actor import Actor
from vod.lib.transactions import transactional


@transactional
def mark_watched(*, actor: Actor, video_id: UUID | None, watched: bool) -> Video:
    """Marks the video as seen to its end, or forgets what was seen of it. Raises PlaybackError."""
    _, profile_id = watcher(actor)
    video = visible_video(actor, video_id)
    shelf_changed(profile_id)
    if not watched:
        Progress.objects.filter(profile=profile_id, video=video).delete()
        return video
    duration = video.asset.duration_seconds if video.asset else None
    Progress.objects.update_or_create(
        profile_id=profile_id,
        video=video,
        defaults={
            "position_seconds": duration or 0.0,
            "completed": True,
            "hidden": False,
            "updated_at": timezone.now(),
        },
    )
    return video
