"""In which language a name is said: the profile's, else a wider one, else the library's, else the original.

The chain of a profile that speaks pt-BR: what is called so in pt-BR, then in pt (RFC 4647, section 3.4), then in
another region's Portuguese. A link of the chain is also met by the row's own words where they are in that language:
the library's own (`CATALOGUE_LANGUAGE`), and a title's original name in its original language. What nobody has
translated is said in the library's own words.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings

LONGEST_TAG = 35
# BCP 47 as far as a library needs it: language, then script, region or variants.
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")


def normal_tag(tag: str) -> str | None:
    """A BCP 47 tag as it is stored (RFC 5646, section 2.1.1): "pt-BR", "zh-Hant"; None for what is none."""
    plain = tag.strip().replace("_", "-")
    if len(plain) > LONGEST_TAG or not _TAG.match(plain):
        return None
    first, *rest = plain.split("-")
    return "-".join([first.lower(), *map(_normal_part, rest)])


def _normal_part(part: str) -> str:
    if len(part) == 2:
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()


@lru_cache(maxsize=1024)
def chain(language: str) -> tuple[str, ...]:
    """The tag and all that it is a part of, the narrowest first: ("zh-Hant-TW", "zh-Hant", "zh")."""
    tag = normal_tag(language)
    if tag is None:
        return ()
    parts = tag.split("-")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


def said(
    own: str,
    others: Mapping[str, str],
    language: str,
    *,
    original: str = "",
    original_language: str = "",
) -> str:
    """What something is called for who speaks `language` (a BCP 47 tag, or empty).

    `own` is in the library's language, `others` are by tag, `original` is in `original_language`.
    """
    if others or original:
        wanted = chain(language)
        library = chain(settings.CATALOGUE_LANGUAGE)
        at_home = chain(original_language) if original else ()
        for tag in wanted:
            if others.get(tag):
                return others[tag]
            if own and tag in library:
                return own
            if tag in at_home:
                return original
        if wanted:
            near = sorted(tag for tag in others if others[tag] and tag.startswith(f"{wanted[-1]}-"))
            if near:
                return others[near[0]]
        for tag in library:
            if others.get(tag):
                return others[tag]
    return own or original or next(iter(others.values()), "")


def name_of(row: Any, language: str) -> str:
    """The name of a row with `name` and `names`; of a title, its original name counts too."""
    return said(
        row.name,
        row.names,
        language,
        original=getattr(row, "original_name", ""),
        original_language=getattr(row, "original_language", ""),
    )


def synopsis_of(row: Any, language: str) -> str:
    """The synopsis of a row with `synopsis` and `synopses`."""
    return said(row.synopsis, row.synopses, language)
