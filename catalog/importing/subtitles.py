"""What the end of a subtitle file's name says: its language as a BCP 47 tag, and whom it is for."""

import re
from dataclasses import dataclass

from babelfish import Error as UnknownLanguage
from babelfish import Language

from catalog.importing.wording import tidy
from transcoding.engine.languages import tag_of

# What people write that no table of languages has.
_SPOKEN = {
    "br": "pt-BR",
    "brazilian": "pt-BR",
    "brazilian portuguese": "pt-BR",
    "ptbr": "pt-BR",
    "pob": "pt-BR",
    "castellano": "es-ES",
    "castilian": "es-ES",
    "latino": "es-419",
    "latin american": "es-419",
    "latin american spanish": "es-419",
    "chs": "zh-Hans",
    "sc": "zh-Hans",
    "gb": "zh-Hans",
    "simplified": "zh-Hans",
    "simplified chinese": "zh-Hans",
    "cht": "zh-Hant",
    "tc": "zh-Hant",
    "big5": "zh-Hant",
    "traditional": "zh-Hant",
    "traditional chinese": "zh-Hant",
    "zht": "zh-Hant",
    "zhs": "zh-Hans",
    "jp": "ja",
    "kr": "ko",
    "gr": "el",
    "cz": "cs",
    "se": "sv",
    "dk": "da",
    "ua": "uk",
    "farsi": "fa",
    "persian": "fa",
    "greek": "el",
    "flemish": "nl-BE",
    "deutsch": "de",
    "français": "fr",
    "francais": "fr",
    "español": "es",
    "espanol": "es",
    "italiano": "it",
    "português": "pt",
    "portugues": "pt",
    "nederlands": "nl",
    "polski": "pl",
    "русский": "ru",
    "日本語": "ja",
    "中文": "zh",
    "한국어": "ko",
    "العربية": "ar",
}
_FORCED = frozenset({"forced", "foreign"})
_IMPAIRED = frozenset({"sdh", "cc", "hoh", "captions"})
_SAID_OTHERWISE = frozenset({"default", "full", "subs", "sub", "subtitles", "subtitle"})
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", re.IGNORECASE)
_MOST_LABEL = 120


@dataclass(frozen=True, slots=True)
class SubtitleMarks:
    """`language` is a BCP 47 tag or empty; `label` what else the name says; `is_certain` that no word was unknown."""

    language: str = ""
    label: str = ""
    is_forced: bool = False
    is_hearing_impaired: bool = False
    is_certain: bool = True


def language_of(word: str) -> str:
    """The BCP 47 tag of a code or of a language's name, in English or its own; empty if it is none."""
    plain = " ".join(word.replace("_", "-").casefold().split())
    if plain in _SPOKEN:
        return _SPOKEN[plain]
    if _TAG.fullmatch(plain):
        return _coded(plain)
    try:
        return tag_of(str(Language.fromname(plain.replace("-", " ").title())))
    except (UnknownLanguage, ValueError):
        return ""


def _coded(tag: str) -> str:
    code, _, rest = tag.partition("-")
    try:
        known = Language(code) if len(code) == 3 else Language.fromalpha2(code)
    except (UnknownLanguage, ValueError):
        try:
            known = Language.fromalpha3b(code)
        except (UnknownLanguage, ValueError):
            return ""
    plain = tag_of(str(known))
    return tag_of(f"{plain}-{rest}") if plain and rest else plain


def read_marks(words: str) -> SubtitleMarks:
    """Reads what stands behind the film's name: "en.forced", "pt-BR", "2_English", "English (SDH)", "Commentary.en"."""
    whole = language_of(words.replace(".", " "))
    if whole:
        return SubtitleMarks(whole)
    language = ""
    label: list[str] = []
    forced = impaired = False
    for word in _words(words):
        plain = word.casefold().strip("-_ ")
        if plain in _FORCED:
            forced = True
        elif plain in _IMPAIRED or (plain == "hi" and language):
            impaired = True
        elif plain in _SAID_OTHERWISE or plain.isdecimal() or not plain:
            continue
        elif not language and (found := language_of(plain)):
            language = found
        else:
            label.append(word.strip("-_ "))
    return SubtitleMarks(language, tidy(" ".join(label), _MOST_LABEL), forced, impaired, not label)


def _words(text: str) -> list[str]:
    """Parts between full stops and brackets; a part that is no language as a whole is taken apart further."""
    words: list[str] = []
    for part in re.split(r"[.()\[\]+,]+", text):
        plain = re.sub(r"^\d+[ _-]+", "", part.strip(" _-"))
        if not plain or language_of(plain):
            words.append(plain)
        else:
            words += re.split(r"[ _]+|(?<=[A-Za-z]{4})-|-(?=[A-Za-z]{3,})", plain)
    return words
