"""What of the benchmark of search runs in processes of its own.

``prepare PEOPLE NAMES`` prints as JSON a token for each of so many new people, and names of titles that they may see.
The other two read that. ``type PORT SECONDS PAUSE`` types names, letter by letter, as each person at once, and prints how
long each answer took, in seconds, and how many were none. ``slips PORT`` prints by kind of slip how many of how many are
found first.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import threading
import time
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

_SHORTEST_NAME = 4
_SLIPPED = 0.2
KINDS = ("a letter wrong", "a letter missing", "a letter too many", "two letters in the other's place")


def prepare(people: int, names: int) -> None:
    import django

    django.setup()
    from django.utils import timezone

    from catalog.models import Title
    from tests.people import make_person, make_user

    tokens = [
        make_person(make_user(f"search-{number}-{time.time_ns()}@example.org"), "Person").token
        for number in range(people)
    ]
    now = timezone.now()
    seen = Title.objects.filter(published_at__isnull=False, available_from__lte=now, available_until=None)
    pool = seen.filter(minimum_age__lte=16).order_by("id").values_list("name", flat=True)
    dice = random.Random(7)
    chosen = dice.sample([name for name in pool if len(name) >= _SHORTEST_NAME], names)
    print(json.dumps({"tokens": tokens, "names": chosen}))


class _Person:
    """One who searches, on a connection of their own."""

    def __init__(self, port: int, token: str, document: str) -> None:
        self._held = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        self._document = document

    def search(self, text: str) -> bytes | None:
        """The body of the answer; None where there was none or an error."""
        body = json.dumps({"query": self._document, "variables": {"text": text}})
        try:
            self._held.request("POST", "/graphql/", body, self._headers)
            answer = self._held.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self._held.close()
            return None
        good = answer.status == 200 and b'"errors"' not in content and b'"totalCount"' in content
        return content if good else None


def type_names(port: int, seconds: float, pause: float, given: dict[str, Any]) -> None:
    from tests.documents import operations

    document = operations()["Search"]
    took: list[float] = []
    failed = 0
    end = time.monotonic() + seconds
    letters = letters_of(given["names"])

    def one(number: int, token: str) -> None:
        nonlocal failed
        dice = random.Random(time.time_ns() + number)
        person = _Person(port, token, document)
        time.sleep(pause * dice.random())
        while time.monotonic() < end:
            name = dice.choice(given["names"])
            if dice.random() < _SLIPPED:
                name = with_a_slip(dice, name, dice.choice(KINDS), letters)
            for length in range(1, len(name) + 1):
                began = time.monotonic()
                if began >= end:
                    break
                good = person.search(name[:length])
                lasted = time.monotonic() - began
                took.append(lasted)
                failed += good is None
                time.sleep(max(0.0, pause - lasted))

    threads = [threading.Thread(target=one, args=each) for each in enumerate(given["tokens"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"took": took, "failed": failed}))


def slips(port: int, given: dict[str, Any]) -> None:
    import django

    django.setup()
    from catalog.models import Title
    from catalog.search import fold
    from tests.documents import operations

    dice = random.Random(11)
    letters = letters_of(given["names"])
    person = _Person(port, given["tokens"][0], operations()["Search"])
    found: dict[str, list[int]] = {kind: [0, 0] for kind in KINDS}
    for number, name in enumerate(given["names"]):
        kind = KINDS[number % len(KINDS)]
        text = with_a_slip(dice, name, kind, letters)
        answer = person.search(text)
        assert answer is not None, text
        edges = json.loads(answer)["data"]["search"]["edges"]
        first = Title.objects.filter(slug__in=[edge["node"]["slug"] for edge in edges[:1]])
        is_first = any(fold(name) in (fold(title.name), fold(title.original_name)) for title in first)
        found[kind][0] += is_first
        found[kind][1] += 1
        if not is_first:
            print(f"not found first: {name!r} by {text!r}", file=sys.stderr)
    print(json.dumps(found))


def letters_of(names: Sequence[str]) -> dict[str, list[str]]:
    """The letters of these names by script."""
    scripts: dict[str, set[str]] = defaultdict(set)
    for letter in set("".join(names).lower()):
        if letter.isalpha():
            scripts[_script(letter)].add(letter)
    return {script: sorted(some) for script, some in scripts.items()}


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ")[0]


def with_a_slip(dice: random.Random, name: str, kind: str, letters: dict[str, list[str]]) -> str:
    """The name with one slip at one of its letters, by another letter of that one's script."""
    places = [place for place, letter in enumerate(name) if letter.isalpha()]
    swaps = [
        place for place in places if place + 1 < len(name) and name[place].lower() != name[place + 1].lower()
    ]
    place = dice.choice(swaps if kind == KINDS[3] and swaps else places)
    before, letter, after = name[:place], name[place], name[place + 1 :]
    other = dice.choice([one for one in letters[_script(letter.lower())] if one != letter.lower()])
    if kind == KINDS[0]:
        return before + other + after
    if kind == KINDS[1]:
        return before + after
    if kind == KINDS[2]:
        return before + letter + other + after
    return before + after[:1] + letter + after[1:]


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(*map(int, sys.argv[2:4]))
    elif sys.argv[1] == "type":
        type_names(int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]), json.load(sys.stdin))
    else:
        slips(int(sys.argv[2]), json.load(sys.stdin))
