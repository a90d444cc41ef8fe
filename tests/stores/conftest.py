"""One real store behind the S3 interface for all tests of a run, started by the first that asks."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from tests.stores import ceph
from tests.stores.server import StoreServer
from vod.lib.storage import LocalStore, Store
from vod.lib.storage.s3 import S3Store

BUCKET = "lantern-tests"
_prefixes = count(1)

Connect = Callable[..., S3Store]


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreServer]:
    """Ceph's object gateway with an empty bucket."""
    server = ceph.start(tmp_path_factory.mktemp("ceph"))
    try:
        client = boto3.client(
            "s3",
            endpoint_url=server.endpoint,
            region_name=server.region,
            aws_access_key_id=server.access_key,
            aws_secret_access_key=server.secret_key,
            config=Config(s3={"addressing_style": "path"}),
        )
        client.create_bucket(Bucket=BUCKET)
        client.close()
        yield server
    finally:
        server.stop()


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
                **options,
            }  # type: ignore[arg-type]
        )

    return connected


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store of each kind."""
    if request.param == "local":
        return LocalStore(location=str(tmp_path / "store"))
    connected: Connect = request.getfixturevalue("connect")
    return connected()
