"""What of the benchmark of Home runs in processes of its own.

``prepare TITLES PEOPLE`` makes the tables and a library, and prints a token for each person. ``ask PORT SECONDS`` reads
tokens from its input, asks for Home with each of them at the same time over and over, and prints as JSON how long
each answer took, in seconds, and how many were none. ``statements TOKEN`` counts those of a cold answer.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from collections.abc import Sequence

_GENRES = 14


def prepare(titles: int, people: int) -> None:
    """A library of films, a fifth of them with a limit of age, and people with a list and films begun."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from catalog.models import Genre, Title, TitleKind, Video, VideoKind
    from playback.models import ListEntry, Progress
    from tests.people import make_person, make_user

    call_command("migrate", verbosity=0)
    now = timezone.now()
    genres = Genre.objects.bulk_create([Genre(slug=f"genre-{n}", name=f"Genre {n}") for n in range(_GENRES)])
    made = Title.objects.bulk_create(
        [
            Title(
                kind=TitleKind.MOVIE,
                slug=f"film-{number}",
                name=f"Film {number}",
                synopsis="Somebody arrives, and nothing is as it was before. " * 4,
                year=1950 + number % 75,
                minimum_age=18 if number % 5 == 0 else 6,
                maturity_rating="18" if number % 5 == 0 else "6",
                published_at=now,
                available_from=now,
                is_featured=number % 100 == 0,
            )
            for number in range(titles)
        ]
    )
    through = Title.genres.through
    through.objects.bulk_create(
        [
            through(title_id=title.pk, genre_id=genres[(number + step) % _GENRES].pk)
            for number, title in enumerate(made)
            for step in (0, 3)
        ]
    )
    videos = Video.objects.bulk_create(
        [Video(title=title, kind=VideoKind.FEATURE, name=title.name) for title in made]
    )
    for number in range(people):
        person = make_person(make_user(f"person-{number}@example.org"), "Person")
        ListEntry.objects.bulk_create(
            [ListEntry(profile=person.profile, title=title) for title in made[number * 3 : number * 3 + 5]]
        )
        Progress.objects.bulk_create(
            [
                Progress(profile=person.profile, video=video, position_seconds=60.0, updated_at=now)
                for video in videos[number * 3 + 1 : number * 3 + 6]
            ]
        )
        print(person.token)


def statements(token: str) -> None:
    """Prints how many statements the contract's Home costs where nothing at all is remembered."""
    import django

    django.setup()
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.documents import document

    body = {"query": document("Home")}
    settled = {
        "content_type": "application/json",
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        "HTTP_HOST": "localhost",
    }
    Client().post("/graphql/", body, **settled)  # type: ignore[arg-type]
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        answer = Client().post("/graphql/", body, **settled)  # type: ignore[arg-type]
    assert "errors" not in answer.json()
    print(len(asked))


def ask(port: int, seconds: float, tokens: Sequence[str]) -> None:
    """Asks as each person at once, each waiting for an answer before the next question."""
    from tests.documents import APP, operations

    body = json.dumps({"query": operations(APP)["Home"], "variables": {}}).encode()
    took: list[float] = []
    failed = 0
    end = time.monotonic() + seconds

    def one(token: str) -> None:
        nonlocal failed
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        held = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < end:
            began = time.monotonic()
            try:
                held.request("POST", "/graphql/", body, headers)
                answer = held.getresponse()
                content = answer.read()
                good = answer.status == 200 and b'"errors"' not in content and b'"rows"' in content
            except (OSError, http.client.HTTPException):
                held.close()
                good = False
            took.append(time.monotonic() - began)
            failed += not good
        held.close()

    threads = [threading.Thread(target=one, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"took": took, "failed": failed}))


if __name__ == "__main__":
    if sys.argv[1] == "statements":
        statements(sys.argv[2])
    elif sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]), int(sys.argv[3]))
    else:
        ask(int(sys.argv[2]), float(sys.argv[3]), sys.stdin.read().split())
