"""Words of names and synopses."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

#: Characters of a text that are read: a synopsis has some hundreds.
MOST_CHARACTERS = 4000
_WORD = re.compile(r"[^\W\d_]+")
# Scripts written without spaces between words; pairs of their letters serve as words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,}")
_LEAST_LETTERS = 4
# What binds sentences together in the languages most synopses are written in, of four letters and more, without accents. The rest is
# left out by being everywhere.
_BINDING_WORDS = """
    about after again against along also among another because been before begins being between both
    cannot could does doing down during each ever every film from have having here himself herself into
    itself just like made make makes many more most much must never only other others over same series
    should since some soon still story such take takes than that their them themselves then there these
    they thing things this those through together under until very were what when where which while
    whose will with within without would your aber alle auch denn dann dass deren dessen diese dieser
    dieses doch durch einem einen einer eines gegen haben ihre ihren ihrer jeder kann mehr muss nach
    nicht noch oder ohne seine seinem seinen seiner sich sind ueber unter wenn werden wird zwischen
    alors aussi avec cette comme dans deux elle elles entre leur leurs mais meme nous parce plus pour
    quand sans sont tous tout toute vers vous como cuando desde donde ellos esta este esto hasta para
    pero porque sobre todo todos alla anche come dalla degli della delle deve loro nella quando quella
    quello sono sulla tutti
"""
_BINDING = frozenset(_BINDING_WORDS.split())


def words_of(text: str) -> Iterator[str]:
    """The words that may say what a text is about, small and without accents, as often as they occur."""
    folded = unicodedata.normalize("NFKD", text[:MOST_CHARACTERS].casefold())
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    plain = unicodedata.normalize("NFC", bare)
    for run in _UNSPACED.findall(plain):
        for place in range(len(run) - 1):
            yield run[place : place + 2]
    for word in _WORD.findall(_UNSPACED.sub(" ", plain)):
        if len(word) >= _LEAST_LETTERS and word not in _BINDING:
            yield word[:40]


def weights_of(texts: Iterable[str]) -> list[tuple[str, float]]:
    """Each word of the texts with 1 + log(how often it occurs), in the order in which they first occur."""
    counted = Counter(word for text in texts for word in words_of(text))
    return [(word, 1.0 + math.log(times)) for word, times in counted.items()]
