"""A library with one of everything that an input can name."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.browsers import browser_sessions
from accounts.models import AccessToken
from catalog.models import Collection, Genre, Tag, Video, VideoKind
from catalog.models import Person as Somebody
from playback.models import PlaybackSession
from tests.conftest import Ask
from tests.people import Person, make_token
from tests.playback.library import make_film, make_series
from transcoding.models import Rendition, RenditionKind
from vod.lib.graphql.ids import encode_id
from vod.lib.rows import new_id

Ids = dict[str, str]


def mark(row: Any, kind: str = "") -> str:
    return encode_id(kind or getattr(row, "graphql_type", type(row).__name__), row.pk)


@pytest.fixture
def right_ids(gql: Ask, operator: Person) -> Ids:
    """For each name that an input gives to an id, one that the operator may use."""
    film = make_film()
    episode = make_series()[0]
    trailer = Video.objects.create(title=film.title, kind=VideoKind.TRAILER, name="Soon")
    genre, tag = Genre.objects.create(slug="g", name="G"), Tag.objects.create(slug="t", name="T")
    collection = Collection.objects.create(slug="c", name="C")
    somebody = Somebody.objects.create(name="Ada")
    make_token(operator.user)
    token = AccessToken.objects.filter(user=operator.user).latest("pk")
    track = Rendition.objects.create(
        version=film.version, name="subtitles-0", kind=RenditionKind.SUBTITLES, codec="webvtt", language="de"
    )
    assert episode.video.episode
    return {
        "titleId": film.title_id,
        "titleIds": film.title_id,
        "videoId": film.id,
        "trailerId": mark(trailer),
        "assetId": mark(film.version.asset),
        "seriesId": episode.title_id,
        "seasonId": mark(episode.video.episode.season),
        "episodeId": mark(episode.video.episode),
        "genreId": mark(genre),
        "tagId": mark(tag),
        "collectionId": mark(collection),
        "personId": mark(somebody),
        "profileId": operator.global_profile_id,
        "tokenId": mark(token),
        "browserSessionId": signed_in(operator),
        "id": film.title_id,
        "sessionId": watching(gql, operator, film.id),
        # There is no right one: what has a file is shown by the tests of what becomes of it.
        "uploadId": str(new_id()),
        "trackId": mark(track, "SubtitleTrack"),
    }


def signed_in(person: Person) -> str:
    """The id of a browser in which the person has signed in."""
    Client().force_login(person.user)
    return mark(browser_sessions(person.user.pk)[0])


def watching(gql: Ask, person: Person, video_id: str) -> str:
    """The id of a stream that the person has started, with a lease that outlives hundreds of questions."""
    given = {"input": {"videoId": video_id, "deviceName": "Sofa"}}
    started: str = gql("StartPlayback", given, as_=person)["data"]["startPlayback"]["session"]["id"]
    PlaybackSession.objects.update(lease_expires_at=timezone.now() + timedelta(days=1))
    return started
