"""Ratings of several systems on one scale: the least age in years that a rating means."""

from catalog.errors import CatalogError, CatalogErrorCode

# BBFC, MPA, TV Parental Guidelines, FSK, PEGI-like ages, Kijkwijzer. Where a system names no age, the one
# that its board gives as guidance. Sources: bbfc.co.uk, filmratings.com, tvguidelines.org, fsk.de.
_AGES = {
    "U": 0,
    "UC": 0,
    "PG": 8,
    "12": 12,
    "12A": 12,
    "15": 15,
    "18": 18,
    "R18": 18,
    "G": 0,
    "PG-13": 13,
    "R": 17,
    "NC-17": 18,
    "TV-Y": 0,
    "TV-Y7": 7,
    "TV-G": 0,
    "TV-PG": 10,
    "TV-14": 14,
    "TV-MA": 17,
    "FSK 0": 0,
    "FSK 6": 6,
    "FSK 12": 12,
    "FSK 16": 16,
    "FSK 18": 18,
    "AL": 0,
    "0": 0,
    "6": 6,
    "7": 7,
    "9": 9,
    "10": 10,
    "13": 13,
    "14": 14,
    "16": 16,
    "17": 17,
}
KNOWN_RATINGS = tuple(_AGES)


def normal_rating(rating: str) -> str:
    """The rating as it is stored: capitals, single spaces, "FSK 12" for "fsk12" and "FSK-12"."""
    plain = " ".join(rating.upper().split())
    if plain.startswith("FSK"):
        plain = "FSK " + plain[3:].lstrip(" -")
    return plain


def minimum_age(rating: str) -> int | None:
    """The least age in years that `rating` means; None for an empty rating.

    Raises CatalogError INVALID for a rating of no system known here.
    """
    plain = normal_rating(rating)
    if not plain:
        return None
    if plain not in _AGES:
        message = f"“{rating[:20]}” is no rating that Lantern knows. Use one such as U, PG, 12A, 15, 18, TV-MA, FSK 12."
        raise CatalogError(CatalogErrorCode.INVALID, message, field="maturityRating")
    return _AGES[plain]
