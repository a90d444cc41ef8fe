"""The films of the demo library: what each is called, says, looks and sounds like. Data only."""

from catalog.demo import looks
from catalog.demo.kinds import Credits, Entry, Film, Movie
from catalog.demo.scores import quiet, ringing

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
            quiet(((45, 52, 60, 64), (41, 53, 57, 64), (43, 50, 59, 62))),
            20,
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
            quiet(((50, 57, 62, 69), (46, 58, 62, 65), (48, 55, 64, 67)), 900),
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
            quiet(((38, 50, 57, 65), (36, 48, 55, 64), (41, 53, 60, 69)), 350),
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
            ringing((76, 79, 83, 74, 79, 71), 0.5, ((52, 59, 67), (48, 55, 64))),
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
            ringing((62, 69, 65, 72), 0.9, ((50, 57, 62), (48, 55, 60))),
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
            quiet(((43, 55, 62, 70), (41, 53, 60, 68)), 1200),
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
            ringing((81, 76, 72, 69, 72, 76), 0.42, ((57, 64), (53, 60))),
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
            quiet(((57, 64, 69, 73), (54, 61, 66, 69), (50, 57, 62, 66))),
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
            quiet(((45, 57, 64), (45, 56, 63)), 2500),
            20,
            rate=30,
            width=1920,
            height=1080,
            still_at=2.0,
        ),
    ),
)
