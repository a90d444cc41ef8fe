"""What players say of how their streams run, and who may say it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from playback.models import PlaybackSession, QualityEvent
from playback.services import note_quality
from playback.services.drop_old_quality import drop_old_quality
from tests.people import PASSWORD, Person
from tests.playback.conftest import Start
from tests.playback.library import Film
from vod.lib.graphql.ids import encode_id
from vod.lib.metrics import exposition

STALL = {"type": "STALL", "seconds": 1.5, "position": 61.5}


@pytest.fixture
def session(owner: Person, night_train: Film, start: Start) -> str:
    """The owner's stream, by its global id."""
    found: str = start(owner, night_train)["session"]["id"]
    return found


def send(
    client: Client, session: str, events: object, person: Person | None, **headers: str
) -> tuple[int, dict[str, Any]]:
    """Status and body of the answer."""
    if person is not None:
        headers = {"HTTP_AUTHORIZATION": f"Bearer {person.token}", **headers}
    sent = client.post(
        f"/api/playback/{session}/quality",
        events if isinstance(events, str) else json.dumps({"events": events}),
        content_type="text/plain;charset=UTF-8",
        **headers,  # type: ignore[arg-type]
    )
    return sent.status_code, json.loads(sent.content or b"{}")


def figure(name: str) -> float:
    found = [line for line in exposition().decode().splitlines() if line.startswith(f"{name} ")]
    return float(found[0].rpartition(" ")[2]) if found else 0.0


def test_each_kind_of_event_is_kept_with_its_words(client: Client, owner: Person, session: str) -> None:
    events = [
        {"type": "START", "seconds": 0.84, "ago": 12.5},
        {"type": "SWITCH", "height": 1080, "bitrate": 5_200_000, "position": 8.0},
        STALL,
        {"type": "PLAYED", "seconds": 30},
        {"type": "ERROR", "code": "NETWORK", "fatal": True, "status": 503},
    ]
    before = {
        name: figure(name) for name in ("lantern_play_stall_seconds_count", "lantern_played_seconds_total")
    }

    assert send(client, session, events, owner) == (204, {})

    now = timezone.now()
    start, switch, stall, played, error = QualityEvent.objects.order_by("id")
    assert {row.session_id for row in QualityEvent.objects.all()} == {PlaybackSession.objects.get().pk}
    assert (start.kind, start.seconds) == ("START", 0.84)
    assert timedelta(seconds=12.5) <= now - start.at < timedelta(seconds=60)
    assert (switch.height, switch.bitrate, switch.position_seconds) == (1080, 5_200_000, 8.0)
    assert (stall.kind, stall.seconds, stall.position_seconds) == ("STALL", 1.5, 61.5)
    assert (played.kind, played.seconds) == ("PLAYED", 30.0)
    assert (error.code, error.fatal, error.status) == ("NETWORK", True, 503)
    assert {name: figure(name) - value for name, value in before.items()} == {
        "lantern_play_stall_seconds_count": 1,
        "lantern_played_seconds_total": 30,
    }


