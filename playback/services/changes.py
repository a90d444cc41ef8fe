"""Saying that something of a profile has changed that its pages show."""

from uuid import UUID

from catalog.services.changes import renew
from playback.selectors.home import places_edition, shelf_edition


def shelf_changed(profile_id: UUID) -> None:
    """To be said, in its transaction, by whoever changes what a profile has begun, listed or rated."""
    renew(shelf_edition(profile_id), places_edition(profile_id))


def place_changed(profile_id: UUID) -> None:
    """To be said instead where only the place in a film is another one."""
    renew(places_edition(profile_id))
