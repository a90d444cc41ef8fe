"""What ends a stream for its next segment, in the middle of a live lease; and what does not."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Plan, Profile, User
from playback.models import PlaybackSession
from tests.conftest import Ask
from tests.people import PASSWORD, Person, make_person, make_token
from tests.playback.conftest import Say, Start, codes
from tests.playback.library import Film, make_film, make_segments

SEGMENT = "video-720/00001.m4s"
Folder = Callable[..., str]


@pytest.fixture
def film(night_train: Film) -> Film:
    make_segments(night_train.version, "video-720", "video-1080")
    return night_train


@pytest.fixture
def folder(film: Film, start: Start) -> Folder:
    """`folder(person, device=...)`: what a new stream of theirs may fetch from."""

    def begin(person: Person, *, device: str = "Sofa", of: Film = film) -> str:
        url: str = start(person, of, device=device)["session"]["manifestUrl"]
        return url.removesuffix("master.m3u8")

    return begin


def status(folder: str, name: str = SEGMENT) -> int:
    """Of a request by nobody, as players send it."""
    answer = Client().get(folder + name)
    body = answer.getvalue()
    answer.close()
    assert answer.status_code == 200 or body == b""
    return answer.status_code


def test_another_password_ends_the_accounts_streams_and_no_others(
    owner: Person, stranger: Person, folder: Folder
) -> None:
    ours, theirs = folder(owner), folder(stranger)
    user = User.objects.get(pk=owner.user.pk)
    user.set_password("another lantern in the window")
    user.save()

    assert (status(ours), status(theirs)) == (403, 200)

    again = Person(user, owner.profile, make_token(user, owner.profile))
    assert status(folder(again)) == 200


def test_a_beat_of_a_stream_from_before_another_password_says_that_it_is_over(
    owner: Person, film: Film, start: Start, say: Say
) -> None:
    session = start(owner, film)["session"]["id"]
    user = User.objects.get(pk=owner.user.pk)
    user.set_password("another lantern in the window")
    user.save()
    again = Person(user, owner.profile, make_token(user, owner.profile))

    assert codes(say("Heartbeat", again, sessionId=session, positionSeconds=9.0)) == ["SESSION_ENDED"]
    assert PlaybackSession.objects.get().ended_at is not None


@pytest.mark.parametrize("page", ["/accounts/logout/", "/admin/logout/"])
def test_signing_out_by_any_page_ends_what_was_started_there(
    operator: Person, film: Film, gql: Ask, folder: Folder, page: str
) -> None:
    browser = Client()
    assert browser.login(email=operator.user.email, password=PASSWORD)
    given = {"videoId": film.id, "deviceName": "Browser"}
    payload = gql("StartPlayback", {"input": given}, client=browser)["data"]["startPlayback"]
    here = payload["session"]["manifestUrl"].removesuffix("master.m3u8")
    elsewhere = folder(operator)
    assert (status(here), status(elsewhere)) == (200, 200)

    browser.post(page)

    assert (status(here), status(elsewhere)) == (403, 200)


def test_a_plan_with_fewer_places_ends_the_streams_that_hold_the_others(
    owner: Person, other_adult: Person, kid: Person, folder: Folder
) -> None:
    plan = Plan.objects.create(name="Three", max_streams=3)
    User.objects.filter(pk=owner.user.pk).update(plan=plan)
    folders = [folder(person, device=person.profile.name) for person in (owner, other_adult, kid)]
    assert [status(each) for each in folders] == [200, 200, 200]

    Plan.objects.filter(pk=plan.pk).update(max_streams=1)
    assert [status(each) for each in folders] == [200, 403, 403]

    Plan.objects.filter(pk=plan.pk).update(max_streams=0)
    assert [status(each) for each in folders] == [403, 403, 403]


def test_the_end_of_a_plan_leaves_what_the_default_one_gives(
    owner: Person, other_adult: Person, folder: Folder
) -> None:
    Plan.objects.filter(is_default=True).update(max_streams=1, max_height=720)
    plan = Plan.objects.create(name="All", max_streams=2, max_height=2160)
    User.objects.filter(pk=owner.user.pk).update(plan=plan)
    first, second = folder(owner), folder(other_adult, device="Kitchen")
    assert [status(first, "video-1080/00001.m4s"), status(second)] == [200, 200]

    User.objects.filter(pk=owner.user.pk).update(plan=None)

    assert [status(first, "video-1080/00001.m4s"), status(first), status(second)] == [404, 200, 403]


def test_a_place_that_became_free_is_the_next_streams(
    owner: Person, other_adult: Person, film: Film, start: Start, say: Say
) -> None:
    Plan.objects.filter(is_default=True).update(max_streams=2)
    first = start(owner, film, device="Sofa")["session"]["id"]
    start(other_adult, film, device="Kitchen")
    say("StopPlayback", owner, sessionId=first)
    start(owner, film, device="Desk")

    live = PlaybackSession.objects.live(timezone.now()).order_by("place")
    assert list(live.values_list("place", "device_name")) == [(0, "Desk"), (1, "Kitchen")]


def test_an_operator_who_is_one_no_more_is_cut_off_from_drafts_and_without_a_profile(
    operator: Person, film: Film, folder: Folder
) -> None:
    draft = make_film("Draft")
    make_segments(draft.version, "video-720")
    draft.title.published_at = None
    draft.title.save()
    without = Person(operator.user, operator.profile, make_token(operator.user))
    Plan.objects.filter(is_default=True).update(max_streams=9)
    folders = [folder(operator, of=draft), folder(without, device="Desk"), folder(operator, device="Bed")]
    assert [status(each) for each in folders] == [200, 200, 200]

    User.objects.filter(pk=operator.user.pk).update(is_staff=False)

    assert [status(each) for each in folders] == [403, 403, 200]


def test_a_profile_that_becomes_a_childs_is_cut_off_from_what_children_do_not_see(
    owner: Person, film: Film, folder: Folder
) -> None:
    unrated = make_film("Found footage", minimum_age=None)
    make_segments(unrated.version, "video-720")
    for_adults, for_all = folder(owner, of=unrated), folder(owner, device="Desk")
    assert (status(for_adults), status(for_all)) == (200, 200)

    Profile.objects.filter(pk=owner.profile.pk).update(is_kids=True, maturity_limit=7)

    assert (status(for_adults), status(for_all)) == (403, 200)


def test_a_deleted_profile_is_cut_off(owner: Person, folder: Folder) -> None:
    spare = make_person(owner.user, "Spare")
    theirs = folder(spare)
    assert status(theirs) == 200
    Profile.objects.filter(pk=spare.profile.pk).delete()
    assert status(theirs) == 403


def test_stopping_another_device_gives_its_place_at_once(
    owner: Person, other_adult: Person, film: Film, start: Start, say: Say
) -> None:
    Plan.objects.filter(is_default=True).update(max_streams=1)
    taken = start(other_adult, film, device="Kitchen")["session"]
    refused = start(owner, film, device="Sofa")
    assert codes(refused) == ["STREAM_LIMIT"]
    (conflict,) = refused["conflicts"]
    assert (conflict["deviceName"], conflict["profileName"]) == ("Kitchen", "Arthur")

    assert codes(say("StopPlayback", owner, sessionId=conflict["id"])) == []

    here = start(owner, film, device="Sofa")["session"]["manifestUrl"].removesuffix("master.m3u8")
    assert status(taken["manifestUrl"].removesuffix("master.m3u8")) == 403
    assert status(here) == 200
