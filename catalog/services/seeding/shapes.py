"""What a library is made up of, in shares: genres, ratings, years, seasons, and what films are said to be about."""

import random
from dataclasses import dataclass

from catalog import maturity
from catalog.services.seeding.tongues import Tongue

# How often a genre is a film's first one, and which others go with it.
GENRES: dict[str, tuple[int, tuple[str, ...]]] = {
    "Drama": (260, ("Romance", "Crime", "History", "Family", "Biography")),
    "Comedy": (170, ("Romance", "Drama", "Family", "Music")),
    "Documentary": (110, ("History", "Biography", "Music", "Sport", "War")),
    "Thriller": (90, ("Crime", "Mystery", "Drama", "Action")),
    "Action": (75, ("Adventure", "Thriller", "Science fiction", "Crime")),
    "Romance": (60, ("Drama", "Comedy", "Music")),
    "Horror": (60, ("Thriller", "Mystery", "Fantasy")),
    "Crime": (55, ("Drama", "Thriller", "Mystery")),
    "Animation": (45, ("Family", "Fantasy", "Adventure", "Comedy")),
    "Family": (40, ("Adventure", "Comedy", "Animation")),
    "Science fiction": (35, ("Adventure", "Thriller", "Drama")),
    "Adventure": (30, ("Action", "Family", "Fantasy")),
    "Mystery": (28, ("Thriller", "Crime", "Drama")),
    "Fantasy": (24, ("Adventure", "Family", "Romance")),
    "History": (18, ("Drama", "War", "Biography")),
    "Music": (14, ("Documentary", "Drama", "Romance")),
    "Short": (14, ("Drama", "Animation", "Comedy")),
    "Biography": (12, ("Drama", "History", "Sport")),
    "War": (10, ("Drama", "History", "Action")),
    "Sport": (8, ("Documentary", "Drama")),
    "Western": (6, ("Action", "Adventure", "Drama")),
    "Musical": (4, ("Romance", "Comedy", "Music")),
    "Silent": (2, ("Comedy", "Drama", "Short")),
}
_FIRSTS = list(GENRES)
_WEIGHTS = [share for share, _ in GENRES.values()]

_MILD = ("U", "PG", "G", "TV-Y7", "TV-G", "FSK 0", "FSK 6")
_MIDDLE = ("PG", "12A", "12", "PG-13", "TV-PG", "TV-14", "FSK 12", "15")
_STRONG = ("15", "16", "18", "R", "TV-MA", "FSK 16", "FSK 18")
_RATINGS = {
    "Family": (_MILD,),
    "Animation": (_MILD, _MILD, _MIDDLE),
    "Adventure": (_MILD, _MIDDLE),
    "Documentary": (_MILD, _MIDDLE),
    "Horror": (_STRONG,),
    "Crime": (_MIDDLE, _STRONG, _STRONG),
    "Thriller": (_MIDDLE, _STRONG, _STRONG),
}
_COUNTRIES = {
    "en": ("US", "US", "GB", "CA", "AU", "IE"), "es": ("ES", "MX", "AR"), "fr": ("FR", "FR", "BE", "CA"),
    "de": ("DE", "AT", "CH"), "it": ("IT",), "pt": ("BR", "PT"), "sv": ("SE",), "pl": ("PL",), "tr": ("TR",),
    "ja": ("JP",), "ko": ("KR",), "zh": ("CN", "HK", "TW"), "hi": ("IN",), "ru": ("RU",), "ar": ("EG", "LB"),
    "el": ("GR",),
}  # fmt: skip
_OF_OTHERS = (_MILD, _MIDDLE, _MIDDLE, _STRONG)
_UNRATED = 0.05


def _cut(words: str) -> list[str]:
    return words.split("|")


_WHO = _cut(
    "a retired lighthouse keeper|a young translator|two brothers who do not speak|a night nurse|the last tailor of the town"
    "|a mapmaker in debt|a choir of strangers|a girl who counts trains|an honest forger|a widowed ferryman|the new teacher"
    "|a detective on leave|three sisters|a radio engineer|an exiled cook|a boy and his grandfather|the keeper of an archive"
    "|a failed magician|the crew of a dredger|a beekeeper under suspicion|a pianist without a piano|an inspector of bridges"
)
_WHAT = _cut(
    "finds a letter that was never meant to arrive|has one night to put things right|hears a voice on a dead line"
    "|inherits a house that nobody will enter|is asked to lie for a friend|loses everything but a key"
    "|sets out to find whoever painted over the mural|takes a job that does not exist|must choose between two cities"
    "|wakes the river|gives shelter to a stranger|learns why the bells fell silent|wagers the harvest on a song"
    "|follows a map drawn from memory|promises to keep the lamps burning|is mistaken for somebody important"
)
_THEN = _cut(
    "Nothing is as it was before.|By spring the whole town knows.|What begins as a favour becomes a feud."
    "|The sea keeps what it is told.|Nobody asked for the truth, and it comes all the same.|There is a price, and it is fair."
    "|Those who stay have their reasons.|It takes a winter to find out.|Some doors open inwards.|The rest is weather."
)


