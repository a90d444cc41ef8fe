"""Stores of each kind, and the factory on them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.servers.objectstore import BUCKET as BUCKET
from tests.stores.server import StoreServer
from tests.transcoding.films import make_film
from transcoding.models import Asset, Chunk
from transcoding.services.claiming import Hold
from transcoding.services.ingest import add_source
from transcoding.services.stopping import carry_on
from transcoding.services.working import work_once
from vod.lib.storage import LocalStore, Store, objects
from vod.lib.storage.s3 import S3Store

_prefixes = count(1)

Connect = Callable[..., S3Store]


@pytest.fixture
def connect(s3_server: StoreServer, tmp_path: Path) -> Connect:
    """`connect(**options)`: a store on the real server, with a prefix of its own unless one is named."""

    def connected(**options: object) -> S3Store:
        return S3Store(
            **{
                "bucket_name": BUCKET,
                "location": f"test-{next(_prefixes)}",
                "endpoint_url": s3_server.endpoint,
                "region_name": s3_server.region,
                "access_key": s3_server.access_key,
                "secret_key": s3_server.secret_key,
                "copies": tmp_path / "copies",
                "blocks": tmp_path / "blocks",
                **options,
            }  # type: ignore[arg-type]
        )

    return connected


@pytest.fixture
def keeps_conditions(request: pytest.FixtureRequest, store: Store) -> bool:
    """Whether this store is known to keep the first of two writers."""
    if isinstance(store, LocalStore):
        return True
    server: StoreServer = request.getfixturevalue("s3_server")
    return server.first_end_wins


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store of each kind."""
    if request.param == "local":
        return LocalStore(location=str(tmp_path / "store"))
    connected: Connect = request.getfixturevalue("connect")
    return connected()


Factory = Callable[[str], Asset]


@pytest.fixture
def factory(db: None, request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Factory:
    """`factory(kind)`: the factory on that store, with a film that has been looked at."""

    def began(kind: str) -> Asset:
        if kind == "s3":
            use_s3(settings, request.getfixturevalue("s3_server"), tmp_path)
        elif kind == "careless":
            careless = {
                "BACKEND": "tests.stores.careless.CarelessStore",
                "OPTIONS": {"location": str(settings.MEDIA_ROOT)},
            }
            settings.STORAGES = {**settings.STORAGES, "default": careless}
        carry_on()
        asset = add_source(path=make_film(tmp_path / "film.mkv"), file_name="A film.mkv")
        assert work_once()
        asset.refresh_from_db()
        return asset

    return began


def use_s3(settings: Settings, server: StoreServer, tmp_path: Path) -> None:
    """Puts the whole program on the real server, under a prefix of the test's own."""
    options = {
        "bucket_name": BUCKET,
        "location": f"test-{next(_prefixes)}",
        "endpoint_url": server.endpoint,
        "region_name": server.region,
        "access_key": server.access_key,
        "secret_key": server.secret_key,
        "copies": str(tmp_path / "home" / "tmp" / "sources"),
        "blocks": str(tmp_path / "home" / "tmp" / "blocks"),
    }
    in_a_bucket = {"BACKEND": "vod.lib.storage.s3.S3Store", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": in_a_bucket}


class Late:
    """A worker that looked at its lease, slept, and now writes its own bytes without looking again."""

    #: A box that players skip, so that its segments are good ones with other bytes.
    mark = b"\0\0\0\x0cfreelate"

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.wrote: list[str] = []

    @contextmanager
    def __call__(self, hold: Hold[Chunk]) -> Iterator[None]:
        put, mark, wrote = type(objects()).put_absent, self.mark, self.wrote

        def with_other_bytes(store: Store, key: str, source: Path) -> bool:
            with source.open("ab") as file:
                file.write(mark)
            wrote.append(key)
            return put(store, key, source)

        with self._monkeypatch.context() as patch:
            patch.setattr(type(objects()), "put_absent", with_other_bytes)
            patch.setattr(hold, "should_stop", lambda: False)
            patch.setattr(hold, "beat", lambda: None)
            yield


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> Late:
    """`with late(hold):` the one who held the chunk once goes on as if nothing had happened."""
    return Late(monkeypatch)
