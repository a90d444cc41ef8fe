"""The source's own picture, for who asks for it by hand."""

from typing import Any

import pytest

from tests.people import Person
from tests.playback.library import Film
from transcoding.models import Rendition, RenditionKind, RenditionState

ASK = """
mutation ($input: StartPlaybackInput!) {
  startPlayback(input: $input) { session { originalUrl manifestUrl } errors { message } }
}
"""


@pytest.mark.parametrize(
    ("height", "state", "offered"),
    [
        (720, RenditionState.READY, True),
        (720, RenditionState.ENCODING, False),
        (4320, RenditionState.READY, False),
    ],
)
def test_the_original_is_offered_once_it_is_whole_and_within_the_plan(
    night_train: Film, gql: Any, owner: Person, height: int, state: str, offered: bool
) -> None:
    Rendition.objects.create(
        version=night_train.version,
        name="original",
        kind=RenditionKind.VIDEO,
        codec="h264",
        width=height * 16 // 9,
        height=height,
        state=state,
    )

    answer = gql(ASK, {"input": {"videoId": night_train.id, "deviceName": "Sofa"}}, as_=owner)

    session = answer["data"]["startPlayback"]["session"]
    expected = session["manifestUrl"].replace("master.m3u8", "original.m3u8")
    assert session["originalUrl"] == (expected if offered else None)
