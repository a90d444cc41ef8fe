"""What `check --deploy` says of the store: it writes to it."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.stores.conftest import use_s3
from tests.stores.server import StoreServer, free_port
from tests.stores.test_bucket import open_up
from transcoding.checks import bucket_is_private, films_are_read_by_range, store_can_be_used
from vod.lib.storage import objects
from vod.lib.storage.bucket import Wishes, see_to_bucket
from vod.lib.storage.s3 import S3Store


def ids() -> list[str | None]:
    return [message.id for message in store_can_be_used(None)]


@pytest.fixture
def on_s3(settings: Settings, s3_server: StoreServer, tmp_path: Path) -> None:
    use_s3(settings, s3_server, tmp_path)


def change(settings: Settings, **options: object) -> None:
    default = settings.STORAGES["default"]
    changed = {**default, "OPTIONS": {**default["OPTIONS"], **options}}
    settings.STORAGES = {**settings.STORAGES, "default": changed}


def test_nothing_is_said_of_the_local_disk_and_nothing_is_left() -> None:
    assert ids() == []
    assert objects().keys_below("checks") == []


def test_a_bucket_is_tried(on_s3: None, s3_server: StoreServer) -> None:
    assert ids() == ([] if s3_server.first_end_wins else ["transcoding.I001"])
    assert objects().keys_below("checks") == []


def test_a_store_that_lets_late_writers_in_is_told_of(settings: Settings) -> None:
    careless = {**settings.STORAGES["default"], "BACKEND": "tests.stores.careless.CarelessStore"}
    settings.STORAGES = {**settings.STORAGES, "default": careless}

    assert ids() == ["transcoding.I001"]


@pytest.mark.parametrize(
    "options",
    [
        {"bucket_name": "lantern-elsewhere"},
        {"secret_key": "wrong"},
        {"endpoint_url": f"http://127.0.0.1:{free_port()}", "attempts": 1},
    ],
)
def test_a_store_that_cannot_be_used_is_an_error(
    on_s3: None, settings: Settings, options: dict[str, object]
) -> None:
    change(settings, **options)

    assert ids() == ["transcoding.E004"]


def test_a_folder_that_cannot_be_written_is_an_error(settings: Settings) -> None:
    settings.MEDIA_ROOT.rmdir()
    settings.MEDIA_ROOT.write_text("no folder")

    assert ids() == ["transcoding.E004"]


def test_a_bucket_that_is_not_set_up_is_warned_of_and_a_public_one_is_an_error(
    on_s3: None, settings: Settings, s3_server: StoreServer
) -> None:
    change(settings, bucket_name="lantern-careless")
    store = objects()
    assert isinstance(store, S3Store)
    is_open = open_up(store, "s3:GetObject")

    told = {message.id for message in bucket_is_private(None)}

    assert ("transcoding.E007" in told) is is_open
    if is_open:
        store.client.delete_bucket_policy(Bucket="lantern-careless")
        assert {message.id for message in bucket_is_private(None)} == {"transcoding.W004"}
    list(see_to_bucket(store, Wishes(change=True)))
    left = {message.id for message in bucket_is_private(None)}
    assert left == (set() if s3_server.has_rules else {"transcoding.W004"})


def test_films_that_are_copied_whole_are_told_of(on_s3: None, settings: Settings) -> None:
    settings.SANDBOX = "required"
    assert films_are_read_by_range(None) == []
    settings.SANDBOX = "off"
    assert [message.id for message in films_are_read_by_range(None)] == ["transcoding.I003"]


def test_the_local_disk_has_no_bucket_to_be_checked() -> None:
    assert bucket_is_private(None) == films_are_read_by_range(None) == []
