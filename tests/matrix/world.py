"""The world that the matrix asks about: a household, a stranger, an operator, and one of everything they may ask for."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.browsers import browser_sessions
from accounts.models import AccessToken, Plan, Profile
from catalog import search
from catalog.models import Collection, CollectionEntry, Credit, Genre, Season, Tag, Title, Video, VideoKind
from catalog.models import Person as Somebody
from playback.models import ListEntry, PlaybackSession, Progress, Rating
from playback.services.start_playback import start_playback
from tests.people import Person, make_person, make_token, make_user
from tests.playback.library import Film, add_preview, make_film, make_segments, make_series
from transcoding.models import (
    Asset,
    AssetState,
    AssetVersion,
    Rendition,
    RenditionKind,
    RenditionState,
    Segment,
)
from transcoding.services.uploads import create_upload, upload_file
from vod.lib.graphql.ids import encode_id
from vod.lib.storage import objects

#: Who asks, in the order of the matrix's columns.
PEOPLE = ("nobody", "owner", "other_adult", "kid", "stranger", "operator")
PIN = "4711"
SRT = b"1\n00:00:01,000 --> 00:00:02,000\nGuten Tag\n"


def mark(row: Any, kind: str = "") -> str:
    """The global id of a row."""
    return encode_id(kind or row.graphql_type, row.pk)


@dataclass(frozen=True)
class World:
    """People by name, films by name, and ids by what they are of.

    "Garden" is for all, "Cellar" from 18, "Attic" not rated, "Draft" not published, "Harbour" a series for all. Olive,
    the owner, has watched and listed Garden and Cellar, and watches Garden right now.
    """

    people: dict[str, Person | None]
    films: dict[str, Film]
    ids: dict[str, str]

    def id_of(self, film: str) -> str:
        return self.films[film].id

    def title_of(self, film: str) -> str:
        return self.films[film].title_id


def make_world() -> World:
    """All of it, in an empty database."""
    household = make_user("olive@example.org")
    people: dict[str, Person | None] = {
        "nobody": None,
        "owner": make_person(household, "Olive"),
        "other_adult": make_person(household, "Arthur"),
        "kid": make_person(household, "Kit", is_kids=True, maturity_limit=7),
        "stranger": make_person(make_user("stella@example.org"), "Stella"),
        "operator": make_person(make_user("oscar@example.org", is_staff=True), "Oscar"),
    }
    locked = Profile.objects.create(user=household, name="Pia", pin_hash=make_password(PIN))
    films = _films()
    ids = {**_accounts(people, locked), **_library(films), **_factory(people)}
    ids["stream"] = _watched(people, films)
    search.index([film.title.pk for film in films.values()])
    return World(people, films, ids)


def _films() -> dict[str, Film]:
    films = {
        "Garden": make_film("Garden"),
        "Cellar": make_film("Cellar", minimum_age=18),
        "Attic": make_film("Attic", minimum_age=None),
        "Draft": make_film("Draft"),
        "Harbour": make_series("Harbour", seasons=(1,))[0],
    }
    Title.objects.filter(pk=films["Draft"].title.pk).update(published_at=None)
    for film in films.values():
        make_segments(film.version, *film.version.renditions.values_list("name", flat=True))
        add_preview(film)
    return films


def _accounts(people: dict[str, Person | None], locked: Profile) -> dict[str, str]:
    owner, other, kid = people["owner"], people["other_adult"], people["kid"]
    assert owner and other and kid
    token = AccessToken.objects.get(user=owner.user, active_profile=owner.profile)
    make_token(owner.user, owner.profile)
    Client().force_login(owner.user)
    spare = AccessToken.objects.filter(user=owner.user).latest("pk")
    return {
        "account": mark(owner.user),
        "plan": mark(Plan.objects.get(is_default=True)),
        "other plan": mark(Plan.objects.create(name="Large", max_streams=9)),
        "token": mark(token),
        "spare token": mark(spare),
        "browser": mark(browser_sessions(owner.user.pk)[0]),
        "other adult": other.global_profile_id,
        "kid": kid.global_profile_id,
        "locked": mark(locked),
    }


def _library(films: dict[str, Film]) -> dict[str, str]:
    genre = Genre.objects.create(slug="drama", name="Drama")
    tag = Tag.objects.create(slug="rain", name="Rain")
    collection = Collection.objects.create(slug="nights", name="Nights", shown_from=timezone.now())
    ids = {"genre": mark(genre), "tag": mark(tag), "collection": mark(collection)}
    for place, (name, film) in enumerate(films.items()):
        film.title.genres.add(genre)
        film.title.tags.add(tag)
        CollectionEntry.objects.create(collection=collection, title=film.title, position=place)
        somebody = Somebody.objects.create(name=f"Maker of {name}")
        Credit.objects.create(title=film.title, person=somebody, role="Director", position=0)
        trailer = Video.objects.create(title=film.title, kind=VideoKind.TRAILER, name="Soon")
        track = Rendition.objects.create(
            version=film.version,
            name="subtitles-0",
            kind=RenditionKind.SUBTITLES,
            codec="webvtt",
            language="de",
            state=RenditionState.READY,
        )
        _add_pieces(film, track, "vtt")
        _add_pieces(film, Rendition.objects.create(
            version=film.version, name="storyboard", kind=RenditionKind.STORYBOARD, codec="jpeg",
            state=RenditionState.READY,
        ), "jpg")  # fmt: skip
        objects().put_bytes(f"{film.version.key_prefix}/storyboard/index.vtt", b"WEBVTT")
        AssetVersion.objects.filter(pk=film.version.pk).update(has_storyboard=True)
        ids |= {
            f"maker of {name}": mark(somebody),
            f"trailer of {name}": mark(trailer),
            f"track of {name}": mark(track, "SubtitleTrack"),
        }
    season = Season.objects.get(series=films["Harbour"].title)
    return {**ids, "season": mark(season), "episode": mark(season.episodes.get())}


def _add_pieces(film: Film, rendition: Rendition, suffix: str) -> None:
    key = f"{film.version.key_prefix}/{rendition.name}/00000.{suffix}"
    objects().put_bytes(key, key.encode())
    Segment.objects.create(rendition=rendition, number=0, key=key, size_bytes=len(key), duration_seconds=4.0)


def _factory(people: dict[str, Person | None]) -> dict[str, str]:
    operator = people["operator"]
    assert operator
    states = {"failed": AssetState.FAILED, "encoding": AssetState.ENCODING, "spare": AssetState.READY}
    ids = {
        f"{name} asset": mark(Asset.objects.create(file_name=name, size_bytes=1, source_key="s", state=state))
        for name, state in states.items()
    }
    picture = BytesIO()
    Image.new("RGB", (300, 450), "red").save(picture, "PNG")
    for kind, content in (("subtitles", SRT), ("artwork", picture.getvalue())):
        row = create_upload(
            owner_id=operator.user.pk, kind=kind, file_name="x", size_bytes=len(content), wanted_for=None
        )
        upload_file(row.pk).write_bytes(content)
        ids[f"{kind} upload"] = str(row.pk)
    begun = create_upload(
        owner_id=operator.user.pk, kind="film", file_name="x", size_bytes=10, wanted_for=None
    )
    return {**ids, "begun upload": str(begun.pk)}


def _watched(people: dict[str, Person | None], films: dict[str, Film]) -> str:
    owner, kid = people["owner"], people["kid"]
    assert owner and kid
    now = timezone.now()
    # What the child had before its limit was set is there and must not show.
    for person, name in ((owner, "Garden"), (owner, "Cellar"), (kid, "Cellar")):
        film = films[name]
        Progress.objects.create(profile=person.profile, video=film.video, position_seconds=12, updated_at=now)
        ListEntry.objects.create(profile=person.profile, title=film.title)
        Rating.objects.create(profile=person.profile, title=film.title, value=Rating.Value.UP)
    stream = start_playback(actor=owner.actor, video_id=films["Garden"].video.pk, device_name="Sofa")
    # It has to outlast a slow machine.
    PlaybackSession.objects.update(lease_expires_at=now + timedelta(hours=1))
    return mark(stream)
