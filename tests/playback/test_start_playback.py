from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Plan, User
from playback.models import PlaybackSession, Progress
from playback.services.start_playback import StreamLimitReached, start_playback
from tests.conftest import Ask
from tests.people import Person, make_person, make_token, make_user
from tests.playback.conftest import Say, Start, codes
from tests.playback.library import Film, make_film, make_series
from transcoding.models import AssetState
from vod.lib.graphql.ids import encode_id

CLIENTS = 20


def test_a_person_starts_a_film_and_gets_everything_to_play_it(
    owner: Person, night_train: Film, start: Start
) -> None:
    payload = start(owner, night_train)

    assert payload["errors"] == []
    assert payload["conflicts"] == []
    session = payload["session"]
    assert session["manifestUrl"].startswith("/stream/")
    assert session["manifestUrl"].endswith(f"/{night_train.version.pk}/master.m3u8")
    assert session["storyboardUrl"] is None
    assert session["resumeSeconds"] == 0
    assert session["heartbeatSeconds"] == 30
    assert session["video"]["id"] == night_train.id
    assert session["nextVideo"] is None
    row = PlaybackSession.objects.get()
    assert (row.user_id, row.profile_id, row.login) == (owner.user.pk, owner.profile.pk, owner.actor.login)
    assert timedelta(seconds=80) < row.lease_expires_at - timezone.now() <= timedelta(seconds=90)


@pytest.mark.parametrize("encryption", ["", "aes-128"])
def test_the_answer_may_carry_what_the_master_says(
    owner: Person, night_train: Film, gql: Ask, settings: Settings, encryption: str
) -> None:
    settings.SEGMENT_ENCRYPTION = encryption
    Plan.objects.update(max_height=480)

    asked = "mutation($input: StartPlaybackInput!) { startPlayback(input: $input) { session { manifestUrl manifest } } }"
    given = {"videoId": night_train.id, "deviceName": "Sofa", "deviceId": None}
    session = gql(asked, {"input": given}, as_=owner)["data"]["startPlayback"]["session"]

    assert session["manifest"].startswith("#EXTM3U\n")
    assert "video-720" not in session["manifest"]
    assert session["manifest"] == Client().get(session["manifestUrl"]).getvalue().decode()


def test_everyone_with_a_profile_may_watch(
    owner: Person,
    other_adult: Person,
    kid: Person,
    stranger: Person,
    operator: Person,
    night_train: Film,
    start: Start,
) -> None:
    Plan.objects.update(max_streams=9)
    for person in (owner, other_adult, kid, stranger, operator):
        assert codes(start(person, night_train)) == []


def test_nobody_may_watch_without_signing_in(night_train: Film, start: Start) -> None:
    payload = start(None, night_train)

    assert codes(payload) == ["UNAUTHENTICATED"]
    assert payload["session"] is None
    assert not PlaybackSession.objects.exists()


def test_a_person_without_a_profile_chooses_one_first(owner: Person, night_train: Film, start: Start) -> None:
    without = Person(owner.user, owner.profile, make_token(owner.user))

    assert codes(start(without, night_train)) == ["PROFILE_REQUIRED"]
    assert not PlaybackSession.objects.exists()


def test_an_operator_may_watch_without_a_profile_and_leaves_no_position(
    operator: Person, night_train: Film, start: Start, gql: Ask, client: Client
) -> None:
    without = Person(operator.user, operator.profile, make_token(operator.user))
    session = start(without, night_train)["session"]

    beat = gql(
        "Heartbeat",
        {"input": {"sessionId": session["id"], "positionSeconds": 9.0, "state": "PLAYING"}},
        without,
    )

    assert beat["data"]["heartbeat"]["errors"] == []
    assert client.get(session["manifestUrl"]).status_code == 200
    assert session["resumeSeconds"] == 0
    assert not Progress.objects.exists()


def test_a_title_above_the_limit_does_not_exist_for_a_child(kid: Person, start: Start) -> None:
    for_adults = make_film("Cellar", minimum_age=16)
    unrated = make_film("Found footage", minimum_age=None)

    assert codes(start(kid, for_adults)) == ["NOT_FOUND"]
    assert codes(start(kid, unrated)) == ["NOT_FOUND"]
    assert not PlaybackSession.objects.exists()


