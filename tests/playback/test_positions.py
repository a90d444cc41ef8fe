"""Heartbeats, stops and beacons: where a profile is, and who may say so."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import Marker
from playback.models import PlaybackSession, Progress
from playback.services.end_dead_sessions import end_dead_sessions
from playback.services.save_position import save_position
from tests.conftest import Ask
from tests.people import PASSWORD, Person
from tests.playback.conftest import Say, Start, codes
from tests.playback.library import Film
from vod.lib.graphql.ids import encode_id


def position(person: Person, film: Film) -> float | None:
    """What is kept of the person's place in the film."""
    row = Progress.objects.filter(profile=person.profile, video=film.video).first()
    return row.position_seconds if row else None


def lapse() -> None:
    """Time goes by without a beat: every lease is over."""
    PlaybackSession.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))


@pytest.fixture
def session(owner: Person, night_train: Film, start: Start) -> str:
    """The owner's stream of the night train, by its global id."""
    found: str = start(owner, night_train)["session"]["id"]
    return found


def beat(say: Say, person: Person | None, session: str, seconds: float, **more: Any) -> dict[str, Any]:
    return say("Heartbeat", person, sessionId=session, positionSeconds=seconds, **more)


def test_a_beat_keeps_the_place_and_the_position(
    owner: Person, night_train: Film, session: str, say: Say
) -> None:
    PlaybackSession.objects.update(lease_expires_at=timezone.now() + timedelta(seconds=2))

    payload = beat(say, owner, session, 12.5, state="PAUSED")

    assert payload["errors"] == []
    lease = datetime.fromisoformat(payload["session"]["leaseExpiresAt"])
    assert timedelta(seconds=80) < lease - timezone.now() <= timedelta(seconds=90)
    assert position(owner, night_train) == 12.5
    assert PlaybackSession.objects.get().state == "PAUSED"


def test_the_position_comes_back_at_the_next_start(
    owner: Person, night_train: Film, session: str, say: Say, start: Start
) -> None:
    beat(say, owner, session, 12.5)
    assert start(owner, night_train)["session"]["resumeSeconds"] == pytest.approx(11.9)


@pytest.mark.parametrize(("said", "kept"), [(-5, 0), (31, 30), (1e300, 30), (29.9, 29.9)])
def test_a_position_is_kept_within_the_film(
    owner: Person, night_train: Film, session: str, said: float, kept: float, say: Say
) -> None:
    assert codes(beat(say, owner, session, said)) == []
    assert position(owner, night_train) == kept


def test_a_position_that_is_no_number_is_refused_before_anything_happens(
    owner: Person, session: str, gql: Ask
) -> None:
    for wrong in ("12", True, 10**400, None):
        given = {"sessionId": session, "positionSeconds": wrong}
        answer = gql("Heartbeat", {"input": given}, as_=owner)
        assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT", wrong
    assert not Progress.objects.exists()


@pytest.mark.parametrize(("said", "seen"), [(28.4, False), (28.5, True), (30, True)])
def test_a_film_is_seen_when_nearly_all_of_it_is(
    owner: Person, session: str, said: float, seen: bool, say: Say
) -> None:
    beat(say, owner, session, said)
    assert Progress.objects.get().completed is seen


@pytest.mark.parametrize(("said", "seen"), [(19.9, False), (20, True)])
def test_a_film_is_seen_when_its_credits_begin(
    owner: Person, night_train: Film, session: str, said: float, seen: bool, say: Say
) -> None:
    Marker.objects.create(video=night_train.video, kind="CREDITS", start_seconds=2, end_seconds=4)
    Marker.objects.create(video=night_train.video, kind="CREDITS", start_seconds=20, end_seconds=30)
    beat(say, owner, session, said)
    assert Progress.objects.get().completed is seen


def test_looking_into_a_film_again_leaves_it_seen_until_it_is_watched(
    owner: Person, session: str, say: Say
) -> None:
    beat(say, owner, session, 30)
    beat(say, owner, session, 0.5)
    assert Progress.objects.get().completed is True
    beat(say, owner, session, 6)
    assert Progress.objects.get().completed is False


def test_a_player_that_has_not_found_its_place_yet_does_not_lose_it(
    owner: Person, night_train: Film, session: str, say: Say, start: Start
) -> None:
    beat(say, owner, session, 12)
    again = start(owner, night_train)["session"]["id"]

    say("StopPlayback", owner, sessionId=again, positionSeconds=0)

    assert position(owner, night_train) == 12


