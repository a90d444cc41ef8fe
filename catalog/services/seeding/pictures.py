"""A few drawn pictures that all titles of a seeded library share."""

import random
from dataclasses import dataclass
from uuid import UUID

from catalog.artwork.invented import beam
from catalog.artwork.pictures import Encoded, cut, encode
from catalog.models import ArtworkKind
from vod.lib.storage import objects

# Small ones: nobody looks at them for long, and drawing is slow.
_DRAWN = {ArtworkKind.POSTER: (300, 450), ArtworkKind.BACKDROP: (640, 360), ArtworkKind.STILL: (320, 180)}


@dataclass(frozen=True)
class Picture:
    key: str
    encoded: Encoded


def shared_pictures(dice: random.Random, count: int) -> dict[ArtworkKind, list[Picture]]:
    """So many pictures of each kind, put into the store."""
    return {kind: [_draw(kind, UUID(int=dice.getrandbits(128))) for _ in range(count)] for kind in _DRAWN}


def _draw(kind: ArtworkKind, name: UUID) -> Picture:
    encoded = encode(cut(beam(str(name), *_DRAWN[kind]), kind))
    key = f"artwork/{name}.webp"
    objects().put_bytes(key, encoded.content)
    return Picture(key, encoded)
