"""Views by profiles with tastes, for a library that was seeded: what one of them likes, others like too."""

import bisect
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from uuid import UUID

from django.utils import timezone

from accounts.models import Profile, User
from accounts.profiles import KIDS_GREATEST_LIMIT
from catalog.models import Title, TitleKind, Video, VideoKind
from catalog.services.seeding.keys import key_at
from playback.models import ListEntry, Play, Progress, Rating
from playback.selectors.popularity import WINDOW_DAYS
from playback.selectors.positions import MINIMUM_SECONDS
from vod.lib.actor import Actor
from vod.lib.filling import put_rows
from vod.lib.rows import new_id
from vod.lib.transactions import in_transaction

_NAMES = [
    "Alma",
    "Bram",
    "Cato",
    "Dora",
    "Emil",
    "Fenna",
    "Gus",
    "Hanne",
    "Ida",
    "Jens",
    "Kaat",
    "Leo",
    "Mira",
    "Noor",
    "Otto",
    "Pia",
    "Quin",
    "Rhea",
    "Sven",
    "Tilda",
]
# Films of a genre and a language fall into so many circles; who likes one of a circle likes others of it.
_CIRCLES = 6
_TASTES = 4
_OUT_OF_TASTE = 0.15
_DAYS = 400
_AT_ONCE = 100
_CHILDREN = 0.1
# How fast films become less watched, from the most watched of a circle on (Zipf's exponent).
_FALL = 0.9

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Film:
    title: UUID
    minimum_age: int | None
    is_series: bool


class _Circle:
    """Titles that the same people like, the most watched first."""

    def __init__(self, films: list[_Film]) -> None:
        self.films = films
        self.weights = list(accumulate((place + 1) ** -_FALL for place in range(len(films))))

    def pick(self, dice: random.Random) -> _Film:
        return self.films[bisect.bisect_left(self.weights, dice.random() * self.weights[-1])]


def seed_views(*, profiles: int, views: int, seed: int, say: Say) -> int:
    """Adds `profiles` profiles in new accounts that nobody can sign in to, each with about `views` titles watched.

    A profile likes a few circles of titles and watches mostly those, the well-known ones more than others; of a series
    it watches some episodes in their order, and the last one seldom to its end. It lists and rates some of what it likes. A child's
    profile watches within its limit. Answers how many positions there are for it all.
    """
    dice = random.Random(f"views:{seed}:{Profile.objects.count()}")  # noqa: S311 - no secret
    circles, everything = _circles(dice)
    if not everything.films:
        return 0
    began = time.monotonic()
    made = 0
    people = _people(dice, profiles)
    for start in range(0, len(people), _AT_ONCE):
        some = people[start : start + _AT_ONCE]
        chosen = {person.pk: _watched(dice, person, circles, everything, views) for person in some}
        made += in_transaction(lambda: _keep(dice, chosen))  # noqa: B023 - run within this round
        say(f"{start + len(some):,} of {len(people):,} profiles, {time.monotonic() - began:.0f} s")
    return made


def _people(dice: random.Random, count: int) -> list[Profile]:
    """Profiles of households of one to four, one in ten of them a child's."""
    users: list[User] = []
    people: list[Profile] = []
    at = timezone.now()
    while len(people) < count:
        user = User(id=key_at(dice, at), email=f"seeded-{new_id().hex}@example.invalid")
        user.set_unusable_password()
        users.append(user)
        for name in dice.sample(_NAMES, min(dice.choice((1, 1, 2, 2, 3, 4)), count - len(people))):
            child = dice.random() < _CHILDREN
            limit = dice.choice((0, 7, KIDS_GREATEST_LIMIT)) if child else dice.choice((None, None, None, 16))
            people.append(
                Profile(id=key_at(dice, at), user=user, name=name, is_kids=child, maturity_limit=limit)
            )
    User.objects.bulk_create(users, batch_size=500)
    Profile.objects.bulk_create(people, batch_size=500)
    return people


def _circles(dice: random.Random) -> tuple[list[_Circle], _Circle]:
    """Everything that a grown-up can see, in circles and as a whole, the most watched first."""
    rows = list(
        Title.objects.visible_to(Actor())
        .order_by("id")
        .values_list("id", "minimum_age", "kind", "original_language")
    )
    # The first one written is the main one.
    genres: dict[UUID, UUID] = dict(
        Title.genres.through.objects.order_by("-id").values_list("title_id", "genre_id")
    )
    dice.shuffle(rows)
    everything = []
    found: dict[tuple[object, ...], list[_Film]] = defaultdict(list)
    for title, age, kind, language in rows:
        film = _Film(title, age, kind == TitleKind.SERIES)
        everything.append(film)
        found[(genres.get(title), language, dice.randrange(_CIRCLES))].append(film)
    # A circle of two makes no taste.
    circles = [_Circle(films) for films in found.values() if len(films) >= 5]
    return circles or [_Circle(everything)], _Circle(everything)


