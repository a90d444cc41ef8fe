"""A library with views, and the daily run over it, each in a process of its own: prints JSON."""

from __future__ import annotations

import json
import random
import resource
import sys
from datetime import timedelta

import django

_WORDS = "harbour winter brother engine garden letter island doctor train mirror summer captain river piano market forest".split()  # noqa: SIM905
_AT_ONCE = 2000


def main(arguments: list[str]) -> int:
    """``prepare TITLES VIEWERS VIEWS_EACH`` or ``run``."""
    django.setup()
    found = prepare(*map(int, arguments[1:])) if arguments[0] == "prepare" else run()
    print(json.dumps(found))
    return 0


def prepare(titles: int, viewers: int, views_each: int) -> dict[str, float]:
    """Titles with genres, people and words, and people who each watch mostly one genre."""
    from django.core.management import call_command
    from django.utils import timezone

    from accounts.models import Profile, User
    from catalog.models import Credit, Genre, Person, Title, TitleKind, Video, VideoKind
    from playback.models import Progress

    call_command("migrate", verbosity=0)
    dice, now = random.Random(5), timezone.now()
    genres = Genre.objects.bulk_create(
        Genre(slug=f"g{number}", name=f"Genre {number}") for number in range(20)
    )
    people = Person.objects.bulk_create(
        (Person(name=f"Person {number}") for number in range(titles // 2)), batch_size=_AT_ONCE
    )
    rows = [
        Title(
            kind=TitleKind.MOVIE, slug=f"title-{number}", name=f"{dice.choice(_WORDS)} {number}", minimum_age=0,
            synopsis=" ".join(f"{dice.choice(_WORDS)}{dice.randrange(400)}" for _ in range(30)),
            year=dice.randint(1950, 2026), published_at=now, available_from=now - timedelta(minutes=number),
        )
        for number in range(titles)
    ]  # fmt: skip
    Title.objects.bulk_create(rows, batch_size=_AT_ONCE)
    videos = Video.objects.bulk_create(
        (Video(title=title, kind=VideoKind.FEATURE) for title in rows), batch_size=_AT_ONCE
    )
    through = Title.genres.through
    own = [dice.sample(range(20), 2) for _ in rows]
    through.objects.bulk_create(
        (
            through(title_id=title.pk, genre_id=genres[number].pk)
            for title, numbers in zip(rows, own, strict=True)
            for number in numbers
        ),
        batch_size=_AT_ONCE,
    )
    Credit.objects.bulk_create(
        (Credit(title=title, person=person, role="Actor", position=place) for title in rows
         for place, person in enumerate(dice.sample(people, 8))), batch_size=_AT_ONCE,
    )  # fmt: skip
    users = User.objects.bulk_create(
        (User(email=f"v{number}@example.org") for number in range(viewers)), batch_size=_AT_ONCE
    )
    profiles = Profile.objects.bulk_create(
        (Profile(user=user, name="V") for user in users), batch_size=_AT_ONCE
    )
    by_genre = [[place for place, numbers in enumerate(own) if genre in numbers] for genre in range(20)]
    watched = []
    for profile in profiles:
        liked = by_genre[dice.randrange(20)]
        # The square makes few titles popular.
        places = {liked[int(len(liked) * dice.random() ** 2)] for _ in range(views_each)}
        watched += [
            Progress(profile=profile, video=videos[place], completed=True, updated_at=now)
            for place in sorted(places)
        ]
    Progress.objects.bulk_create(watched, batch_size=_AT_ONCE)
    return {"titles": titles, "views": len(watched)}


def run() -> dict[str, float]:
    """The run as the task does it; `bytes` is what the process held at most."""
    from playback.services.neighbours.make_all import make_all_neighbours

    made = make_all_neighbours(say=lambda text: print(text, file=sys.stderr))
    if made is None:
        raise RuntimeError("another process is at it")
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = usage.ru_utime + usage.ru_stime
    return {"cpu": spent, "changed": made.changed, "bytes": usage.ru_maxrss * 1024}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
