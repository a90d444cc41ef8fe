"""Names of films, places and people in the shape of many languages. All invented: no real film's name is kept here."""

import random
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# Few names can be made of a pattern with one word to fill in: how often another is taken instead.
_REPEATED = 0.88
_WORDS = Path(__file__).with_name("tongues.toml")


@dataclass(frozen=True)
class Tongue:
    """What names of one language are made of. `latin` people are the same ones as others write them."""

    code: str
    share: int
    is_other_script: bool
    things: tuple[str, ...]
    patterns: tuple[str, ...]
    givens: tuple[str, ...]
    families: tuple[str, ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    people: str
    latin_givens: tuple[str, ...]
    latin_families: tuple[str, ...]

    def place(self, dice: random.Random) -> str:
        """A place that is on no map."""
        middle = dice.choice(self.heads).lower() if dice.random() < 0.3 else ""
        return f"{dice.choice(self.heads)}{middle}{dice.choice(self.tails)}"

    def film(self, dice: random.Random) -> str:
        """A name of a film or a series; one in a dozen has others of the same name."""
        pattern = dice.choice(self.patterns)
        while pattern.count("{") < 2 and "{place}" not in pattern and dice.random() < _REPEATED:
            pattern = dice.choice(self.patterns)
        name = pattern.format(
            thing=dice.choice(self.things),
            other=dice.choice(self.things),
            place=self.place(dice),
            given=dice.choice(self.givens),
            given2=dice.choice(self.givens),
            family=dice.choice(self.families),
            number=dice.randint(2, 99),
        )
        return name.replace(" The ", " the ")

    def person(self, dice: random.Random) -> str:
        """A full name, now and then with a middle one or two families; one in twelve in the language's own script."""
        if self.is_other_script and dice.random() < 1 / 12:
            return self.people.format(given=dice.choice(self.givens), family=dice.choice(self.families))
        given, family = dice.choice(self.latin_givens), dice.choice(self.latin_families)
        chance = dice.random()
        if chance < 0.35:
            given = f"{given} {dice.choice(self.latin_givens)}"
        if chance < 0.1 or chance > 0.75:
            family = f"{family}-{dice.choice(self.latin_families)}"
        return f"{given} {family}"


@lru_cache(maxsize=1)
def tongues() -> dict[str, Tongue]:
    """All languages by their tags."""
    return {
        code: Tongue(
            code=code,
            share=found["share"],
            is_other_script=found.get("script", False),
            things=tuple(found["things"].split("|")),
            patterns=tuple(found["patterns"]),
            givens=tuple(found["givens"].split()),
            families=tuple(found["families"].split()),
            heads=tuple(found["heads"].split()),
            tails=tuple(found["tails"].split("|") if "|" in found["tails"] else found["tails"].split()),
            people=found["people"],
            latin_givens=tuple(found.get("latin_givens", found["givens"]).split()),
            latin_families=tuple(found.get("latin_families", found["families"]).split()),
        )
        for code, found in tomllib.loads(_WORDS.read_text(encoding="utf-8")).items()
    }