def test_a_draft_can_be_watched_by_operators_only(
    owner: Person, operator: Person, night_train: Film, start: Start
) -> None:
    night_train.title.published_at = None
    night_train.title.save()

    assert codes(start(owner, night_train)) == ["NOT_FOUND"]
    assert codes(start(operator, night_train)) == []


@pytest.mark.parametrize("wrong", ["", "nonsense", "Vmlkm", "x" * 5000])
def test_an_id_that_is_none_is_not_found(owner: Person, wrong: str, say: Say) -> None:
    assert codes(say("StartPlayback", owner, videoId=wrong, deviceName="Sofa")) == ["NOT_FOUND"]


def test_an_id_of_another_type_is_not_found(owner: Person, night_train: Film, say: Say) -> None:
    as_title = encode_id("Movie", night_train.video.pk)
    assert codes(say("StartPlayback", owner, videoId=as_title, deviceName="Sofa")) == ["NOT_FOUND"]


@pytest.mark.parametrize("state", [AssetState.UPLOADED, AssetState.ENCODING, AssetState.FAILED])
def test_what_is_not_made_yet_is_not_playable(owner: Person, state: str, start: Start) -> None:
    payload = start(owner, make_film(state=state))

    assert codes(payload) == ["NOT_PLAYABLE"]
    assert not PlaybackSession.objects.exists()


def test_a_video_without_a_film_is_not_playable(owner: Person, night_train: Film, start: Start) -> None:
    night_train.video.asset = None
    night_train.video.save()

    assert codes(start(owner, night_train)) == ["NOT_PLAYABLE"]


def test_the_storyboard_lies_beside_the_manifest(owner: Person, night_train: Film, start: Start) -> None:
    night_train.version.has_storyboard = True
    night_train.version.save()

    session = start(owner, night_train)["session"]

    folder = session["manifestUrl"].removesuffix("master.m3u8")
    assert session["storyboardUrl"] == f"{folder}storyboard/index.vtt"


def test_over_the_limit_the_streams_that_hold_the_places_are_named(
    owner: Person, other_adult: Person, kid: Person, night_train: Film, start: Start
) -> None:
    first = start(owner, night_train, device="Sofa")["session"]
    second = start(other_adult, night_train, device="  Kitchen \n tablet ")["session"]

    payload = start(kid, night_train, device="Phone")

    assert codes(payload) == ["STREAM_LIMIT"]
    assert payload["session"] is None
    named = [(c["id"], c["deviceName"], c["profileName"]) for c in payload["conflicts"]]
    assert named == [(first["id"], "Sofa", "Olive"), (second["id"], "Kitchen tablet", "Arthur")]
    assert all(conflict["startedAt"] for conflict in payload["conflicts"])
    assert PlaybackSession.objects.count() == 2


def test_stop_that_one_and_watch_here(
    owner: Person, other_adult: Person, kid: Person, night_train: Film, start: Start, say: Say
) -> None:
    start(owner, night_train)
    start(other_adult, night_train)
    conflict = start(kid, night_train)["conflicts"][0]

    stopped = say("StopPlayback", kid, sessionId=conflict["id"])

    assert stopped == {"session": {"id": conflict["id"]}, "errors": []}
    assert codes(start(kid, night_train)) == []


def test_a_strangers_streams_hold_no_place_of_ours(
    owner: Person, stranger: Person, night_train: Film, start: Start
) -> None:
    start(stranger, night_train)
    start(stranger, night_train)

    assert codes(start(owner, night_train)) == []
    assert codes(start(owner, night_train)) == []
    assert codes(start(owner, night_train)) == ["STREAM_LIMIT"]


def test_a_device_with_an_id_replaces_its_own_stream(owner: Person, night_train: Film, start: Start) -> None:
    first = start(owner, night_train, device_id="tv-1")["session"]
    start(owner, night_train, device_id="tv-2")

    again = start(owner, night_train, device_id="tv-1")

    assert codes(again) == []
    assert again["session"]["id"] != first["id"]
    assert PlaybackSession.objects.live(timezone.now()).count() == 2


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  ", "A device"),
        ("TV\u0000 in\nthe\u202e hall", "TV in the hall"),
        ("\ud800 phone", "phone"),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_device_name_fits_one_line(
    owner: Person, night_train: Film, given: str, kept: str, start: Start
) -> None:
    assert codes(start(owner, night_train, device=given)) == []
    assert PlaybackSession.objects.get().device_name == kept


