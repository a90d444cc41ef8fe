"""Keeping a title for later."""

from uuid import UUID

from catalog.models import Title
from playback.models import ListEntry
from playback.selectors.asking import visible_title, watcher
from playback.services.changes import shelf_changed
from vod.lib.actor import Actor
from vod.lib.transactions import transactional


@transactional
def add_to_my_list(*, actor: Actor, title_id: UUID | None) -> Title:
    """Puts the title on the profile's list; once, however often. Raises PlaybackError."""
    _, profile_id = watcher(actor)
    title = visible_title(actor, title_id)
    _, is_new = ListEntry.objects.get_or_create(profile_id=profile_id, title=title)
    if is_new:
        shelf_changed(profile_id)
    return title
