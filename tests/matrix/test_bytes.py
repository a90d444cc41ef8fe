"""The six against every address that is not GraphQL's: streams, previews, pictures, what edges ask, uploads, beacons, pages."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from catalog.models import Artwork
from catalog.services.artwork import put_artwork
from catalog.tokens import Viewer, make_preview_token
from playback.models import PlaybackSession
from tests.conftest import Ask
from tests.inputs import Watch
from tests.matrix.operations import SEEN
from tests.matrix.world import PEOPLE, World, make_world
from tests.people import Person
from vod.urls import urlpatterns

#: Every first part of an address, and what here asks about it.
ADDRESSES = {
    "graphql/": "test_operations.py",
    "api/account/export/<str:signed>": "tests/accounts/test_export.py",
    "oauth/device_authorization": "tests/accounts/test_device_codes.py",
    "oauth/token": "tests/accounts/test_device_codes.py",
    ".well-known/oauth-authorization-server": "public",
    "accounts/device/": "pages",
    "sw.js": "public",
    "manifest.webmanifest": "public",
    "offline/": "public",
    "api/uploads/": "uploads",
    "api/playback/": "beacons",
    "api/schema/": "public",
    "api/docs/": "public",
    "stream/": "streams",
    "previews/": "previews",
    "internal/": "what edges ask",
    "images/": "pictures",
    "admin/": "pages",
    "accounts/": "pages",
    "_allauth/": "pages",
    "favicon.ico": "public",
    "the app's": "public",
}
PREVIEW = "query ($id: ID!) { node(id: $id) { ... on Video { previewUrl } } }"
ARTWORK = "query ($slug: String!) { title(slug: $slug) { artwork { posterUrl backdropUrl } } }"

Fetch = Callable[..., HttpResponse]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def bearer(person: Person | None) -> dict[str, str]:
    return {"HTTP_AUTHORIZATION": f"Bearer {person.token}"} if person else {}


def fetch(path: str, method: str = "GET", person: Person | None = None, **more: Any) -> HttpResponse:
    """What a device of the person is answered; a player's and an image's requests carry no login."""
    sent = Client().generic(method, path, **{**bearer(person), **more})
    sent.close()
    return sent  # type: ignore[return-value]


def sees(who: str) -> set[str]:
    seen = SEEN[PEOPLE.index(who)]
    return seen if isinstance(seen, set) else set()


def begin(gql: Ask, world: World, who: str, film: str) -> str | None:
    """The folder of a new stream of the film, or None where there is none to be had."""
    given = {"input": {"videoId": world.id_of(film), "deviceName": "Tablet", "deviceId": "tablet"}}
    session = gql("StartPlayback", given, as_=world.people[who])["data"]["startPlayback"]["session"]
    return session["manifestUrl"].removesuffix("master.m3u8") if session else None


def paths_below(world: World, film: str) -> list[str]:
    """Every kind of object that a version has."""
    names = world.films[film].version.renditions.values_list("name", flat=True)
    streams = [name for name in names if name.startswith(("video-720", "audio"))]
    return [
        "master.m3u8",
        *[f"{name}/{file}" for name in streams for file in ("index.m3u8", "init.mp4", "00001.m4s")],
        "subtitles-0/index.m3u8",
        "subtitles-0/00000.vtt",
        "storyboard/index.vtt",
        "storyboard/00000.jpg",
    ]


def test_no_address_is_missing() -> None:
    inside = [below for pattern in urlpatterns if not str(pattern.pattern) for below in pattern.url_patterns]  # type: ignore[union-attr]
    known = {str(pattern.pattern) for pattern in [*urlpatterns, *inside]} - {""}
    assert {"the app's" if address.startswith("^") else address for address in known} == set(ADDRESSES)


@pytest.mark.parametrize("who", PEOPLE)
def test_streams(gql: Ask, world: World, who: str) -> None:
    """Who may watch gets all that belongs to the film, and nothing of another with the same token."""
    watch = Watch()
    for film in world.films:
        folder = begin(gql, world, who, film)
        assert bool(folder) == (film in sees(who)), film
        if folder is not None:
            told, changed = watch.changed_by(lambda: fetched(world, film, folder))  # noqa: B023 - called at once
            assert set(told.values()) == {200}, told
            refused = beside(world, film, folder)
            assert {path: fetch(path).status_code for path in refused} == refused
            assert fetch(f"{folder}master.m3u8", "DELETE").status_code == 405
            assert not changed


def fetched(world: World, film: str, folder: str) -> dict[str, int]:
    """The status of every object of the film."""
    paths = paths_below(world, film)
    return {path: fetch(folder + path).status_code for path in paths}


def beside(world: World, film: str, folder: str) -> dict[str, int]:
    """What the token of one film does not open, and how it is refused."""
    version = str(world.films[film].version.pk)
    others = [str(made.version.pk) for name, made in world.films.items() if name != film]
    swapped = [folder.replace(version, other) for other in others]
    return {
        f"{folder}sources/source": 404,
        f"{folder}video-720/../video-1080/00000.m4s": 404,
        **{f"{other}{path}": 403 for other in swapped for path in ("master.m3u8", "video-720/00001.m4s")},
    }


@pytest.mark.parametrize("who", PEOPLE)
def test_streams_without_a_token_of_ours(world: World, who: str) -> None:
    """No login opens a media path: not the operator's either."""
    person, version = world.people[who], world.films["Garden"].version.pk
    for token in ("a.b.c", "k1.AAAA.BBBB", person.token if person else "x"):
        path = f"/stream/{token}/{version}/video-720/00001.m4s"
        assert fetch(path, person=person).status_code in (403, 404)
    assert fetch(f"/stream/{version}/video-720/00001.m4s", person=person).status_code == 404


