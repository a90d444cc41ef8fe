"""Objects that no row names: of a claim that was lost, or of work that nobody wants any more."""

import logging
import re
from collections.abc import Sequence

from transcoding.models import Asset, AssetState, AssetVersion, Chunk, Rendition, Segment, WorkState
from transcoding.services.bench import Bench
from vod.lib.storage import objects

log = logging.getLogger(__name__)

# What a claim's own keys end in (`Bench.put_object`).
_OF_A_CLAIM = re.compile(r"\.(c[0-9]+)?f[0-9]+\.[a-z0-9]+\Z")


def clear_after(bench: Bench) -> None:
    """Takes back what a claim put that came to nothing.

    That is all of it for an asset that was cancelled or deleted meanwhile. Otherwise an object stays for
    whoever makes the piece again, unless its key was this claim's own.
    """
    wanted = (
        Asset.objects.filter(pk=bench.version.asset_id, versions=bench.version)
        .exclude(state=AssetState.CANCELLED)
        .exists()
    )
    _remove(_unnamed(bench.version, [key for key in bench.put if not wanted or _OF_A_CLAIM.search(key)]))


def clear_unnamed(version: AssetVersion) -> None:
    """Removes what claims left that did not live to clear it, once nobody works on the version.

    The order matters: what is listed was put by a claim that has ended, and then its rows are there.
    """
    if objects().refuses_late_writers:
        return
    listed = [key for key in objects().keys_below(version.key_prefix) if _OF_A_CLAIM.search(key)]
    working = (WorkState.WAITING, WorkState.RUNNING)
    if listed and not Chunk.objects.filter(version=version, state__in=working).exists():
        _remove(_unnamed(version, listed))


def _unnamed(version: AssetVersion, keys: Sequence[str]) -> list[str]:
    if not keys:
        return []
    named = set(Segment.objects.filter(rendition__version=version).values_list("key", flat=True))
    named.update(Rendition.objects.filter(version=version).values_list("init_key", flat=True))
    named.update(AssetVersion.objects.filter(pk=version.pk).values_list("preview_key", flat=True))
    return [key for key in keys if key not in named]


def _remove(keys: Sequence[str]) -> None:
    for key in keys:
        try:
            objects().delete(key)
        except OSError as error:
            # No row names it, so nobody sees it; it goes with the version's prefix at the latest.
            log.warning("%s could not be removed: %s", key, error)
