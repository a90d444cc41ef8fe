"""What people write about titles, checked: trimmed, of bearable length, without control characters."""

import re
import unicodedata

from catalog.errors import CatalogError, CatalogErrorCode

# BCP 47 as far as a library needs it: language, then script, region or variants.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")


def _plain(text: str, field: str, keep: str = "") -> str:
    # Control characters, lone surrogates and code points that mean nothing cannot be shown, and some
    # databases refuse them.
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Cn") and sign not in keep for sign in text):
        raise CatalogError(
            CatalogErrorCode.INVALID, "This has characters in it that cannot be shown.", field=field
        )
    return unicodedata.normalize("NFC", text)


def line(text: str, *, field: str, what: str, most: int, required: bool = True) -> str:
    """One line of at most `most` characters. Raises CatalogError REQUIRED or INVALID."""
    plain = " ".join(_plain(text, field, "\n\t\r").split())
    if required and not plain:
        raise CatalogError(CatalogErrorCode.REQUIRED, f"Give {what}.", field=field)
    if len(plain) > most:
        raise CatalogError(CatalogErrorCode.INVALID, f"This may have at most {most} characters.", field=field)
    return plain


def prose(text: str, *, field: str, most: int = 5000) -> str:
    """Paragraphs of at most `most` characters in all. Raises CatalogError INVALID."""
    plain = _plain(text.replace("\r\n", "\n"), field, "\n\t").strip()
    if len(plain) > most:
        raise CatalogError(CatalogErrorCode.INVALID, f"This may have at most {most} characters.", field=field)
    return plain


def language(tag: str, *, field: str) -> str:
    """A BCP 47 tag in lower case with its region in capitals ("pt-BR"), or empty. Raises CatalogError INVALID."""
    plain = tag.strip()
    if plain and (len(plain) > 35 or not _LANGUAGE.match(plain)):
        message = "Give the language as a tag such as en, de or pt-BR."
        raise CatalogError(CatalogErrorCode.INVALID, message, field=field)
    first, *rest = plain.split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def year(value: int | None, *, field: str = "year") -> int | None:
    """A year in which there were films, or None. Raises CatalogError INVALID."""
    if value is not None and not 1870 <= value <= 2200:
        raise CatalogError(CatalogErrorCode.INVALID, "Give the year of release, such as 1977.", field=field)
    return value


def ordinal(value: int, *, field: str, what: str) -> int:
    """A season's or episode's number, 0 to 9999. Raises CatalogError INVALID."""
    if not 0 <= value <= 9999:
        message = f"Give the {what}'s number, from 0 for specials to 9999."
        raise CatalogError(CatalogErrorCode.INVALID, message, field=field)
    return value
