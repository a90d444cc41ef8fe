"""Taking something out of continue watching, without forgetting where one was."""

from uuid import UUID

from catalog.models import Video
from playback.models import Progress
from playback.selectors.asking import visible_video, watcher
from playback.services.changes import shelf_changed
from vod.lib.actor import Actor
from vod.lib.transactions import transactional


@transactional
def remove_from_continue_watching(*, actor: Actor, video_id: UUID | None) -> Video:
    """Takes the video's title out of the row until it is watched again. Raises PlaybackError.

    The whole series goes with an episode, since the row may show one that has not been begun.
    """
    _, profile_id = watcher(actor)
    video = visible_video(actor, video_id)
    Progress.objects.filter(profile=profile_id, video__title=video.title_id).update(hidden=True)
    shelf_changed(profile_id)
    return video
