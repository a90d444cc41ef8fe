"""The series of the demo library: elementary cellular automata, one an episode. Data only."""

from catalog.demo import looks
from catalog.demo.kinds import Credits, Entry, Film, Look, Part, Series
from catalog.demo.scores import ringing


def _rule(number: int, seed: int, colours: str) -> Look:
    return lambda frame: looks.rule(frame, number, seed, colours)


RULE_BOOK = Series(
    Entry(
        name="The Rule Book",
        synopsis="A row of cells, a rule of eight lines, and whatever comes of it. "
        "Each episode gives the same small world another law and stands back.",
        year=2024,
        genres=("Science fiction", "Abstract"),
        rating="PG",
        people=(
            Credits("Benedikt Auer", "Creator"),
            Credits("Henrike Osei", "Director"),
            Credits("Marguerite Poole", "Narrator"),
        ),
    ),
    seasons=(
        (
            "Order",
            (
                Part(
                    "Ninety",
                    "Each cell becomes the difference of its neighbours, and a triangle of triangles comes down.",
                    Film(
                        "rule-90",
                        _rule(90, 0, looks.EMBER),
                        ringing((69, 72, 76), 0.5, ((45, 57),)),
                        16,
                        still_at=6.0,
                    ),
                ),
                Part(
                    "One hundred and fifty",
                    "One more voice in the vote, and the triangles grow a trunk.",
                    Film(
                        "rule-150",
                        _rule(150, 0, looks.GOLD_ON_BLUE),
                        ringing((67, 71, 74), 0.5, ((43, 55),)),
                        16,
                        still_at=9.0,
                    ),
                ),
            ),
        ),
        (
            "Disorder",
            (
                Part(
                    "Thirty",
                    "From one cell, without a single throw of dice, something that nobody can tell from chance.",
                    Film(
                        "rule-30",
                        _rule(30, 0, looks.VIOLET),
                        ringing((66, 70, 73, 77), 0.4, ((42, 54),)),
                        16,
                        still_at=6.0,
                    ),
                ),
                Part(
                    "One hundred and ten",
                    "Small travellers cross a quiet cloth, and when two meet they reckon.",
                    Film(
                        "rule-110",
                        _rule(110, 5, looks.SEA),
                        ringing((64, 71, 67), 0.6, ((40, 52),)),
                        16,
                        still_at=9.0,
                    ),
                ),
                Part(
                    "Seventy-three",
                    "Walls go up on the first day, and behind each one another history begins.",
                    Film(
                        "rule-73",
                        _rule(73, 9, looks.FROST),
                        ringing((62, 65, 69), 0.7, ((38, 50),)),
                        16,
                        still_at=9.0,
                    ),
                ),
            ),
        ),
    ),
)