def test_a_page_sends_by_cookie_from_its_own_site_only(owner: Person, session: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.login(email=owner.user.email, password=PASSWORD)
    assert send(browser, session, [STALL], None, HTTP_SEC_FETCH_SITE="cross-site")[0] == 403
    assert send(browser, session, [STALL], None)[0] == 403
    assert not QualityEvent.objects.exists()

    assert send(browser, session, [STALL], None, HTTP_SEC_FETCH_SITE="same-origin")[0] == 204
    assert QualityEvent.objects.count() == 1


def test_only_the_streams_own_account_says_anything(
    client: Client, other_adult: Person, stranger: Person, operator: Person, session: str
) -> None:
    for person in (stranger, operator):
        assert send(client, session, [STALL], person)[0] == 404
    assert send(client, session, [STALL], None)[0] == 401
    assert not QualityEvent.objects.exists()

    assert send(client, session, [STALL], other_adult)[0] == 204


def test_a_stream_that_never_was_says_nothing(client: Client, owner: Person, night_train: Film) -> None:
    for wrong in ("x", night_train.id, encode_id("PlaybackSession", night_train.video.pk)):
        assert send(client, wrong, [STALL], owner)[0] == 404


def test_a_stream_says_how_it_ended_but_not_days_later(client: Client, owner: Person, session: str) -> None:
    now = timezone.now()
    PlaybackSession.objects.update(ended_at=now, lease_expires_at=now - timedelta(hours=2))
    assert send(client, session, [STALL], owner)[0] == 204
    PlaybackSession.objects.update(lease_expires_at=now - timedelta(hours=25))
    assert send(client, session, [STALL], owner)[0] == 404
    assert QualityEvent.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        '{"events": []}',
        '{"events": {}}',
        '{"events": [1]}',
        '{"events": [{}]}',
        '{"events": [{"type": "SHRUG"}]}',
        '{"events": [{"type": ["STALL"], "seconds": 1}]}',
        '{"events": [{"type": "STALL"}]}',
        '{"events": [{"type": "STALL", "seconds": "1"}]}',
        '{"events": [{"type": "STALL", "seconds": true}]}',
        '{"events": [{"type": "STALL", "seconds": null}]}',
        '{"events": [{"type": "STALL", "seconds": -1}]}',
        '{"events": [{"type": "STALL", "seconds": NaN}]}',
        '{"events": [{"type": "STALL", "seconds": 1e9}]}',
        '{"events": [{"type": "STALL", "seconds": 1, "ago": 1e9}]}',
        '{"events": [{"type": "STALL", "seconds": 1, "more": 1}]}',
        '{"events": [{"type": "STALL", "seconds": 1, "height": 1}]}',
        '{"events": [{"type": "SWITCH", "height": 1e300}]}',
        '{"events": [{"type": "ERROR", "code": "MINE"}]}',
        '{"events": [{"type": "ERROR", "code": ["MEDIA"]}]}',
        '{"events": [{"type": "ERROR", "code": "MEDIA", "fatal": 1}]}',
        '{"events": [' + ", ".join(['{"type": "PLAYED", "seconds": 1}'] * 101) + "]}",
        '{"events": [{"type": "PLAYED", "seconds": 1}], "more": "' + "x" * 17_000 + '"}',
    ],
)
def test_what_is_no_event_is_refused(client: Client, owner: Person, session: str, body: str) -> None:
    assert send(client, session, body, owner)[0] == 400
    assert not QualityEvent.objects.exists()


def test_of_a_batch_all_is_kept_or_nothing(client: Client, owner: Person, session: str) -> None:
    status, said = send(client, session, [STALL, {"type": "STALL"}], owner)
    assert (status, said) == (400, {"message": "STALL says seconds."})
    assert not QualityEvent.objects.exists()

    assert send(client, session, [STALL] * 100, owner)[0] == 204
    assert QualityEvent.objects.count() == 100


def test_a_stream_says_only_so_much(
    client: Client, owner: Person, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note_quality, "MOST_EVENTS_OF_STREAM", 5)
    assert send(client, session, [STALL] * 3, owner)[0] == 204
    assert send(client, session, [STALL] * 3, owner)[0] == 429
    assert send(client, session, [STALL] * 2, owner)[0] == 204
    assert send(client, session, [STALL], owner)[0] == 429
    assert QualityEvent.objects.count() == 5


def test_what_is_old_goes_batch_by_batch(
    session: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playback.services.drop_old_quality.BATCH", 2)
    settings.QUALITY_DAYS = 3
    stream, now = PlaybackSession.objects.get(), timezone.now()
    for hours in (1, 71, 73, 90, 200):
        QualityEvent.objects.create(session=stream, kind="STALL", at=now - timedelta(hours=hours))

    assert drop_old_quality() == 3
    assert drop_old_quality() == 0
    assert QualityEvent.objects.count() == 2


def test_what_was_said_goes_with_the_account(owner: Person, client: Client, session: str) -> None:
    send(client, session, [STALL], owner)
    owner.user.delete()
    assert not QualityEvent.objects.exists()
