"""Ratings of several systems on one scale: the least age in years that a rating means.

Where a system names no age, the one that its board gives as guidance. The table with its sources is docs/ratings.md,
which a test holds to this one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings

from catalog.errors import CatalogError, CatalogErrorCode


@dataclass(frozen=True)
class System:
    """A board's ratings: by label the least age in years, the mildest first.

    Where labels would say nothing by themselves ("12"), they are shown with the `prefix` before them.
    """

    name: str
    countries: str
    ages: Mapping[str, int]
    prefix: str = ""

    def shown(self, label: str) -> str:
        return f"{self.prefix} {label}" if self.prefix else label


def _ages(*years: int) -> dict[str, int]:
    return {str(year): year for year in years}


# By key, in the order in which a bare label is looked for where RATING_SYSTEMS says nothing.
SYSTEMS: dict[str, System] = {
    "BBFC": System(
        "British Board of Film Classification",
        "GB",
        {"U": 0, "UC": 0, "PG": 8, "12A": 12, "12": 12, "15": 15, "18": 18, "R18": 18},
    ),
    "MPA": System("Motion Picture Association", "US", {"G": 0, "PG": 8, "PG-13": 13, "R": 17, "NC-17": 18}),
    "TV": System(
        "TV Parental Guidelines",
        "US",
        {
            "TV-Y": 0,
            "TV-G": 0,
            "TV-Y7": 7,
            "TV-Y7-FV": 7,
            "TV-PG": 10,
            "TV-14": 14,
            "TV-MA": 17,
        },
    ),
    "FSK": System(
        "Freiwillige Selbstkontrolle der Filmwirtschaft", "DE", _ages(0, 6, 12, 16, 18), prefix="FSK"
    ),
    "KIJKWIJZER": System("Kijkwijzer", "NL BE", {"AL": 0, **_ages(6, 9, 12, 14, 16, 18)}, prefix="NICAM"),
    "CNC": System(
        "Centre national du cinéma et de l'image animée",
        "FR",
        {"TP": 0, **_ages(10, 12, 16, 18)},
        prefix="CNC",
    ),
    "PEGI": System("Pan-European Game Information", "EU", {"3": 0, **_ages(7, 12, 16, 18)}, prefix="PEGI"),
    "IFCO": System(
        "Irish Film Classification Office",
        "IE",
        {"G": 0, "PG": 8, "12A": 12, "15A": 15, "16": 16, "18": 18},
    ),
    "ICAA": System(
        "Instituto de la Cinematografía y de las Artes Audiovisuales",
        "ES",
        {"APTA": 0, **_ages(7, 12, 16, 18)},
        prefix="ICAA",
    ),
    "MIC": System("Ministero della Cultura", "IT", {"T": 0, "6+": 6, "14+": 14, "18+": 18}, prefix="MIC"),
    "SMR": System("Statens medieråd", "SE", {"BTL": 0, **_ages(7, 11, 15)}, prefix="SE"),
    "ACB": System(
        "Australian Classification",
        "AU",
        {"G": 0, "PG": 8, "M": 15, "MA15+": 15, "R18+": 18, "X18+": 18},
    ),
    "CHVRS": System(
        "Canadian Home Video Rating System", "CA", {"G": 0, "PG": 8, "14A": 14, "18A": 18, "R": 18}
    ),
    "CLASSIND": System(
        "Classificação Indicativa", "BR", {"L": 0, **_ages(6, 10, 12, 14, 16, 18)}, prefix="BR"
    ),
    "EIRIN": System("Eirin", "JP", {"G": 0, "PG12": 12, "R15+": 15, "R18+": 18}),
    "CBFC": System(
        "Central Board of Film Certification",
        "IN",
        {"U": 0, "UA": 12, "UA 7+": 7, "UA 13+": 13, "UA 16+": 16, "A": 18},
    ),
    # No board's: an age that says what it means.
    "AGE": System("Age", "", {f"{age}": age for age in (0, 6, 7, 9, 10, 13, 14, 16, 17)}),
}
KNOWN_RATINGS = tuple(system.shown(label) for system in SYSTEMS.values() for label in system.ages)


def order() -> list[str]:
    """Keys of the systems, those that count here first."""
    chosen = [key.strip().upper() for key in settings.RATING_SYSTEMS]
    return list(dict.fromkeys([*(key for key in chosen if key in SYSTEMS), *SYSTEMS]))


def read_rating(rating: str) -> tuple[str, str] | None:
    """System and label that a rating names: ("FSK", "12") for "fsk12", "FSK-12" and "FSK 12".

    A bare label is of the first system of `order` that has it. None for an empty one. Raises CatalogError INVALID for
    a rating of no system known here.
    """
    plain = " ".join(rating.upper().split())
    if not plain:
        return None
    for key, label in _readings(plain):
        return key, label
    message = (
        f"“{rating[:20]}” is no rating that Lantern knows. Use one such as U, PG, 12A, 15, 18, TV-MA, FSK 12."
    )
    raise CatalogError(CatalogErrorCode.INVALID, message, field="maturityRating")


def _readings(plain: str) -> Iterator[tuple[str, str]]:
    keys = order()
    for key in keys:
        if not SYSTEMS[key].prefix and plain in SYSTEMS[key].ages:
            yield key, plain
    for key in keys:
        for prefix in filter(None, (SYSTEMS[key].prefix, key)):
            label = plain.removeprefix(prefix).lstrip(" -:")
            if plain.startswith(prefix) and label in SYSTEMS[key].ages:
                yield key, label
    for key in keys:
        # Letters say by themselves whose they are: AL, TP, APTA.
        if plain in SYSTEMS[key].ages and plain.isalpha() and len(plain) > 1:
            yield key, plain


def normal_rating(rating: str) -> str:
    """The rating as it is stored and shown: "12A", "FSK 12". Raises CatalogError INVALID."""
    read = read_rating(rating)
    return SYSTEMS[read[0]].shown(read[1]) if read else ""


def minimum_age(rating: str) -> int | None:
    """The least age in years that `rating` means; None for an empty one. Raises CatalogError INVALID."""
    read = read_rating(rating)
    return SYSTEMS[read[0]].ages[read[1]] if read else None


def checked_rating(key: str, label: str) -> tuple[str, str]:
    """A rating of a system by its key, as it is stored. Raises CatalogError INVALID."""
    system = SYSTEMS.get(key.strip().upper())
    if system is None:
        message = f"“{key[:20]}” is no system that Lantern knows. Use one of {', '.join(SYSTEMS)}."
        raise CatalogError(CatalogErrorCode.INVALID, message, field="ratings")
    plain = " ".join(label.upper().split())
    if system.prefix and plain.startswith(system.prefix):
        plain = plain.removeprefix(system.prefix).lstrip(" -")
    if plain not in system.ages:
        message = f"{system.name} has no rating “{label[:20]}”. Use one of {', '.join(system.ages)}."
        raise CatalogError(CatalogErrorCode.INVALID, message, field="ratings")
    return key.strip().upper(), plain


def counting(ratings: Mapping[str, str]) -> str | None:
    """The key of the system whose rating counts here: the first of RATING_SYSTEMS, else the strictest's."""
    for key in settings.RATING_SYSTEMS:
        if key.strip().upper() in ratings:
            return key.strip().upper()
    known = {key: SYSTEMS[key].ages.get(label, 0) for key, label in ratings.items() if key in SYSTEMS}
    return max(known, key=lambda key: (known[key], -list(SYSTEMS).index(key)), default=None)