def test_a_stream_belongs_to_its_token_whoever_else_is_signed_in(gql: Ask, world: World) -> None:
    folder = begin(gql, world, "owner", "Garden")
    statuses = {who: fetch(f"{folder}master.m3u8", person=world.people[who]).status_code for who in PEOPLE}
    assert statuses == dict.fromkeys(PEOPLE, 200)

    gql("SignOut", as_=world.people["owner"])

    statuses = {who: fetch(f"{folder}master.m3u8", person=world.people[who]).status_code for who in PEOPLE}
    assert statuses == dict.fromkeys(PEOPLE, 403)


@pytest.mark.parametrize("who", PEOPLE)
def test_previews(gql: Ask, world: World, who: str) -> None:
    person = world.people[who]
    for film in world.films:
        node = gql(PREVIEW, {"id": world.id_of(film)}, as_=person)["data"]["node"]
        assert bool(node) == (film in sees(who)), film
        version = world.films[film].version.pk
        if node:
            assert fetch(node["previewUrl"]).status_code == 200
            for other in world.films:
                if other != film:
                    swapped = node["previewUrl"].replace(str(version), str(world.films[other].version.pk))
                    assert fetch(swapped).status_code == 403
        elif person:
            # Even a token of ours, were one ever handed out, opens nothing that the profile may not see.
            token = make_preview_token(
                Viewer(person.user.pk, person.profile.pk), version=version, now=timezone.now()
            )
            assert fetch(f"/previews/{token}/{version}/preview.mp4").status_code == 403


@pytest.mark.parametrize("who", PEOPLE)
def test_pictures(gql: Ask, world: World, who: str, tmp_path: Any) -> None:
    from PIL import Image

    person, keys = world.people[who], {}
    for number, (film, made) in enumerate(world.films.items()):
        Image.new("RGB", (320, 480), (number * 40, 0, 0)).save(tmp_path / "poster.png")
        keys[film] = put_artwork(source=tmp_path / "poster.png", kind="POSTER", title=made.title).key
    addresses = {}
    for film in world.films:
        title = (gql(ARTWORK, {"slug": film.lower()}, as_=person)["data"] or {}).get("title")
        assert bool(title) == (film in sees(who)), film
        if title:
            addresses[film] = title["artwork"]["posterUrl"]
            assert fetch(addresses[film]).status_code == 200
    for film, key in keys.items():
        for signature in (
            "x",
            *[address.split("/")[2] for other, address in addresses.items() if other != film],
        ):
            assert fetch(f"/images/{signature}/{key}", person=person).status_code == 404
    assert Artwork.objects.count() == len(keys)