@dataclass(frozen=True)
class Facts:
    """What one title is, without its people."""

    name: str
    original_name: str
    language: str
    year: int
    countries: list[str]
    spoken: list[str]
    rating: str
    ratings: dict[str, str]
    minimum_age: int | None
    genres: list[str]
    synopsis: str
    seasons: list[int]
    """Episodes of each season; none for a movie."""


def facts(dice: random.Random, tongue: Tongue, english: Tongue, *, this_year: int, kind: str) -> Facts:
    """One title. `kind` is movie, series, or long: a series whose one season has a hundred episodes."""
    own = tongue.film(dice)
    name, original = own, ""
    # Most of what has another script, and half of the rest, is known here by an English name.
    if tongue is not english and dice.random() < (0.85 if tongue.is_other_script else 0.5):
        name, original = english.film(dice), own
    genres = genres_of(dice)
    rating = rating_of(dice, genres[0])
    return Facts(
        name=name[:200],
        original_name=original[:200],
        language=tongue.code,
        year=max(1899, this_year - int(dice.expovariate(1 / 15))),
        countries=countries_of(dice, tongue),
        spoken=[tongue.code, "en"] if tongue is not english and dice.random() < 0.1 else [tongue.code],
        rating=rating,
        ratings=dict([read]) if (read := maturity.read_rating(rating)) else {},
        minimum_age=maturity.minimum_age(rating),
        genres=genres,
        synopsis=synopsis(dice, tongue),
        seasons=[] if kind == "movie" else seasons_of(dice, long=kind == "long"),
    )


def genres_of(dice: random.Random) -> list[str]:
    """One to three genres, the first the main one."""
    (first,) = dice.choices(_FIRSTS, _WEIGHTS)
    companions = GENRES[first][1]
    return [first, *dice.sample(companions, min(len(companions), dice.choice((0, 1, 1, 1, 2, 2))))]


def rating_of(dice: random.Random, genre: str) -> str:
    """A rating of some system; empty for one in twenty."""
    if dice.random() < _UNRATED:
        return ""
    return dice.choice(dice.choice(_RATINGS.get(genre, _OF_OTHERS)))


def countries_of(dice: random.Random, tongue: Tongue) -> list[str]:
    """Where it was made: the language's country, in one of six with another one."""
    countries = [dice.choice(_COUNTRIES[tongue.code])]
    if dice.random() < 1 / 6:
        other = dice.choice(_COUNTRIES[dice.choice(list(_COUNTRIES))])
        countries += [other] if other not in countries else []
    return countries


def seasons_of(dice: random.Random, *, long: bool) -> list[int]:
    """Most series have one season of six to thirteen episodes; some go on, and some come daily."""
    if long:
        return [100]
    chance = dice.random()
    if chance < 0.02:
        return [dice.choice((24, 26, 40, 52))]
    usual = dice.choice((6, 6, 8, 8, 10, 10, 12, 13))
    seasons = 1
    while seasons < 9 and dice.random() < 0.35:
        seasons += 1
    return [max(3, usual + dice.randint(-1, 1)) for _ in range(seasons)]


def synopsis(dice: random.Random, tongue: Tongue) -> str:
    """Two or three sentences."""
    who, what = dice.choice(_WHO), dice.choice(_WHAT)
    lines = [f"In {tongue.place(dice)}, {who} {what}.", dice.choice(_THEN)]
    if dice.random() < 0.5:
        other = dice.choice(tongue.latin_givens)
        lines.insert(1, f"{other}, {dice.choice(_WHO)}, knows more than is good for anybody.")
    return " ".join(lines)


def episode_name(dice: random.Random, english: Tongue, number: int) -> str:
    """What an episode is called; every fourth has no name of its own."""
    return f"Part {number}" if dice.random() < 0.25 else english.film(dice)[:200]