@pytest.mark.parametrize("wrong", ["x" * 81, "a\u0000b", "a\nb"])
def test_a_device_id_that_is_none_is_refused(
    owner: Person, night_train: Film, wrong: str, start: Start
) -> None:
    payload = start(owner, night_train, device_id=wrong)
    assert codes(payload) == ["INVALID"]
    assert payload["errors"][0]["field"] == "deviceId"
    assert not PlaybackSession.objects.exists()


def test_a_refused_start_does_not_end_the_devices_own_stream(
    owner: Person, night_train: Film, start: Start
) -> None:
    start(owner, night_train, device_id="tv-1")

    start(owner, make_film("Unmade", state=AssetState.ENCODING), device_id="tv-1")

    assert PlaybackSession.objects.live(timezone.now()).count() == 1


def test_a_stream_whose_lease_is_over_gives_its_place_back(
    owner: Person, night_train: Film, start: Start
) -> None:
    start(owner, night_train)
    start(owner, night_train)
    PlaybackSession.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))

    assert codes(start(owner, night_train)) == []


def test_a_child_sees_who_holds_the_places_but_not_what_they_watch(
    owner: Person, kid: Person, start: Start, gql: Ask
) -> None:
    cellar = make_film("Cellar", minimum_age=16)
    session = start(owner, cellar)["session"]

    answer = gql("Node", {"id": session["id"]}, as_=kid)

    assert answer["data"]["node"] is None


def test_an_episode_names_the_next_one(owner: Person, start: Start) -> None:
    first, second, third, last = make_series(seasons=(2, 2))
    Plan.objects.update(max_streams=9)

    assert start(owner, first)["session"]["nextVideo"]["id"] == second.id
    assert start(owner, second)["session"]["nextVideo"]["id"] == third.id
    assert start(owner, last)["session"]["nextVideo"] is None


def test_an_episode_that_is_not_made_yet_is_not_next(owner: Person, start: Start) -> None:
    first, second = make_series(seasons=(2,))
    second.version.asset.state = AssetState.ENCODING
    second.version.asset.save()

    assert start(owner, first)["session"]["nextVideo"] is None


@pytest.mark.parametrize(
    ("position", "resumes"),
    [(0.4, 0), (12.0, 11.4), (28.4, 27.8), (28.6, 0), (30.0, 0)],
)
def test_a_film_goes_on_a_little_before_where_it_stopped(
    owner: Person, night_train: Film, position: float, resumes: float, start: Start
) -> None:
    Progress.objects.create(
        profile=owner.profile, video=night_train.video, position_seconds=position, updated_at=timezone.now()
    )

    assert start(owner, night_train)["session"]["resumeSeconds"] == pytest.approx(resumes)


def test_a_film_that_has_been_seen_begins_anew(owner: Person, night_train: Film, start: Start) -> None:
    Progress.objects.create(
        profile=owner.profile,
        video=night_train.video,
        position_seconds=20,
        completed=True,
        updated_at=timezone.now(),
    )

    assert start(owner, night_train)["session"]["resumeSeconds"] == 0


def test_twenty_at_once_on_a_plan_of_two_are_exactly_two(real_database: None) -> None:
    Plan.objects.update_or_create(is_default=True, defaults={"name": "Two", "max_streams": 2})
    person = make_person(make_user("olive@example.org"), "Olive")
    film = make_film()
    actor = person.actor
    assert actor.max_streams == 2

    def ask(number: int) -> str:
        try:
            start_playback(actor=actor, video_id=film.video.pk, device_name=f"Device {number}")
            return "started"
        except StreamLimitReached as reached:
            return f"refused by {len(reached.conflicts)}"
        finally:
            connection.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = sorted(pool.map(ask, range(CLIENTS)))

    assert answers == ["refused by 2"] * (CLIENTS - 2) + ["started"] * 2
    assert PlaybackSession.objects.filter(user=User.objects.get()).count() == 2