def test_a_stream_is_beaten_by_its_own_profile_only(
    other_adult: Person,
    kid: Person,
    stranger: Person,
    operator: Person,
    night_train: Film,
    session: str,
    say: Say,
) -> None:
    before = PlaybackSession.objects.get()

    for person in (other_adult, kid, stranger, operator):
        assert codes(beat(say, person, session, 9)) == ["NOT_FOUND"]
        assert position(person, night_train) is None
    assert codes(beat(say, None, session, 9)) == ["UNAUTHENTICATED"]

    assert PlaybackSession.objects.get().lease_expires_at == before.lease_expires_at
    assert not Progress.objects.exists()


def test_a_dead_stream_cannot_be_beaten_to_life(
    owner: Person, night_train: Film, session: str, say: Say
) -> None:
    lapse()

    assert codes(beat(say, owner, session, 9)) == ["SESSION_ENDED"]
    assert codes(beat(say, owner, session, 9)) == ["SESSION_ENDED"]

    assert not PlaybackSession.objects.live(timezone.now()).exists()
    assert position(owner, night_train) is None


def test_a_beat_ends_the_stream_of_a_title_that_was_withdrawn(
    owner: Person, night_train: Film, session: str, say: Say
) -> None:
    night_train.title.published_at = None
    night_train.title.save()

    assert codes(beat(say, owner, session, 9)) == ["SESSION_ENDED"]

    assert PlaybackSession.objects.get().ended_at is not None


def test_stopping_keeps_the_position_and_can_be_said_twice(
    owner: Person, night_train: Film, session: str, say: Say
) -> None:
    for _ in range(2):
        assert codes(say("StopPlayback", owner, sessionId=session, positionSeconds=15)) == []

    assert position(owner, night_train) == 15
    assert codes(beat(say, owner, session, 3)) == ["SESSION_ENDED"]


def test_another_member_may_stop_a_stream_but_not_move_it(
    owner: Person, other_adult: Person, night_train: Film, session: str, say: Say
) -> None:
    beat(say, owner, session, 12)

    assert codes(say("StopPlayback", other_adult, sessionId=session, positionSeconds=1)) == []

    assert PlaybackSession.objects.get().ended_at is not None
    assert position(owner, night_train) == 12
    assert position(other_adult, night_train) is None


def test_nobody_else_may_stop_a_stream(stranger: Person, operator: Person, session: str, say: Say) -> None:
    for person in (stranger, operator):
        assert codes(say("StopPlayback", person, sessionId=session, positionSeconds=1)) == ["NOT_FOUND"]
    assert codes(say("StopPlayback", None, sessionId=session)) == ["UNAUTHENTICATED"]

    assert PlaybackSession.objects.get().ended_at is None
    assert not Progress.objects.exists()


def test_a_player_that_slept_through_its_lease_still_keeps_its_position(
    owner: Person, night_train: Film, session: str, say: Say
) -> None:
    beat(say, owner, session, 6)
    Progress.objects.update(updated_at=timezone.now() - timedelta(minutes=5))
    lapse()

    say("StopPlayback", owner, sessionId=session, positionSeconds=9)

    assert position(owner, night_train) == 9


def test_a_dead_stream_does_not_take_a_living_one_back(
    owner: Person, night_train: Film, session: str, say: Say, start: Start
) -> None:
    say("StopPlayback", owner, sessionId=session)
    living = start(owner, night_train)["session"]["id"]
    beat(say, owner, living, 20)

    say("StopPlayback", owner, sessionId=session, positionSeconds=3)

    assert position(owner, night_train) == 20


def test_the_later_position_wins_by_the_servers_time(owner: Person, night_train: Film) -> None:
    now = timezone.now()
    for at, seconds in ((now, 10.0), (now - timedelta(seconds=1), 5.0), (now + timedelta(seconds=1), 8.0)):
        save_position(profile_id=owner.profile.pk, video=night_train.video, position_seconds=seconds, at=at)
    assert position(owner, night_train) == 8


def test_positions_of_two_profiles_are_never_mixed(
    owner: Person, other_adult: Person, night_train: Film, session: str, say: Say, start: Start
) -> None:
    theirs = start(other_adult, night_train)["session"]["id"]

    beat(say, owner, session, 10)
    beat(say, other_adult, theirs, 20)
    beat(say, owner, session, 11)

    assert (position(owner, night_train), position(other_adult, night_train)) == (11, 20)


def test_streams_without_a_beat_are_marked_as_ended_when_their_lease_was(session: str) -> None:
    assert end_dead_sessions() == 0
    lapse()

    assert end_dead_sessions() == 1
    assert end_dead_sessions() == 0

    row = PlaybackSession.objects.get()
    assert row.ended_at == row.lease_expires_at


