"""An upload through tus into a bucket against boto3's own of the same file."""

from __future__ import annotations

import http.client
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import boto3
from botocore.config import Config

from tests.bench import plots, report
from tests.servers import web
from tests.stores import ceph
from tests.stores.server import StoreServer

# All that is written stays in the store's memory until its end.
SIZE = 128 * 1024 * 1024
LEAST = 0.7
_BUCKET = "bench"


def run(folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/uploads.md, answer the ratios."""
    source = folder / "film.mkv"
    with source.open("wb") as file:
        for _ in range(SIZE // 2**20):
            file.write(os.urandom(2**20))
    store = ceph.start(Path(tempfile.mkdtemp(prefix="bench-ceph-")))
    running = []
    try:
        client = _client(store)
        client.create_bucket(Bucket=_BUCKET)
        into_bucket = web.start(folder / "bucket", **_settings(store))
        running.append(into_bucket)
        into_disk = web.start(folder / "disk", S3_BUCKET="")
        running.append(into_disk)
        ways: dict[str, Callable[[], None]] = {
            "tus into the bucket": lambda: _upload(into_bucket, source),
            "boto3 into the bucket": lambda: client.upload_file(str(source), _BUCKET, "reference"),
            "tus onto the disk": lambda: _upload(into_disk, source),
        }
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(runs + 1):
            for name, work in ways.items():
                began = time.monotonic()
                work()
                took = time.monotonic() - began
                print(f"run {number} of {runs}: {name}: {SIZE / took / 1e6:.0f} MB/s", flush=True)
                # The first goes before everything is warm.
                if number:
                    seconds[name].append(took)
    finally:
        for each in running:
            each.stop()
        store.stop()
    return _report(seconds, runs)


def _report(seconds: dict[str, list[float]], runs: int) -> list[report.Ratio]:
    rates = {name: [SIZE / took / 1e6 for took in each] for name, each in seconds.items()}
    medians = {name: statistics.median(each) for name, each in rates.items()}
    ours, theirs, _ = medians.values()
    ratios = [report.Ratio("rate of tus into the bucket against boto3's", ours / theirs, least=LEAST)]
    report.write(
        "uploads",
        "Uploads into a bucket",
        words=f"One file of {SIZE // 2**20} MiB in one request through the product's own web processes (two), whose bucket is "
        f"Ceph's on the same machine, against `upload_file` of boto3 straight into it. {runs} interleaved runs after one "
        "that is not counted, medians.",
        tables=[
            report.Table(
                ["way", "MB/s", "least to most"],
                [
                    [name, f"{medians[name]:.0f}", f"{min(each):.0f} to {max(each):.0f}"]
                    for name, each in rates.items()
                ],
            )
        ],
        ratios=ratios,
        plots=[(plots.rates("uploads", "Uploads of one file", rates), "Rate of each way")],
    )
    return ratios


def _settings(store: StoreServer) -> dict[str, str]:
    return {
        "S3_BUCKET": _BUCKET,
        "S3_ENDPOINT_URL": store.endpoint,
        "S3_ACCESS_KEY": store.access_key,
        "S3_SECRET_KEY": store.secret_key,
    }


def _client(store: StoreServer):  # type: ignore[no-untyped-def]
    return boto3.client(
        "s3",
        endpoint_url=store.endpoint,
        region_name=store.region,
        aws_access_key_id=store.access_key,
        aws_secret_access_key=store.secret_key,
        config=Config(s3={"addressing_style": "path"}),
    )


def _upload(server: web.Web, source: Path) -> None:
    """As browsers and tus' own clients send: one request for all of it."""
    size = source.stat().st_size
    _, headers, _ = server.ask("POST", "/api/uploads/", Upload_Length=str(size))
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600, blocksize=2**20)
    with source.open("rb") as file:
        connection.request(
            "PATCH",
            headers["location"],
            file,
            {
                "Authorization": f"Bearer {server.token}",
                "Tus-Resumable": "1.0.0",
                "Upload-Offset": "0",
                "Content-Type": "application/offset+octet-stream",
                "Content-Length": str(size),
            },
        )
        answer = connection.getresponse()
        if answer.status != 204:
            raise RuntimeError(f"{answer.status}: {answer.read()!r}")
    connection.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), runs=3)
