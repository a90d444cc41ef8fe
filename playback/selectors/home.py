"""The profile's own rows of the home page."""

from collections.abc import Sequence

from catalog.selectors.home import PER_ROW, HomeRow
from playback.selectors.shelf import my_list, titles_going_on
from vod.lib.actor import Actor


def own_rows(actor: Actor) -> Sequence[HomeRow]:
    """Continue watching and the list, for a profile that has any."""
    if actor.profile_id is None:
        return []
    going_on = titles_going_on(actor)[:PER_ROW]
    listed = [entry.title for entry in my_list(actor)[:PER_ROW]]
    rows = [
        HomeRow("continue-watching", "CONTINUE_WATCHING", "Continue watching", going_on),
        HomeRow("my-list", "MY_LIST", "My list", listed),
    ]
    return [row for row in rows if row.titles]
