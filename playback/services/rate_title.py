"""Saying what one thinks of a title."""

from uuid import UUID

from catalog.models import Title
from playback.models import Rating
from playback.selectors.asking import visible_title, watcher
from playback.services.changes import shelf_changed
from vod.lib.actor import Actor
from vod.lib.transactions import transactional


@transactional
def rate_title(*, actor: Actor, title_id: UUID | None, rating: str | None) -> Title:
    """Sets the profile's rating (a value of Rating.Value), or takes it back with None. Raises PlaybackError."""
    _, profile_id = watcher(actor)
    title = visible_title(actor, title_id)
    if rating is None:
        Rating.objects.filter(profile=profile_id, title=title).delete()
    else:
        Rating.objects.update_or_create(
            profile_id=profile_id, title=title, defaults={"value": Rating.Value(rating)}
        )
    shelf_changed(profile_id)
    return title
