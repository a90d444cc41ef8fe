"""One real store behind the S3 interface for all tests of a run, started by the first that asks."""

from collections.abc import Iterator

import pytest

from tests.stores import ceph, swift
from tests.stores.server import StoreServer

BUCKET = "lantern-tests"


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreServer]:
    """Ceph's object gateway, or Swift where that cannot be had, with an empty bucket."""
    engine = next((engine for engine in (ceph, swift) if engine.is_installed()), None)
    if engine is None:
        raise RuntimeError("There is no object store to test with: make test installs one.")
    server = engine.start(tmp_path_factory.mktemp("s3"))
    try:
        client = server.client()
        client.create_bucket(Bucket=BUCKET)
        client.close()
        yield server
    finally:
        server.stop()
