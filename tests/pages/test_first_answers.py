"""The app's page carries what the app asks first: for whoever is here, the same as the API would say, and nothing more."""

import gzip
import json
import re
from html import unescape
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from catalog.models import Title
from tests.catalog.conftest import MakeTitle, movie
from tests.conftest import Ask
from tests.people import Person
from vod.pages.shell import FULL_SIZES
from vod.settings.core import BASE_DIR

__all__ = ["movie"]

BLOCK = re.compile(r'<script id="first-answers" type="application/json">(.*?)</script>', re.DOTALL)


def carried(page: str) -> dict[str, Any]:
    """The data of a page by operation."""
    block = BLOCK.search(page)
    assert block
    return {one["operation"]: one["data"] for one in json.loads(block[1])}


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    session = client.session
    session["active_profile"] = str(person.profile_id)
    session.save()
    return client


def page_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return str(response.content.decode())


@pytest.fixture
def night_train(movie: MakeTitle) -> Title:
    made = [movie(f"Film {n}", maturity_rating="U", genres=["Drama"]) for n in range(4)]
    made.append(movie("Night train </script><b>", maturity_rating="18", genres=["Drama"]))
    return made[-1]


def test_a_stranger_is_told_that_nobody_is_here_and_nothing_else(night_train: Title) -> None:
    for path in ("/", "/login", f"/title/{night_train.slug}"):
        assert carried(page_of(Client(), path)) == {"Viewer": {"viewer": None}}


def test_the_start_carries_what_the_api_says_to_this_profile(
    owner: Person, night_train: Title, gql: Ask
) -> None:
    client = client_of(owner)
    data = carried(page_of(client, "/"))

    assert set(data) == {"Viewer", "Home", "Continue"}
    assert data["Viewer"]["viewer"]["activeProfile"]["name"] == "Olive"
    names = {edge["node"]["name"] for row in _rows(data) for edge in row["titles"]["edges"]}
    assert night_train.name in names
    said = gql("Home", as_=owner)["data"]["home"]["hero"]
    assert data["Home"]["home"]["hero"]["id"] == said["id"]


def test_a_child_is_carried_nothing_that_it_may_not_see(kid: Person, night_train: Title) -> None:
    page = page_of(client_of(kid), "/")
    assert "Night train" not in page
    assert "Film 1" in page
    assert carried(page_of(client_of(kid), f"/title/{night_train.slug}"))["TitlePage"] == {"title": None}


def test_a_title_s_page_carries_the_title(owner: Person, night_train: Title) -> None:
    page = page_of(client_of(owner), f"/title/{night_train.slug}")
    assert carried(page)["TitlePage"]["title"]["name"] == night_train.name
    assert 'crossorigin href="/static/app/assets/TitlePage-abcdefgh.js"' in page


def test_without_a_profile_there_is_no_home(owner: Person, night_train: Title) -> None:
    client = Client()
    client.force_login(owner.user)
    assert set(carried(page_of(client, "/"))) == {"Viewer"}


def test_whatever_a_title_is_called_stays_data(owner: Person, night_train: Title) -> None:
    page = page_of(client_of(owner), f"/title/{night_train.slug}")
    assert "<b>" not in page
    # The app's own script, and the block of data.
    assert re.findall(r"<script([^>]*)>", page) == [
        ' type="module" crossorigin src="/static/app/assets/index-abcdefgh.js"',
        ' id="first-answers" type="application/json"',
    ]


def test_the_largest_picture_is_begun_with_the_page(
    owner: Person, night_train: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {
        "title": {"artwork": {"backdropUrl": '/images/s/a"b.jpg', "backdropSrcset": "/images/s/a.jpg 640w"}}
    }
    monkeypatch.setattr("vod.pages.first.ask", lambda *_args, **_named: data)
    page = page_of(client_of(owner), f"/title/{night_train.slug}")
    link = re.search(r'<link rel="preload" as="image"[^>]*>', page)
    assert link
    assert 'fetchpriority="high"' in link[0]
    assert unescape(link[0]).count('/images/s/a"b.jpg') == 1
    assert 'imagesizes="max(100vw, 80vh)" imagesrcset="/images/s/a.jpg 640w"' in link[0]
    first = re.search(r'<div id="root">(.*?)</div></div>', page)
    assert first
    # The very picture that is begun, where the app will put it.
    assert 'sizes="max(100vw, 80vh)" srcset="/images/s/a.jpg 640w" src="/images/s/a&quot;b.jpg"' in first[1]
    assert first[1].startswith('<div class="hero-box title-box"><img class="first-picture" alt=""')


def test_the_page_comes_without_them_where_the_database_is_away(
    owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("vod.pages.first.actor_of", away)
    page = page_of(client_of(owner), "/")
    assert BLOCK.search(page) is None
    assert '<div id="root">' in page


def test_answers_to_a_page_count_as_a_page(owner: Person, night_train: Title) -> None:
    response = client_of(owner).get("/")
    assert "vod_operation" not in response.wsgi_request.META


def _rows(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [edge["node"] for edge in data["Home"]["home"]["rows"]["edges"]]


def test_the_app_and_the_page_agree_how_wide_the_largest_picture_is() -> None:
    sizes = BASE_DIR / "frontend" / "src" / "components" / "pictureSizes.ts"
    assert f'fullSizes = "{FULL_SIZES}"' in sizes.read_text(encoding="utf-8")


def test_the_page_is_compressed_and_padded(owner: Person, night_train: Title) -> None:
    client = client_of(owner)
    lengths = set()
    for _ in range(12):
        response = client.get("/", headers={"Accept-Encoding": "gzip"})
        assert response["Content-Encoding"] == "gzip"
        assert len(response.content) < len(gzip.decompress(response.content)) / 2
        lengths.add(len(response.content))
    assert len(lengths) > 1


@pytest.mark.parametrize(
    ("profile", "browser", "spoken"),
    [
        ("", "", "en"),
        ("", "de-AT,de;q=0.9,en;q=0.8", "de"),
        ("", "fi,en;q=0.5", "en"),
        ("de", "en", "de"),
        ("fi", "de", "de"),
    ],
)
def test_the_words_of_the_language_to_come_are_begun_with_the_page(
    owner: Person, profile: str, browser: str, spoken: str
) -> None:
    owner.profile.language = profile
    owner.profile.save()
    response = client_of(owner).get("/my-list", headers={"Accept-Language": browser})
    begun = re.findall(r'href="/static/app/assets/(\w\w)-abcdefgh.js"', response.content.decode())
    assert begun == [spoken]
