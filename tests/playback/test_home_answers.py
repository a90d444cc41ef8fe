"""Home's remembered answer: what it costs, and that every change shows in the next one, whoever makes it."""

import gzip
import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from catalog.models import ArtworkKind, Title
from catalog.services.artwork import put_artwork
from catalog.services.changes import catalogue_changed
from catalog.services.collections import create_collection, set_collection_titles
from catalog.services.unpublish_title import unpublish_title
from playback.models import Progress
from playback.services.save_position import save_position
from tests.conftest import Ask
from tests.documents import APP, document, operations
from tests.people import Person, make_person
from tests.playback.library import Film, make_film, make_series
from vod.lib.graphql.ids import encode_id

Home = Callable[..., dict[str, Any]]


@pytest.fixture
def films(db: None) -> list[Film]:
    """Nine films for everybody."""
    made = [make_film(f"Film {number}") for number in range(9)]
    catalogue_changed()
    return made


def rows_of(answer: dict[str, Any]) -> dict[str, list[str]]:
    """Names by row, and of what stands large."""
    assert "errors" not in answer, answer["errors"]
    home = answer["data"]["home"]
    rows = {
        edge["node"]["heading"]: [one["node"]["name"] for one in edge["node"]["titles"]["edges"]]
        for edge in home["rows"]["edges"]
    }
    return {"hero": [home["hero"]["name"]] if home["hero"] else [], **rows}


def shown(answer: dict[str, Any]) -> set[str]:
    return {name for names in rows_of(answer).values() for name in names}


@pytest.mark.parametrize("whose", ["contract", "app"])
def test_a_second_look_costs_who_asks_and_the_editions(
    gql: Ask, owner: Person, films: list[Film], whose: str
) -> None:
    asked = document("Home") if whose == "contract" else operations(APP)["Home"]
    first = gql(asked, as_=owner)

    with CaptureQueriesContext(connection) as statements:
        second = gql(asked, as_=owner)

    assert (second, len(statements)) == (first, 2)


def test_two_profiles_of_a_household_never_see_each_others(
    gql: Ask, owner: Person, other_adult: Person, kid: Person, films: list[Film]
) -> None:
    gql("AddToMyList", {"input": {"titleId": films[0].title_id}}, as_=owner)

    assert "My list" in rows_of(gql("Home", as_=owner))
    assert "My list" not in rows_of(gql("Home", as_=other_adult))
    assert "My list" not in rows_of(gql("Home", as_=kid))


