"""Taking a title off the list."""

from uuid import UUID

from catalog.models import Title
from playback.models import ListEntry
from playback.selectors.asking import visible_title, watcher
from playback.services.changes import shelf_changed
from vod.lib.actor import Actor
from vod.lib.transactions import transactional


@transactional
def remove_from_my_list(*, actor: Actor, title_id: UUID | None) -> Title:
    """Takes the title off the profile's list; fine where it is not on it. Raises PlaybackError."""
    _, profile_id = watcher(actor)
    title = visible_title(actor, title_id)
    ListEntry.objects.filter(profile=profile_id, title=title).delete()
    shelf_changed(profile_id)
    return title
