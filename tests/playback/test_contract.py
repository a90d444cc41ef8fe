"""A program's whole way through the API: a bearer token, the contract's operations, and media by address."""

import re
from typing import Any

import pytest
from django.test import Client
from graphql import parse, validate

from tests.conftest import Ask
from tests.documents import operations
from tests.playback.library import Film, make_segments, make_series, segment_bytes
from vod.schema import schema

PLAYBACK = [
    "Shelf",
    "AddToMyList",
    "RemoveFromMyList",
    "RateTitle",
    "MarkWatched",
    "RemoveFromContinueWatching",
    "StartPlayback",
    "Heartbeat",
    "StopPlayback",
    "Home",
    "TitlePage",
]


@pytest.mark.parametrize("name", PLAYBACK)
def test_the_schema_answers_every_operation_of_playback(name: str) -> None:
    assert validate(schema.graphql_schema, parse(operations()[name])) == []


class Program:
    """A client that knows a token, and what the server told it."""

    def __init__(self, gql: Ask) -> None:
        self._gql = gql
        self._headers: dict[str, str] = {}

    def use(self, token: str) -> None:
        self._headers = {"HTTP_AUTHORIZATION": f"Bearer {token}"}

    def ask(self, operation: str, **variables: Any) -> Any:
        """The data of an operation that goes well."""
        answer = self._gql(operation, variables, **self._headers)
        assert "errors" not in answer, answer
        return answer["data"]

    def change(self, operation: str, **given: Any) -> Any:
        """The payload of a mutation that goes well."""
        payload = self.ask(operation, input=given)[operation[0].lower() + operation[1:]]
        assert payload["errors"] == [], payload
        return payload


def test_a_program_signs_up_finds_a_film_watches_it_and_comes_back(
    gql: Ask, client: Client, night_train: Film
) -> None:
    names = list(night_train.version.renditions.values_list("name", flat=True))
    make_segments(night_train.version, *names)
    program = Program(gql)

    # It signs up and makes a profile.
    program.use(program.change("SignUp", email="robin@example.org", password="violet canal 17")["token"])
    profile = program.change("CreateProfile", name="Robin")["profile"]
    program.change("ActivateProfile", profileId=profile["id"])
    assert program.ask("Viewer")["viewer"]["activeProfile"] == {"id": profile["id"], "name": "Robin"}

    # It finds the film on the home page, and all of it on its own page.
    rows = program.ask("Home")["home"]["rows"]["edges"]
    cards = [edge["node"] for row in rows for edge in row["node"]["titles"]["edges"]]
    (card,) = [card for card in cards if card["id"] == night_train.title_id]
    page = program.ask("TitlePage", slug=card["slug"])["title"]
    assert page["video"]["isPlayable"] is True
    assert page["video"]["progress"] is None

    # It starts, and fetches what the master leads to.
    session = program.change("StartPlayback", videoId=page["video"]["id"], deviceName="Script")["session"]
    assert session["resumeSeconds"] == 0
    master = client.get(session["manifestUrl"]).getvalue().decode()
    folder = session["manifestUrl"].rpartition("/")[0]
    children = re.findall(r"^(?!#)(.+)/index\.m3u8$", master, re.MULTILINE)
    for child in children:
        playlist = client.get(f"{folder}/{child}/index.m3u8").getvalue().decode()
        assert "00001.m4s" in playlist
        segment = client.get(f"{folder}/{child}/00001.m4s")
        assert b"".join(segment) == segment_bytes(child, 1)
        segment.close()
    assert children

    # It beats, stops, and finds its place again, on the shelf and at the next start.
    program.change("Heartbeat", sessionId=session["id"], positionSeconds=13.0, state="PLAYING")
    program.change("StopPlayback", sessionId=session["id"], positionSeconds=15.0)
    assert client.get(session["manifestUrl"]).status_code == 403
    (going_on,) = program.ask("Shelf")["viewer"]["activeProfile"]["continueWatching"]["edges"]
    assert going_on["node"]["video"]["progress"]["positionSeconds"] == 15
    again = program.change("StartPlayback", videoId=page["video"]["id"], deviceName="Script")["session"]
    assert again["resumeSeconds"] == pytest.approx(14.4)
    assert again["id"] != session["id"]

    # When it signs out, its token is worth nothing.
    program.change("SignOut")
    assert program.ask("Viewer")["viewer"] is None


def test_a_program_goes_through_a_series(gql: Ask) -> None:
    first, second = make_series(seasons=(1, 1))
    program = Program(gql)
    program.use(program.change("SignUp", email="robin@example.org", password="violet canal 17")["token"])
    profile = program.change("CreateProfile", name="Robin")["profile"]
    program.change("ActivateProfile", profileId=profile["id"])

    page = program.ask("TitlePage", slug="harbour")["title"]
    assert page["nextEpisode"]["video"]["id"] == first.id
    session = program.change("StartPlayback", videoId=first.id, deviceName="Script", deviceId="s")["session"]
    assert session["nextVideo"] == {"id": second.id, "durationSeconds": 30}
    program.change("Heartbeat", sessionId=session["id"], positionSeconds=29.5, state="PLAYING")

    page = program.ask("TitlePage", slug="harbour")["title"]
    assert page["nextEpisode"]["season"]["number"] == 2
    episodes = [edge["node"] for season in page["seasons"] for edge in season["episodes"]["edges"]]
    assert [episode["video"]["progress"] and episode["video"]["progress"]["completed"] for episode in episodes] == [
        True,
        None,
    ]  # fmt: skip