@pytest.mark.parametrize("delivery", ["application", "nginx"])
def test_what_edges_ask_is_nobodys_to_ask(gql: Ask, world: World, settings: Settings, delivery: str) -> None:
    settings.DELIVERY, settings.EDGE_SECRET = delivery, "told-to-edges-and-to-nobody-else-0123456789"
    address = f"{begin(gql, world, 'owner', 'Garden')}video-720/00001.m4s"
    for who in PEOPLE:
        for secret in ("", "guess"):
            told = fetch(
                "/internal/stream-auth",
                person=world.people[who],
                HTTP_LANTERN_ADDRESS=address,
                HTTP_LANTERN_EDGE=secret,
            )
            assert (told.status_code, told.content) == (404, b"")


def test_uploads(world: World) -> None:
    tus = {"HTTP_TUS_RESUMABLE": "1.0.0"}
    begun = f"/api/uploads/{world.ids['begun upload']}"
    meta = {"HTTP_UPLOAD_LENGTH": "10", "HTTP_UPLOAD_METADATA": "filename eA=="}
    piece = {"content_type": "application/offset+octet-stream", "HTTP_UPLOAD_OFFSET": "0", "data": b"abc"}
    asked: dict[str, Callable[[Person | None], HttpResponse]] = {
        "create": lambda person: fetch("/api/uploads/", "POST", person, **tus, **meta),
        "ask": lambda person: fetch(begun, "HEAD", person, **tus),
        "read": lambda person: fetch(begun, "GET", person),
        "send": lambda person: fetch(begun, "PATCH", person, **tus, **piece),
        "drop": lambda person: fetch(begun, "DELETE", person, **tus),
    }
    may = {"create": 201, "ask": 200, "read": 200, "send": 204, "drop": 204}
    watch = Watch()
    for who in PEOPLE:
        person = world.people[who]
        for verb, ask in asked.items():
            expected = may[verb] if who == "operator" else 401 if person is None else 403
            answer, changed = watch.changed_by(lambda: ask(person))  # noqa: B023 - called at once
            assert answer.status_code == expected, (who, verb)
            assert not changed or who == "operator", (who, verb)


def test_beacons(world: World) -> None:
    """Any of the household may end a stream of it, as in GraphQL; a position is only taken from its own profile."""
    watch = Watch()
    expected = dict(zip(PEOPLE, (401, 204, 204, 204, 404, 404), strict=True))
    for who in ("nobody", "stranger", "operator", "other_adult", "kid", "owner"):
        told, changed = watch.changed_by(
            lambda: fetch(
                f"/api/playback/{world.ids['stream']}/position",
                "POST",
                world.people[who],  # noqa: B023 - called at once
                data='{"positionSeconds": 20}',
                content_type="text/plain",
            )
        )
        assert told.status_code == expected[who], who
        assert changed == (who == "owner"), who
    assert PlaybackSession.objects.filter(ended_at__isnull=True).count() == 1


@pytest.mark.parametrize("who", PEOPLE)
def test_pages(gql: Ask, world: World, who: str) -> None:
    """The admin is the operator's; pages of the account are for those who are signed in, and no child's."""
    client, person = Client(), world.people[who]
    if person:
        client.force_login(person.user)
        gql("ActivateProfile", {"input": {"profileId": person.global_profile_id}}, client=client)
    admin = {"operator": 200, "kid": 403}.get(who, 302)
    for page in (
        "/admin/",
        "/admin/accounts/user/",
        "/admin/catalog/title/",
        "/admin/playback/playbacksession/",
    ):
        assert client.get(page).status_code == admin, page
    for page in ("/_allauth/browser/v1/account/email", "/_allauth/browser/v1/auth/sessions"):
        assert client.get(page).status_code == {"nobody": 401, "kid": 403}.get(who, 200), page
    for page in ("/accounts/email/", "/accounts/device/", "/accounts/2fa/", "/accounts/sessions/"):
        account = client.get(page)
        assert account.status_code == {"nobody": 302, "kid": 403}.get(who, 200), page
        if who == "nobody":
            assert re.search(r"/log-?in", account["Location"])
