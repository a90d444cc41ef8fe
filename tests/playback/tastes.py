"""Libraries and views with tastes that are known beforehand."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils import timezone

from accounts.models import Profile, User
from catalog.models import Credit, Genre, Person, Title, TitleKind, Video, VideoKind
from playback.models import Progress


def make_titles(
    names: Iterable[str], *, age: int | None = 0, synopsis: str = "", year: int | None = None
) -> list[Title]:
    """Published movies with a feature each, the first the newest."""
    now = timezone.now()
    titles = [
        Title(
            kind=TitleKind.MOVIE, slug=name.lower().replace(" ", "-"), name=name, minimum_age=age,
            maturity_rating="" if age is None else str(age), synopsis=synopsis, year=year,
            published_at=now - timedelta(days=2), available_from=now - timedelta(days=2, minutes=place),
        )
        for place, name in enumerate(names)
    ]  # fmt: skip
    Title.objects.bulk_create(titles)
    Video.objects.bulk_create(Video(title=title, kind=VideoKind.FEATURE) for title in titles)
    return titles


def of_genre(name: str, titles: Sequence[Title]) -> Genre:
    genre, _ = Genre.objects.get_or_create(slug=name.lower(), name=name)
    genre.titles.add(*titles)
    return genre


def by_person(name: str, titles: Sequence[Title], *, role: str = "Director") -> Person:
    person, _ = Person.objects.get_or_create(name=name)
    Credit.objects.bulk_create(Credit(title=title, person=person, role=role) for title in titles)
    return person


def make_viewers(count: int) -> list[Profile]:
    """Profiles of as many accounts."""
    users = [User(email=f"viewer-{number}@example.org") for number in range(count)]
    User.objects.bulk_create(users)
    return Profile.objects.bulk_create(Profile(user=user, name="Viewer") for user in users)


def watch(profiles: Iterable[Profile], titles: Sequence[Title], *, completed: bool = True) -> None:
    """Each of the profiles has watched each of the titles, the last one last."""
    videos = {video.title_id: video for video in Video.objects.filter(title__in=titles)}
    now = timezone.now()
    Progress.objects.bulk_create(
        Progress(
            profile=profile, video=videos[title.pk], completed=completed, position_seconds=100.0,
            updated_at=now - timedelta(minutes=len(titles) - place),
        )
        for profile in profiles
        for place, title in enumerate(titles)
    )  # fmt: skip