CHANGES: dict[str, tuple[str, dict[str, Any]]] = {
    "list": ("AddToMyList", {"titleId": "title"}),
    "rating": ("RateTitle", {"titleId": "title", "rating": "DOWN"}),
    "seen": ("MarkWatched", {"videoId": "video", "watched": False}),
    "taken out": ("RemoveFromContinueWatching", {"videoId": "video"}),
    "renamed": ("UpdateTitle", {"titleId": "title", "name": "Another name"}),
    "withdrawn": ("UnpublishTitle", {"titleId": "title"}),
    "deleted": ("DeleteTitle", {"titleId": "title"}),
    "over": ("PublishTitle", {"titleId": "title", "availableUntil": "2020-01-01T00:00:00Z"}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_shows_in_the_next_answer(
    gql: Ask, owner: Person, operator: Person, films: list[Film], change: str
) -> None:
    """By whomever it is made, and where the cache is away while it is made."""
    film = films[4]
    save_position(profile_id=owner.profile_id, video=film.video, position_seconds=10.0, at=timezone.now())
    before = gql("Home", as_=owner)
    assert (gql("Home", as_=owner), rows_of(before)["Continue watching"]) == (before, ["Film 4"])

    name, values = CHANGES[change]
    given = {
        key: {"title": film.title_id, "video": film.id}.get(str(value), value)
        for key, value in values.items()
    }
    by = operator if name in ("UpdateTitle", "UnpublishTitle", "DeleteTitle", "PublishTitle") else owner
    answer = gql(name, {"input": given}, as_=by)
    assert answer["data"][name[0].lower() + name[1:]]["errors"] in ([], None) or change == "over"

    after = gql("Home", as_=owner)
    if change == "over":
        # Refused as an end before the beginning, or taken: either way the next answer says what is.
        assert ("Film 4" in shown(after)) == Title.objects.visible_to(owner.actor).filter(
            pk=film.title.pk
        ).exists()
        return
    assert after != before
    if change in ("withdrawn", "deleted", "renamed"):
        assert "Film 4" not in shown(after)


def test_what_another_process_changes_while_the_cache_is_away_shows_all_the_same(
    gql: Ask, owner: Person, films: list[Film], settings: Settings, tmp_path: Path
) -> None:
    """No message about a change is lost with the cache: the words that answers hang on are in the database."""
    own = settings.CACHES
    assert "My list" not in rows_of(gql("Home", as_=owner))

    settings.CACHES = {
        "default": {"BACKEND": "vod.lib.cache.backends.FileCache", "LOCATION": str(tmp_path / "another")}
    }
    gql("AddToMyList", {"input": {"titleId": films[0].title_id}}, as_=owner)
    settings.CACHES = own

    assert rows_of(gql("Home", as_=owner))["My list"] == ["Film 0"]


def test_the_disk_serves_what_another_connection_to_it_kept(
    gql: Ask, owner: Person, films: list[Film], settings: Settings, tmp_path: Path
) -> None:
    folder = {"BACKEND": "vod.lib.cache.backends.FileCache", "LOCATION": str(tmp_path / "shared")}
    settings.CACHES = {"default": folder}
    first = gql("Home", as_=owner)
    settings.CACHES = {"default": {**folder, "OPTIONS": {"MAX_ENTRIES": 999}}}

    with CaptureQueriesContext(connection) as statements:
        assert gql("Home", as_=owner) == first
    assert len(statements) == 2


def test_heartbeats_leave_the_answer_until_they_change_what_it_shows(
    gql: Ask, owner: Person, films: list[Film]
) -> None:
    now = timezone.now()

    def watch(film: Film, seconds: float, minutes: int) -> int:
        """Statements of the next Home."""
        at = now + timedelta(minutes=minutes)
        save_position(profile_id=owner.profile_id, video=film.video, position_seconds=seconds, at=at)
        with CaptureQueriesContext(connection) as statements:
            gql("Home", as_=owner)
        return len(statements)

    assert watch(films[0], 6.0, 1) > 2
    assert watch(films[0], 7.0, 2) == 2
    assert watch(films[1], 6.0, 3) > 2
    assert watch(films[1], 7.0, 4) == 2
    assert watch(films[0], 8.0, 5) > 2
    assert rows_of(gql("Home", as_=owner))["Continue watching"] == ["Film 0", "Film 1"]
    assert watch(films[0], 29.9, 6) > 2
    assert rows_of(gql("Home", as_=owner))["Continue watching"] == ["Film 1"]


def test_the_apps_answer_follows_each_heartbeat(gql: Ask, owner: Person, films: list[Film]) -> None:
    asked = operations(APP)["Home"]
    hero = next(
        film for film in films if film.title.name == gql(asked, as_=owner)["data"]["home"]["hero"]["name"]
    )
    for seconds in (6.0, 7.0):
        save_position(
            profile_id=owner.profile_id, video=hero.video, position_seconds=seconds, at=timezone.now()
        )
        progress = gql(asked, as_=owner)["data"]["home"]["hero"]["video"]["progress"]
        assert progress["positionSeconds"] == seconds


def test_the_next_episode_takes_the_place_of_a_finished_one(gql: Ask, owner: Person) -> None:
    first, second = make_series("Show")[:2]
    catalogue_changed()
    for episode, seconds in ((first, 10.0), (first, 29.9)):
        save_position(
            profile_id=owner.profile_id, video=episode.video, position_seconds=seconds, at=timezone.now()
        )
        assert rows_of(gql("Home", as_=owner))["Continue watching"] == ["Show"]
    Progress.objects.exclude(video=first.video).delete()
    shelf = gql("Shelf", as_=owner)["data"]["viewer"]["activeProfile"]["continueWatching"]["edges"]
    assert [edge["node"]["video"]["id"] for edge in shelf] == [second.id]


# Long enough for a busy machine to ask in, before the moment comes.
_SOON = timedelta(seconds=4)


def wait_for(moment: datetime) -> None:
    time.sleep(max(0.0, (moment - timezone.now()).total_seconds()) + 0.02)


def test_a_title_goes_and_comes_at_its_moment(gql: Ask, owner: Person, films: list[Film]) -> None:
    moment = timezone.now() + _SOON
    Title.objects.filter(pk=films[7].title.pk).update(available_until=moment)
    Title.objects.filter(pk=films[6].title.pk).update(available_from=moment)
    catalogue_changed()
    before = shown(gql("Home", as_=owner))

    wait_for(moment)
    after = shown(gql("Home", as_=owner))

    assert before - after == {"Film 7"}
    assert after - before == {"Film 6"}


def test_a_collection_comes_and_goes_at_its_moment(gql: Ask, owner: Person, films: list[Film]) -> None:
    moment = timezone.now() + _SOON
    keys = [film.title.pk for film in films[:4]]
    for name, begins, ends in (
        ("Going", moment - 2 * _SOON, moment),
        ("Coming", moment, moment + 100 * _SOON),
    ):
        made = create_collection(name=name, home_place=1, shown_from=begins, shown_until=ends)
        set_collection_titles(collection_id=made.pk, title_ids=keys)
    before = rows_of(gql("Home", as_=owner))

    wait_for(moment)
    after = rows_of(gql("Home", as_=owner))

    assert ("Going" in before, "Coming" in before) == (True, False)
    assert ("Going" in after, "Coming" in after) == (False, True)


def test_a_new_picture_shows_at_once(gql: Ask, owner: Person, films: list[Film], tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    Image.linear_gradient("L").resize((60, 90)).convert("RGB").save(picture)
    found = []
    for _ in range(2):
        put_artwork(source=picture, kind=ArtworkKind.POSTER, title=films[8].title, is_ours=True)
        hero = gql("Home", as_=owner)["data"]["home"]["hero"]
        assert hero["name"] == "Film 8"
        found.append(hero["artwork"]["posterUrl"])

    assert None not in found
    assert len(set(found)) == 2


def test_a_token_that_is_dead_gets_nothing_that_was_remembered(
    gql: Ask, owner: Person, films: list[Film]
) -> None:
    gql("Home", as_=owner)
    gql("SignOut", as_=owner)

    answer = gql("Home", as_=owner)

    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert answer["data"] is None


def test_a_profile_that_became_a_childs_sees_a_childs_page(
    gql: Ask, owner: Person, films: list[Film]
) -> None:
    Title.objects.filter(pk=films[3].title.pk).update(minimum_age=18)
    catalogue_changed()
    assert "Film 3" in shown(gql("Home", as_=owner))

    owner.profile.is_kids, owner.profile.maturity_limit = True, 7
    owner.profile.save()

    assert "Film 3" not in shown(gql("Home", as_=owner))


def test_who_has_no_profile_is_told_so_though_others_answers_are_kept(
    gql: Ask, owner: Person, films: list[Film], settings: Settings
) -> None:
    settings.PUBLIC_CATALOGUE = True
    assert shown(gql("Home"))
    assert shown(gql("Home", as_=owner))
    nobody_yet = make_person(owner.user, "Nobody yet")
    nobody_yet.profile.delete()

    answer = gql("Home", as_=nobody_yet)

    assert answer["errors"][0]["extensions"]["code"] == "PROFILE_REQUIRED"
    settings.PUBLIC_CATALOGUE = False
    assert gql("Home")["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def get(client: Client, **headers: str) -> Any:
    return client.get("/graphql/", {"query": document("Home")}, headers=headers)


def test_what_nobody_signed_in_for_may_be_kept_for_a_moment_and_compared(
    films: list[Film], settings: Settings
) -> None:
    settings.PUBLIC_CATALOGUE = True
    client = Client()
    first = get(client)

    assert first["Cache-Control"] == "public, max-age=15, stale-while-revalidate=30"
    assert {"Authorization", "Cookie", "Accept", "Accept-Encoding"} <= set(first["Vary"].split(", "))
    again = get(client, **{"If-None-Match": first["ETag"], "Accept-Encoding": "gzip"})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"]

    Title.objects.filter(pk=films[7].title.pk).update(available_until=timezone.now() + timedelta(seconds=10))
    catalogue_changed()
    changed = get(client, **{"If-None-Match": first["ETag"], "Accept-Encoding": "gzip"})
    # The answer is another one since it ends sooner, though it says the same.
    assert changed.status_code == 304
    assert changed["Cache-Control"] in ("public, max-age=9", "public, max-age=10")

    unpublish_title(title_id=films[7].title.pk)
    changed = get(client, **{"If-None-Match": first["ETag"], "Accept-Encoding": "gzip"})
    assert "Film 7" not in shown(json.loads(gzip.decompress(changed.content)))


def test_what_somebody_asks_by_get_is_kept_nowhere(
    owner: Person, films: list[Film], settings: Settings
) -> None:
    refused = get(Client())
    signed_in = get(Client(), Authorization=f"Bearer {owner.token}")
    settings.PUBLIC_CATALOGUE = True
    failed = Client().get("/graphql/", {"query": "{ home { rows(first: 0) { edges { cursor } } } }"})
    unsteady = Client().get("/graphql/", {"query": "{ viewer { id } }"})

    for answer in (refused, signed_in, failed, unsteady):
        assert answer["Cache-Control"] == "private, no-store"
        assert not answer.has_header("ETag")


def test_the_page_is_the_same_without_a_cache(gql: Ask, owner: Person, films: list[Film]) -> None:
    gql("AddToMyList", {"input": {"titleId": encode_id("Movie", films[2].title.pk)}}, as_=owner)
    first = gql("Home", as_=owner)
    cache.clear()

    assert gql("Home", as_=owner) == first
