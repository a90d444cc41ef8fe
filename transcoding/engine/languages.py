"""Languages of tracks: ISO 639 codes of containers to BCP 47 tags and English names."""

from __future__ import annotations

import re

# ISO 639-2 (both forms) to ISO 639-1, and the name to show.
_TABLE = """
ara ar Arabic|bul bg Bulgarian|cat ca Catalan|ces,cze cs Czech|cym,wel cy Welsh|dan da Danish|deu,ger de German
ell,gre el Greek|eng en English|est et Estonian|eus,baq eu Basque|fas,per fa Persian|fin fi Finnish
fra,fre fr French|gle ga Irish|glg gl Galician|heb he Hebrew|hin hi Hindi|hrv hr Croatian|hun hu Hungarian
ind id Indonesian|isl,ice is Icelandic|ita it Italian|jpn ja Japanese|kor ko Korean|lav lv Latvian
lit lt Lithuanian|msa,may ms Malay|nld,dut nl Dutch|nor no Norwegian|nob nb Norwegian Bokmål|pol pl Polish
por pt Portuguese|ron,rum ro Romanian|rus ru Russian|slk,slo sk Slovak|slv sl Slovenian|spa es Spanish
srp sr Serbian|swe sv Swedish|tam ta Tamil|tel te Telugu|tha th Thai|tur tr Turkish|ukr uk Ukrainian
urd ur Urdu|vie vi Vietnamese|zho,chi zh Chinese
"""
_SHORT: dict[str, str] = {}
_NAMES: dict[str, str] = {}
for _entry in _TABLE.replace("\n", "|").split("|"):
    if _entry:
        _long, _two, _name = _entry.split(" ", 2)
        _SHORT.update(dict.fromkeys(_long.split(","), _two))
        _NAMES[_two] = _name

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}", re.IGNORECASE)
# Codes that say that nothing is known, or that there is no language.
_UNKNOWN = frozenset({"und", "mis", "mul", "zxx", "unk", "root"})


def tag_of(code: str) -> str:
    """The BCP 47 tag of a container's language code; empty if it is none."""
    if not _TAG.fullmatch(code):
        return ""
    language, _, rest = code.partition("-")
    language = language.lower()
    if language in _UNKNOWN:
        return ""
    language = _SHORT.get(language, language)
    return "-".join([language, *map(_subtag, rest.split("-"))]) if rest else language


def _subtag(subtag: str) -> str:
    """A script is written Hans, a country US (RFC 5646, 2.1.1)."""
    if not subtag.isalpha() or len(subtag) not in (2, 4):
        return subtag.lower()
    return subtag.upper() if len(subtag) == 2 else subtag.title()


def label_of(tag: str) -> str:
    """The English name of a tag's language; the tag itself where the table lacks it, empty for no tag."""
    return _NAMES.get(tag.partition("-")[0], tag)
