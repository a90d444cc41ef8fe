"""Text as search compares it: folded, taken apart into words, and with the keys under which slips find them.

Folded text has no case, no marks, no punctuation: compatibility forms are taken apart (NFKD), marks that only colour a
letter are dropped, letters that people without that keyboard write otherwise are replaced. Hangul becomes its single
letters, so that half a syllable begins the whole one.
"""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

MAX_WORD = 40

_PLAIN = re.compile(r"[^a-z0-9]+")
# What NFKD leaves whole, as people write it without that key.
_WRITTEN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ə": "e",
        # Arabic and Persian: forms of one letter, and the stroke that only stretches a word.
        "ة": "ه",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ـ": None,
    }
)
# Scripts that put no space between words: kana and Han, Thai, Lao, Burmese, Khmer.
_HEAD = 5
_JAMO = re.compile("[\u1100-\u11ff]")
_UNSPACED = re.compile(
    "[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\U00020000-\U0003ffff]+"
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """`text` for comparing: without case, accents, punctuation; words separated by one space."""
    if text.isascii():
        return _PLAIN.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_WRITTEN)
    return " ".join("".join(map(_kept, unicodedata.normalize("NFKD", plain))).split())


@lru_cache(maxsize=4096)
def _kept(letter: str) -> str:
    """The letter, nothing for a mark that colours the one before it, a space for all else."""
    if letter.isalnum():
        return letter
    if unicodedata.combining(letter):
        return ""
    # Vowel signs of Indic scripts and joiners are parts of words; so are letters' invisible neighbours.
    category = unicodedata.category(letter)
    if category in ("Mn", "Mc", "Me"):
        return letter
    return "" if category == "Cf" else " "


def is_unspaced(word: str) -> bool:
    """Whether some of a folded word is in a script that puts no space between words."""
    return not word.isascii() and _UNSPACED.search(word) is not None


def pairs(word: str) -> list[str]:
    """The letters of an unspaced word two by two, with the last one alone; other letters of it as words."""
    found: list[str] = []
    end = 0
    for run in _UNSPACED.finditer(word):
        if end < run.start():
            found.append(word[end : run.start()])
        letters = run.group()
        found += [letters[place : place + 2] for place in range(len(letters))]
        end = run.end()
    if end < len(word):
        found.append(word[end:])
    return found


def deletions(word: str) -> set[str]:
    """The word without each of its letters in turn."""
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def composed(text: str) -> str:
    """Folded text with the syllables of Hangul whole; anything else as it is."""
    return unicodedata.normalize("NFC", text) if _JAMO.search(text) else text


def forms(word: str) -> tuple[str, ...]:
    """The word in single letters and, where it is Hangul, in syllables too."""
    whole = composed(word)
    return (word,) if whole == word else (word, whole)


def slips(word: str) -> set[str]:
    """The keys of a word: it and what is left of it without a letter; with "^" the same of its first five letters.

    Two words of which one has a wrong, missing or superfluous letter, or two letters in the other's order, have a key
    of the first kind in common with each other's (W. Garbe's symmetric deletions). Those of the second kind find a word
    of which the beginning is typed so far.
    """
    keys = set[str]()
    for form in forms(word):
        keys |= {form, *deletions(form)}
        if len(form) > _HEAD:
            head = form[:_HEAD]
            keys |= {f"^{key}" for key in (head, *deletions(head))}
    return keys


def asked_slips(word: str) -> set[str]:
    """The keys under which words are found that `word` may have been meant for."""
    keys = set[str]()
    for form in forms(word):
        keys |= {form, *deletions(form)}
        if len(form) >= _HEAD:
            heads = {form[: _HEAD - 1], form[:_HEAD], *deletions(form[:_HEAD]), *deletions(form[: _HEAD + 1])}
            keys |= {f"^{key}" for key in heads}
    return keys


def slip_distance(one: str, other: str, most: int) -> int:
    """How many letters differ, are missing, superfluous or in another order; more than `most` where it is more.

    In Hangul a letter is a syllable or a part of one, whichever is nearer.
    """
    found = OSA.distance(one, other, score_cutoff=most)
    if found > most and _JAMO.search(one):
        return OSA.distance(composed(one), composed(other), score_cutoff=most)
    return found
