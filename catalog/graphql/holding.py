"""Until when an answer with titles in it may be remembered."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

from transcoding.models import Asset, AssetState
from vod.lib.graphql.answers import note_of

# How late it may be told how far a film is that is being made: what is shown of that moves by itself.
_MAKING_SECONDS = 5.0


def holds_until_any_goes(info: Any, titles: Sequence[Any]) -> None:
    """Says that the answer holds until the time of the first of these titles is over; operators see them beyond it."""
    if not info.context.actor.is_operator:
        note = note_of(info.context.request)
        ends = [title.available_until.timestamp() for title in titles if title.available_until]
        note.until = min([note.until, *ends])


def holds_while_made(info: Any, assets: Iterable[Asset | None]) -> None:
    """Says that the answer holds for some seconds only where one of these films is not made whole."""
    if any(asset is not None and asset.state != AssetState.READY for asset in assets):
        note = note_of(info.context.request)
        note.until = min(note.until, time.time() + _MAKING_SECONDS)
