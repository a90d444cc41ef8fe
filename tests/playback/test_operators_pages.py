from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from playback.models import ListEntry, PlaybackSession, Progress, QualityEvent, Rating
from tests.people import PASSWORD, Person
from tests.playback.conftest import Start
from tests.playback.library import Film


@pytest.fixture
def pages(operator: Person, owner: Person, night_train: Film, start: Start) -> Client:
    """The operator's browser; there is a row of everything."""
    start(owner, night_train, device="Sofa")
    Progress.objects.create(
        profile=owner.profile, video=night_train.video, position_seconds=4, updated_at=timezone.now()
    )
    ListEntry.objects.create(profile=owner.profile, title=night_train.title)
    QualityEvent.objects.create(
        session=PlaybackSession.objects.get(), at=timezone.now(), kind="STALL", seconds=1.5
    )
    Rating.objects.create(profile=owner.profile, title=night_train.title, value="UP")
    client = Client()
    assert client.login(email=operator.user.email, password=PASSWORD)
    return client


@pytest.mark.parametrize("name", ["playbacksession", "progress", "listentry", "rating", "qualityevent"])
def test_operators_read_the_rows_of_playback(pages: Client, name: str) -> None:
    listed = pages.get(f"/admin/playback/{name}/", {"q": "Night"})
    assert listed.status_code == 200
    assert "Night train" in listed.content.decode()
    row: dict[str, Any] = {
        "playbacksession": PlaybackSession,
        "progress": Progress,
        "listentry": ListEntry,
        "rating": Rating,
        "qualityevent": QualityEvent,
    }
    opened = pages.get(f"/admin/playback/{name}/{row[name].objects.get().pk}/change/")
    assert opened.status_code == 200
    assert pages.get(f"/admin/playback/{name}/add/").status_code == 403


def test_operators_can_stop_a_stream(pages: Client) -> None:
    session = PlaybackSession.objects.get()

    pages.post("/admin/playback/playbacksession/", {"action": "stop", "_selected_action": [str(session.pk)]})

    session.refresh_from_db()
    assert session.ended_at is not None
    assert timezone.now() - session.ended_at < timedelta(seconds=10)
