"""Smaller copies of pictures that were taken in before there were any."""

import logging

from catalog.artwork import pictures
from catalog.errors import CatalogError
from catalog.models import Artwork
from vod.lib.storage import objects

log = logging.getLogger(__name__)

#: Pictures of one run; each takes a fraction of a second.
AT_ONCE = 100


def make_missing_copies(at_most: int = AT_ONCE) -> int:
    """Makes the copies of at most so many pictures that have none yet; answers of how many. May run twice at once.

    A picture whose bytes are lost or cannot be read is told of, and not tried again.
    """
    bare = list(Artwork.objects.filter(widths__isnull=True).order_by("pk")[:at_most])
    for artwork in bare:
        _copy(artwork)
    return len(bare)


def _copy(artwork: Artwork) -> None:
    try:
        picture = pictures.open_stored(objects().read_bytes(artwork.key))
        copies = pictures.copies(picture, artwork.kind)
    except (FileNotFoundError, CatalogError):
        log.warning("the picture %s is lost or cannot be read", artwork.key)
        copies = {}
    for width, content in copies.items():
        objects().put_bytes(artwork.key_of(width), content)
    if not Artwork.objects.filter(pk=artwork.pk).update(widths=list(copies)):
        # It was replaced meanwhile.
        for width in copies:
            objects().delete(artwork.key_of(width))
