"""Who made the films: many people, a few of whom are in very many films."""

import random
from datetime import datetime
from uuid import UUID

from catalog.models import Credit, Person
from catalog.services.seeding.keys import key_at
from catalog.services.seeding.tongues import Tongue, tongues

_BEHIND = (("Director", 0.99), ("Writer", 0.6), ("Composer", 0.2), ("Producer", 0.25))
# The greater, the more of the credits go to the few.
_SKEW = 2.6


class Company:
    """The people of each language, and what they do for a title."""

    def __init__(self, dice: random.Random, titles: int, at: datetime) -> None:
        self._dice = dice
        self._at = at
        shares = sum(tongue.share for tongue in tongues().values())
        self.rows: list[Person] = []
        self._pools: dict[str, list[Person]] = {}
        for tongue in tongues().values():
            pool = [
                Person(id=key_at(dice, at), created_at=at, name=tongue.person(dice))
                for _ in range(max(8, titles * tongue.share // (2 * shares)))
            ]
            self._pools[tongue.code] = pool
            self.rows += pool

    def credits(self, title_id: UUID, tongue: Tongue) -> list[Credit]:
        """The credits of a title in their order."""
        dice = self._dice
        found: list[Credit] = []
        roles = [role for role, share in _BEHIND if dice.random() < share]
        roles += ["Actor"] * dice.choice((0, 2, 2, 3, 3, 4, 5))
        for position, role in enumerate(roles):
            person = self._somebody(tongue.code)
            character = ""
            if role == "Actor" and dice.random() < 0.8:
                character = f"{dice.choice(tongue.latin_givens)} {dice.choice(tongue.latin_families)}"
            found.append(
                Credit(
                    id=key_at(dice, self._at),
                    created_at=self._at,
                    title_id=title_id,
                    person_id=person.pk,
                    role=role,
                    character=character,
                    position=position,
                )
            )
        return found

    def _somebody(self, code: str) -> Person:
        pool = self._pools[code]
        return pool[int(len(pool) * self._dice.random() ** _SKEW)]