# ---------------------------------------------------------------- beacons


def send(
    client: Client, session: str, body: object, *, kind: str = "text/plain;charset=UTF-8", **headers: str
) -> int:
    """The status of a beacon's answer; `body` is sent as JSON unless it is a string."""
    sent = client.post(
        f"/api/playback/{session}/position",
        body if isinstance(body, str) else json.dumps(body),
        content_type=kind,
        **headers,  # type: ignore[arg-type]
    )
    assert sent.status_code != 204 or sent.content == b""
    return sent.status_code


def bearer(person: Person) -> dict[str, str]:
    return {"HTTP_AUTHORIZATION": f"Bearer {person.token}"}


@pytest.fixture
def browser(owner: Person) -> Client:
    """The owner's browser, signed in by cookie, which insists on CSRF as a real server does."""
    client = Client(enforce_csrf_checks=True)
    assert client.login(email=owner.user.email, password=PASSWORD)
    stored = client.session
    stored["active_profile"] = str(owner.profile.pk)
    stored.save()
    return client


def test_a_beacon_of_a_closing_page_keeps_the_position(
    browser: Client, owner: Person, night_train: Film, session: str
) -> None:
    status = send(browser, session, {"positionSeconds": 14}, HTTP_SEC_FETCH_SITE="same-origin")

    assert status == 204
    assert position(owner, night_train) == 14
    assert PlaybackSession.objects.get().ended_at is None


def test_a_beacon_can_end_the_stream(browser: Client, owner: Person, night_train: Film, session: str) -> None:
    body = {"positionSeconds": 14.5, "ended": True}

    assert send(browser, session, body, kind="application/json", HTTP_ORIGIN="http://testserver") == 204

    assert position(owner, night_train) == 14.5
    assert PlaybackSession.objects.get().ended_at is not None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_SEC_FETCH_SITE": "none"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "http://testserver.evil.example"},
        {"HTTP_ORIGIN": "null"},
    ],
)
def test_a_beacon_of_another_site_changes_nothing(
    browser: Client, session: str, headers: dict[str, str]
) -> None:
    assert send(browser, session, {"positionSeconds": 14, "ended": True}, **headers) == 403

    assert not Progress.objects.exists()
    assert PlaybackSession.objects.get().ended_at is None


def test_a_program_sends_the_same_with_its_token(
    client: Client, owner: Person, night_train: Film, session: str
) -> None:
    assert send(client, session, {"positionSeconds": 7}, **bearer(owner)) == 204
    assert position(owner, night_train) == 7


def test_beacons_of_others_change_nothing(
    client: Client, stranger: Person, operator: Person, other_adult: Person, session: str
) -> None:
    body = {"positionSeconds": 14}
    for person in (stranger, operator):
        assert send(client, session, {**body, "ended": True}, **bearer(person)) == 404
    assert send(client, session, {**body, "ended": True}) == 401
    assert send(client, session, body, **bearer(other_adult)) == 204

    assert not Progress.objects.exists()
    assert PlaybackSession.objects.get().ended_at is None


@pytest.mark.parametrize(
    "body",
    [
        "",
        "nonsense",
        "[]",
        "null",
        "[" * 5000,
        '{"positionSeconds": "14"}',
        '{"positionSeconds": true}',
        '{"positionSeconds": NaN}',
        '{"positionSeconds": 1e999}',
        '{"positionSeconds": ' + "9" * 400 + "}",
        '{"ended": true}',
        '{"positionSeconds": 1, "ended": "yes"}',
        '{"positionSeconds": 1, "more": "' + "x" * 5000 + '"}',
    ],
)
def test_a_beacon_that_says_no_position_is_refused(
    client: Client, owner: Person, session: str, body: str
) -> None:
    assert send(client, session, body, **bearer(owner)) == 400

    assert not Progress.objects.exists()
    assert PlaybackSession.objects.get().ended_at is None


def test_a_beacon_to_a_stream_that_never_was_is_not_found(
    client: Client, owner: Person, night_train: Film
) -> None:
    for wrong in ("x", night_train.id, encode_id("PlaybackSession", night_train.video.pk)):
        assert send(client, wrong, {"positionSeconds": 1}, **bearer(owner)) == 404


def test_beacons_are_only_posted(client: Client, owner: Person, session: str) -> None:
    response = client.get(f"/api/playback/{session}/position", **bearer(owner))  # type: ignore[arg-type]
    assert response.status_code == 405