def _watched(
    dice: random.Random, person: Profile, circles: list[_Circle], everything: _Circle, views: int
) -> list[_Film]:
    weights = [len(circle.films) for circle in circles]
    tastes = dice.choices(circles, weights, k=_TASTES)
    chosen: dict[UUID, _Film] = {}
    wanted = max(1, round(views * dice.lognormvariate(-0.2, 0.65)))
    for _ in range(3 * wanted):
        circle = everything if dice.random() < _OUT_OF_TASTE else dice.choice(tastes)
        film = circle.pick(dice)
        if _may_watch(person, film.minimum_age):
            chosen[film.title] = film
        if len(chosen) == wanted:
            break
    return list(chosen.values())


def _may_watch(person: Profile, age: int | None) -> bool:
    if age is None:
        return not person.is_kids
    return person.maturity_limit is None or age <= person.maturity_limit


def _keep(dice: random.Random, chosen: dict[UUID, list[_Film]]) -> int:
    """Writes positions, plays, lists and ratings; answers how many positions."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    videos = _videos({film.title for films in chosen.values() for film in films})
    titles = {video: title for title, some in videos.items() for video, _ in some}
    places: list[Progress] = []
    for person, films in chosen.items():
        for film in films:
            # More of late than long ago.
            at = today - timedelta(days=_DAYS) * dice.random() ** 2
            places += _places(dice, person, videos.get(film.title, []), at)
    put_rows(places)
    put_rows(_plays(dice, places, titles))
    put_rows([
        ListEntry(id=key_at(dice, today), profile_id=person, title_id=film.title, created_at=today)
        for person, films in chosen.items()
        for film in films
        if dice.random() < 0.12
    ])  # fmt: skip
    put_rows([
        Rating(
            id=key_at(dice, today), profile_id=person, title_id=film.title, created_at=today,
            value=dice.choices(Rating.Value.values, (1, 5, 3))[0],
        )
        for person, films in chosen.items()
        for film in films
        if dice.random() < 0.2
    ])  # fmt: skip
    return len(places)


def _places(
    dice: random.Random, person: UUID, videos: list[tuple[UUID, float]], at: datetime
) -> Iterable[Progress]:
    """Positions in the first videos of a title; all but the last are over."""
    count = min(len(videos), 1 + int(dice.expovariate(1 / 4)))
    for place, (video, seconds) in enumerate(videos[:count]):
        completed = place + 1 < count or dice.random() < 0.75
        when = min(at + timedelta(hours=20 * place), timezone.now())
        yield Progress(
            id=key_at(dice, at), profile_id=person, video_id=video, created_at=at, updated_at=when, completed=completed,
            position_seconds=seconds if completed else seconds * dice.uniform(0.05, 0.9),
        )  # fmt: skip


def _plays(dice: random.Random, places: list[Progress], titles: dict[UUID, UUID]) -> list[Play]:
    """A play for each day of the counted window on which somebody watched a title."""
    since = (timezone.now() - timedelta(days=WINDOW_DAYS)).date()
    days = {
        (place.profile_id, titles[place.video_id], place.updated_at.astimezone(UTC).date()): place.updated_at
        for place in places
        if place.position_seconds >= MINIMUM_SECONDS or place.completed
    }
    return [
        Play(id=key_at(dice, at), created_at=at, profile_id=profile, title_id=title, day=day)
        for (profile, title, day), at in days.items()
        if day > since
    ]


def _videos(titles: set[UUID]) -> dict[UUID, list[tuple[UUID, float]]]:
    """Films and episodes of each title in the order in which they are watched, with their lengths in seconds."""
    rows = (
        Video.objects.filter(title__in=titles, kind__in=(VideoKind.FEATURE, VideoKind.EPISODE))
        .order_by("episode__season__number", "episode__number")
        .values_list("title_id", "id", "asset__duration_seconds")
    )
    found: dict[UUID, list[tuple[UUID, float]]] = defaultdict(list)
    for title, video, seconds in rows:
        found[title].append((video, seconds or 0.0))
    return found
