"""The real web processes on a real bucket, killed in the middle of an upload."""

import http.client
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from tests.servers import web
from tests.servers.web import Web
from tests.serving.test_slow_clients import begin, head_of, offset_of, patch
from tests.stores.conftest import BUCKET
from tests.stores.server import StoreServer

MIB = 1024 * 1024
PREFIX = "killed"


@pytest.fixture
def server(s3_server: StoreServer, tmp_path: Path) -> Iterator[Web]:
    server = web.start(
        tmp_path,
        DATABASE_URL="",
        S3_BUCKET=BUCKET,
        S3_PREFIX=PREFIX,
        S3_ENDPOINT_URL=s3_server.endpoint,
        S3_ACCESS_KEY=s3_server.access_key,
        S3_SECRET_KEY=s3_server.secret_key,
    )
    try:
        yield server
    finally:
        server.kill()


def test_an_upload_goes_on_elsewhere_after_a_kill(server: Web, s3_server: StoreServer) -> None:
    content = random.Random(4).randbytes(20 * MIB)
    address = begin(server, len(content))
    sender = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    sender.connect()
    sender.sock.sendall(head_of(server, address, len(content)) + content[: 19 * MIB])
    _wait_for(lambda: offset_of(server, address) >= 16 * MIB)
    server.kill()
    sender.close()

    other = server.again()
    try:
        offset = offset_of(other, address)
        # The killed one still holds the upload, until its lease is over.
        answers: list[int] = []

        def is_taken() -> bool:
            answers.append(patch(other, address, content[offset:], offset)[0])
            return answers[-1] == 204

        _wait_for(is_taken)
        headers = other.ask("HEAD", address)[1]
    finally:
        other.stop()

    # The parts that the bucket had; on a slow machine also the tail, which is put down after a silence.
    assert offset in {16 * MIB, 19 * MIB}
    assert set(answers) <= {423, 204}
    assert int(headers["upload-offset"]) == len(content)
    assert headers["asset-id"]
    client = boto3.client(
        "s3",
        endpoint_url=s3_server.endpoint,
        region_name=s3_server.region,
        aws_access_key_id=s3_server.access_key,
        aws_secret_access_key=s3_server.secret_key,
        config=Config(s3={"addressing_style": "path"}),
    )
    sources = client.list_objects_v2(Bucket=BUCKET, Prefix=f"{PREFIX}/sources/")["Contents"]
    assert [found["Size"] for found in sources] == [len(content)]
    assert client.get_object(Bucket=BUCKET, Key=sources[0]["Key"])["Body"].read() == content
    assert "Uploads" not in client.list_multipart_uploads(Bucket=BUCKET, Prefix=f"{PREFIX}/")
    assert list((server.home / "tmp").iterdir()) == []
    client.close()


def _wait_for(condition: Callable[[], bool], seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.5)
