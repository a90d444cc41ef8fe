"""Streams of the product as it runs: several processes, clients at the same moment, a clock that really goes, death."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

from django.utils import timezone
from pytest_django import Settings

from accounts.models import Plan
from playback.models import PlaybackSession, QualityEvent
from tests.people import make_person, make_user
from tests.playback.library import make_film, make_segments
from tests.playback.served import Serve
from tests.playback.served import serve as serve

CLIENTS = 20
LEASE_SECONDS = 6
SEGMENT = "video-720/00001.m4s"


def test_twenty_clients_of_several_processes_on_a_plan_of_two_are_exactly_two(serve: Serve) -> None:
    Plan.objects.update_or_create(is_default=True, defaults={"name": "Two", "max_streams": 2})
    user = make_user("olive@example.org")
    people = [make_person(user, name) for name in ("Olive", "Arthur", "Ida", "Jo")]
    film = make_film()
    served = serve(WEB_PROCESSES="2")
    together = threading.Barrier(CLIENTS)

    def ask(number: int) -> str:
        together.wait(60)
        payload = served.change(
            "StartPlayback", people[number % len(people)], videoId=film.id, deviceName=f"Device {number}"
        )
        if payload["session"]:
            return "started"
        return f"{payload['errors'][0]['code']} {len(payload['conflicts'])}"

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = sorted(pool.map(ask, range(CLIENTS)))

    assert answers == ["STREAM_LIMIT 2"] * (CLIENTS - 2) + ["started"] * 2
    live = PlaybackSession.objects.live(timezone.now()).filter(user=user)
    assert sorted(live.values_list("place", flat=True)) == [0, 1]

    # "Stop that one, watch here" works at once.
    refused = served.change("StartPlayback", people[0], videoId=film.id, deviceName="Here")
    served.change("StopPlayback", people[0], sessionId=refused["conflicts"][0]["id"])
    assert served.change("StartPlayback", people[0], videoId=film.id, deviceName="Here")["session"]


def test_a_film_of_five_leases_plays_without_a_stall_and_who_never_beats_is_cut_off(
    serve: Serve, settings: Settings
) -> None:
    person = make_person(make_user("olive@example.org"), "Olive")
    film = make_film()
    make_segments(film.version, "video-720")
    # The test's own home, where the segments lie.
    served = serve(
        PLAYBACK_LEASE_SECONDS=str(LEASE_SECONDS), PLAYBACK_BEAT_SECONDS="2", VOD_HOME=str(settings.VOD_HOME)
    )
    beating, silent = (
        served.change("StartPlayback", person, videoId=film.id, deviceName=name)["session"]
        for name in ("Sofa", "Silent")
    )
    begun, refused_after, beaten = time.monotonic(), 0.0, 0.0
    while (now := time.monotonic() - begun) < 5 * LEASE_SECONDS:
        assert served.get(_segment(beating))[0] == 200, now
        status = served.get(_segment(silent))[0]
        assert status == (403 if refused_after else status), "a dead stream came back to life"
        if status != 200 and not refused_after:
            refused_after = now
            assert status == 403
        if now - beaten >= 2:
            beaten = now
            answer = served.change("Heartbeat", person, sessionId=beating["id"], positionSeconds=now)
            assert answer["errors"] == []
        time.sleep(0.25)

    assert 0 < refused_after <= LEASE_SECONDS + 15
    late = served.change("Heartbeat", person, sessionId=silent["id"], positionSeconds=1.0)
    assert [error["code"] for error in late["errors"]] == ["SESSION_ENDED"]


def test_no_event_is_lost_when_processes_are_killed_after_they_answered(serve: Serve) -> None:
    person = make_person(make_user("olive@example.org"), "Olive")
    film = make_film()
    served = serve(WEB_PROCESSES="2")
    session = served.change("StartPlayback", person, videoId=film.id, deviceName="Sofa")["session"]["id"]
    batch = {"events": [{"type": "STALL", "seconds": 1.5, "position": float(n)} for n in range(10)]}
    answered, lock, killed = 0, threading.Lock(), threading.Event()

    def send() -> None:
        nonlocal answered
        while not killed.is_set():
            try:
                status, _ = served.post(f"/api/playback/{session}/quality", batch, person)
            except (OSError, HTTPException):
                return
            assert status == 204
            with lock:
                answered += 1

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 60
    while answered < 20 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(served.process.pid, signal.SIGSTOP)  # so that it starts no others
    for worker in served.children():
        os.kill(worker, signal.SIGKILL)
    os.kill(served.process.pid, signal.SIGKILL)
    killed.set()
    for thread in threads:
        thread.join(90)

    assert answered >= 20
    kept = QualityEvent.objects.count()
    # What was on its way when the end came may have been kept too; a batch is never kept in part.
    assert kept % 10 == 0
    assert answered * 10 <= kept <= (answered + len(threads)) * 10


def _segment(session: dict[str, str]) -> str:
    return session["manifestUrl"].removesuffix("master.m3u8") + SEGMENT
