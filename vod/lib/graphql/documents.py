"""Documents, parsed: what is asked again and again is parsed and judged once by each process.

What a document is follows from its text alone, so that no process need tell another about it. How much is
kept has a bound, for texts come from anybody.
"""

import re
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock

from django.conf import settings
from graphql import DocumentNode, GraphQLError, parse

from vod.lib.graphql.limits import too_complex

# One match for each token of the specification (section 2.1.6), and no more than one look at any character: what
# is not closed goes on to its end, and is judged by the parser.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\"""|\\|"(?!""))*+(?:""")?'
    r'|"(?:[^"\\\r\n]|\\.)*+"?'
    r"|#[^\r\n]*+"
    r"|[_A-Za-z][_0-9A-Za-z]*+"
    r"|-?[0-9][0-9A-Za-z_.+-]*+"
    r"|\.\.\."
    r"|[!$&()|:=@\[\]{}]"
)
# A token comes to some three hundred bytes once it is parsed; texts stay with their documents.
_BYTES_OF_A_TOKEN = 300
KEPT_BYTES = 16 * 2**20


@dataclass
class Parsed:
    """A document, and under which rules it has been found to hold."""

    document: DocumentNode
    weight: int
    passed: set[Hashable] = field(default_factory=set)


class _Documents:
    """The documents asked for last, by their text."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[str, Parsed] = OrderedDict()
        self._weight = 0

    def find(self, text: str) -> Parsed | None:
        with self._lock:
            found = self._kept.get(text)
            if found:
                self._kept.move_to_end(text)
            return found

    def keep(self, text: str, parsed: Parsed) -> None:
        with self._lock:
            if text in self._kept:
                return
            self._kept[text] = parsed
            self._weight += parsed.weight
            while self._weight > KEPT_BYTES:
                self._weight -= self._kept.popitem(last=False)[1].weight

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()
            self._weight = 0


kept = _Documents()


def count_tokens(text: str, most: int) -> tuple[int, bool]:
    """How many tokens a document has, without comments, counted no further than `most`; and whether it has more.

    Takes a fiftieth of the time of parsing it.
    """
    count = 0
    for match in _TOKEN.finditer(text):
        if match[0][0] != "#":
            if count == most:
                return count, True
            count += 1
    return count, False


def read(text: str) -> Parsed:
    """A document of at most GRAPHQL_MAX_TOKENS tokens. Raises GraphQLError: ApiError TOO_COMPLEX for one of more."""
    most = settings.GRAPHQL_MAX_TOKENS
    tokens, more = count_tokens(text, most)
    if more:
        raise too_complex("tokens", most + 1, most, f"has more than {most} tokens")
    found = kept.find(text)
    if found is None:
        found = Parsed(_parse(text, most), len(text) + tokens * _BYTES_OF_A_TOKEN)
        kept.keep(text, found)
    return found


def _parse(text: str, most: int) -> DocumentNode:
    try:
        return parse(text, max_tokens=most)
    except GraphQLError as error:
        if "nested too deeply" in error.message:
            levels = settings.GRAPHQL_MAX_DEPTH
            raise too_complex("depth", levels + 1, levels, f"is far more than {levels} levels deep") from None
        raise
