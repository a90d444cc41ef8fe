"""Tags, and collections as editors put them together."""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from catalog.models import Collection, CollectionEntry, Tag, Title
from catalog.services.seeding.keys import key_at
from catalog.services.slugs import free_slug, slug_of
from catalog.services.tags import tags_named
from vod.lib.actor import Actor
from vod.lib.filling import put_rows

_TAGS = (
    "small town|heist|courtroom|road trip|coming of age|based on a book|true story|one night|island|found family"
    "|black and white|slow|twist|sea|mountains|winter|trains|kitchen|school|amnesia|twins|revenge|first love|old age"
    "|robots|time travel|ghosts|spies|strike|choir|orchestra|chess|football|cycling|dogs|lighthouse|letters|harvest"
    "|newspaper|hospital|border|exile|election|inheritance|wedding|funeral|circus|theatre|radio|silent hero"
)
# Most of a genre's tags are among so many.
_USUAL = 9
_COLLECTIONS = (
    "Long winters|Nobody is innocent|For rainy Sundays|Under ninety minutes|By the sea|Begun in silence|Letters home"
    "|First films|The quiet ones|Night trains|Kitchens of the world|With the whole family|Seen by few|Last chances"
)
_ENTRIES = (12, 60)


class Tags:
    """Which words a title of a genre is found by."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._tags: list[Tag] = []
        self._usual: dict[str, list[Tag]] = {}

    def make(self) -> None:
        """Finds or makes all tags."""
        self._tags = tags_named(_TAGS.split("|"))

    def of(self, title_id: UUID, genre: str) -> list[Any]:
        """None to five tags of a title, as rows between the two."""
        dice = self._dice
        usual = self._usual.setdefault(genre, dice.sample(self._tags, _USUAL))
        chosen = {
            (dice.choice(usual) if dice.random() < 0.7 else dice.choice(self._tags)).pk
            for _ in range(dice.choice((0, 1, 2, 3, 3, 4, 5)))
        }
        through = Title.tags.through
        return [through(title_id=title_id, tag_id=key) for key in sorted(chosen)]


def seed_collections(dice: random.Random, today: datetime) -> None:
    """Fourteen collections, half of them with a row on the home page; of some the time is over or still to come."""
    keys = list(Title.objects.visible_to(Actor()).order_by("id").values_list("id", flat=True))
    taken = set(Collection.objects.values_list("slug", flat=True))
    collections, entries = [], []
    for place, name in enumerate(_COLLECTIONS.split("|")):
        slug = free_slug(slug_of(name, "collection"), taken.__contains__)
        taken.add(slug)
        start, end = _time(dice, place, today)
        collection = Collection(
            id=key_at(dice, today),
            created_at=today,
            slug=slug,
            name=name,
            synopsis=f"{name}: chosen by hand.",
            shown_from=start,
            shown_until=end,
            home_place=place if place % 2 == 0 else None,
        )
        collections.append(collection)
        entries += [
            CollectionEntry(
                id=key_at(dice, today),
                created_at=today,
                collection_id=collection.pk,
                title_id=key,
                position=position,
            )
            for position, key in enumerate(dice.sample(keys, min(len(keys), dice.randint(*_ENTRIES))))
        ]
    put_rows(collections)
    put_rows(entries)


def _time(dice: random.Random, place: int, today: datetime) -> tuple[datetime | None, datetime | None]:
    began = today - timedelta(days=dice.randint(1, 200))
    if place % 7 == 5:
        return began - timedelta(days=30), today - timedelta(days=1)
    if place % 7 == 6:
        return today + timedelta(days=dice.randint(1, 30)), None
    return began, today + timedelta(days=90) if place % 3 == 0 else None
