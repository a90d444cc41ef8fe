"""When a title can be seen, and what goes when it is deleted."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from catalog.models import Episode, Title, Video
from catalog.services.artwork import put_artwork
from catalog.services.attach_asset import attach_asset
from catalog.services.create_episode import create_episode
from catalog.services.delete_title import delete_title
from tests.catalog.conftest import MakeAsset, MakeTitle
from tests.conftest import Ask
from tests.people import Person
from transcoding.models import Asset
from vod.lib.graphql.ids import encode_id
from vod.lib.storage import objects


@pytest.mark.parametrize(
    ("window", "field"),
    [
        (
            {"availableFrom": "2026-02-01T00:00:00Z", "availableUntil": "2026-02-01T00:00:00Z"},
            "availableUntil",
        ),
        ({"availableUntil": "2001-01-01T00:00:00"}, "availableUntil"),
        ({"availableFrom": "9999-12-31T23:59:59-12:00"}, "availableFrom"),
        ({"availableFrom": "0001-01-01T00:00:00+12:00"}, "availableFrom"),
    ],
)
def test_a_window_that_cannot_be_is_refused_and_nothing_is_published(
    gql: Ask, operator: Person, movie: MakeTitle, window: dict[str, str], field: str
) -> None:
    title = movie("Lamp", published=False)

    answer = gql("PublishTitle", {"input": {"titleId": encode_id("Movie", title.pk), **window}}, as_=operator)

    errors = answer["data"]["publishTitle"]["errors"]
    assert [(error["code"], error["field"]) for error in errors] == [("INVALID", field)]
    title.refresh_from_db()
    assert title.published_at is None


def test_a_date_without_a_zone_is_meant_in_utc(gql: Ask, operator: Person, movie: MakeTitle) -> None:
    title = movie("Lamp", published=False)
    window = {"availableFrom": "2026-02-01T12:00:00", "availableUntil": "2026-03-01T12:00:00+02:00"}

    answer = gql("PublishTitle", {"input": {"titleId": encode_id("Movie", title.pk), **window}}, as_=operator)

    assert answer["data"]["publishTitle"]["errors"] == []
    title.refresh_from_db()
    assert title.available_from == datetime(2026, 2, 1, 12, tzinfo=UTC)
    assert title.available_until == datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_a_date_that_is_none_is_an_error_of_the_question(
    gql: Ask, operator: Person, movie: MakeTitle
) -> None:
    title = movie("Lamp", published=False)
    wanted = {"titleId": encode_id("Movie", title.pk), "availableFrom": "10000-01-01T00:00:00Z"}

    answer = gql("PublishTitle", {"input": wanted}, as_=operator)

    assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT"


def test_publishing_again_changes_the_window_only(gql: Ask, operator: Person, movie: MakeTitle) -> None:
    title = movie("Lamp")
    wanted = {"titleId": encode_id("Movie", title.pk), "availableFrom": "2020-01-01T00:00:00Z"}

    gql("PublishTitle", {"input": wanted}, as_=operator)

    again = Title.objects.get(pk=title.pk)
    assert again.published_at == title.published_at
    assert again.available_from == datetime(2020, 1, 1, tzinfo=UTC)


def test_a_deleted_series_takes_everything_but_its_films_with_it(
    series: MakeTitle,
    asset: MakeAsset,
    picture: Callable[..., Path],
    django_capture_on_commit_callbacks: Any,
) -> None:
    show = series("Brook", genres=["Drama"])
    episode = create_episode(series_id=show.pk, season_number=1, number=1, name="Out")
    attach_asset(video_id=episode.video.pk, asset_id=asset().pk)
    keys = [
        put_artwork(source=picture(), kind="POSTER", title=show).key,
        put_artwork(source=picture(), kind="STILL", episode=episode).key,
    ]

    with django_capture_on_commit_callbacks(execute=True):
        delete_title(title_id=show.pk)

    assert [objects().exists(key) for key in keys] == [False, False]
    assert (Title.objects.count(), Episode.objects.count(), Video.objects.count()) == (0, 0, 0)
    assert Asset.objects.count() == 1
