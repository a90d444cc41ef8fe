"""What people write about titles, checked: trimmed, of bearable length, without control characters."""

import unicodedata
from collections.abc import Iterable

from catalog.countries import CODES
from catalog.errors import CatalogError, CatalogErrorCode
from catalog.translation import normal_tag

#: Countries or languages of a title, at most.
MOST = 30


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
    """A BCP 47 tag as it is stored ("pt-BR", "zh-Hant"), or empty. Raises CatalogError INVALID."""
    plain = normal_tag(tag) if tag.strip() else ""
    if plain is None:
        message = "Give the language as a tag such as en, de or pt-BR."
        raise CatalogError(CatalogErrorCode.INVALID, message, field=field)
    return plain


def languages(tags: Iterable[str], *, field: str) -> list[str]:
    """BCP 47 tags in their order, each once. Raises CatalogError INVALID."""
    return _several((language(tag, field=field) for tag in tags), field, "languages")


def country(code: str, *, field: str) -> str:
    """An ISO 3166-1 code of two letters, in capitals, or empty. Raises CatalogError INVALID."""
    plain = code.strip().upper()
    if plain and plain not in CODES:
        message = f"“{code[:20]}” is no country. Give its two letters (ISO 3166-1), such as GB, DE or BR."
        raise CatalogError(CatalogErrorCode.INVALID, message, field=field)
    return plain


def countries(codes: Iterable[str], *, field: str) -> list[str]:
    """ISO 3166-1 codes in their order, each once. Raises CatalogError INVALID."""
    return _several((country(code, field=field) for code in codes), field, "countries")


def _several(values: Iterable[str], field: str, what: str) -> list[str]:
    found = list(dict.fromkeys(filter(None, values)))
    if len(found) > MOST:
        raise CatalogError(CatalogErrorCode.INVALID, f"A title may have {MOST} {what}.", field=field)
    return found


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
