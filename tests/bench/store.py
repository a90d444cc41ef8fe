"""A film whose source and segments lie in a bucket against the same film on the local disk."""

from __future__ import annotations

import json
import math
import os
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import plots, report
from tests.bench.films import ROOT, film_1080p, repeated
from tests.bench.measure import Cost
from tests.stores import ceph, swift
from tests.stores.server import StoreServer
from transcoding.engine.tools import find_tools

WALL_LIMIT = 1.15
_BYTES = 1_000_000_000
_BUCKET = "lantern-bench"
_STEPS = ("upload", "probe", "sound")


@dataclass(slots=True)
class _Installation:
    """One of the two: its folder, what its environment says of the store, and seconds of each step by name."""

    name: str
    home: Path
    env: Mapping[str, str]
    wall: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)

    def do(self, step: str, *words: str) -> None:
        env = {
            **os.environ,
            "VOD_HOME": str(self.home),
            "VOD_ENV": "embedded",
            "AV1": "never",
            "DJANGO_SETTINGS_MODULE": "vod.settings",
            "LOG_LEVEL": "WARNING",
            **self.env,
        }
        core = str(min(os.sched_getaffinity(0)))
        command = [sys.executable, "-m", "tests.bench.store_process", core, step, *words]
        answer = subprocess.run(command, check=True, cwd=ROOT, env=env, stdout=subprocess.PIPE).stdout
        figures = json.loads(answer.splitlines()[-1])
        self.wall.setdefault(step, []).append(figures["wall"])
        self.cpu.setdefault(step, []).append(figures["cpu"])
        print(f"{self.name}: {step}: {figures['wall']:.1f} s, {figures['cpu']:.1f} CPU s", flush=True)

    def pieces(self) -> int:
        with sqlite3.connect(next(self.home.glob("*.sqlite3"))) as connection:
            found = connection.execute(
                "SELECT count(*) FROM transcoding_chunk WHERE kind = 'VIDEO'"
            ).fetchone()
        return int(found[0])

    def whole(self, seconds: Mapping[str, list[float]]) -> float:
        """Of the whole film: what was done once, and as many pieces of the picture as it has."""
        once = sum(statistics.median(seconds[step]) for step in ("probe", "sound"))
        # Pieces are of several kinds: the mean, not the median.
        return once + self.pieces() * statistics.fmean(seconds["picture"])

    def rows(self) -> list[list[str]]:
        return [
            [
                self.name,
                step,
                f"{statistics.median(self.wall[step]):.1f}",
                f"{min(self.wall[step]):.1f} to {max(self.wall[step]):.1f}",
                f"{statistics.median(self.cpu[step]):.1f}",
            ]
            for step in (*_STEPS, "picture")
        ]


def run(folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/store.md, answer the ratios."""
    tools = find_tools()
    source, film = film_1080p(folder, tools)
    # As a camera or a mastering house gives it, some 30 Mb/s: much to fetch for each second of work.
    rich = folder / "rich.mp4"
    rate = (
        "-b:v",
        "30M",
        "-minrate",
        "30M",
        "-maxrate",
        "30M",
        "-bufsize",
        "30M",
        "-x264-params",
        "nal-hrd=cbr",
    )
    subprocess.run(
        [
            *(str(tools.ffmpeg), "-nostdin", "-v", "error", "-y", "-i", str(source), "-c:v", "libx264"),
            *("-preset", "ultrafast", *rate, "-g", "48", "-c:a", "copy", str(rich)),
        ],
        check=True,
    )
    times = math.ceil(_BYTES / rich.stat().st_size)
    long = repeated(rich, folder / "long.mp4", tools, times=times)
    engine = ceph if ceph.is_installed() else swift
    server = engine.start(folder / "store")
    try:
        disk = _Installation("local disk", folder / "disk", {})
        bucket = _Installation("bucket", folder / "bucket", _in_a_bucket(server))
        for one in (disk, bucket):
            one.home.mkdir()
            one.do("upload", str(long))
        for step in _STEPS[1:]:
            for one in (disk, bucket):
                one.do(step)
        for _ in range(runs):
            for one in (disk, bucket):
                one.do("picture")
    finally:
        server.stop()
    ratios = [
        report.Ratio(
            "wall of the whole film, bucket to disk",
            bucket.whole(bucket.wall) / disk.whole(disk.wall),
            most=WALL_LIMIT,
        ),
        report.Ratio(
            "CPU of the whole film, bucket to disk", bucket.whole(bucket.cpu) / disk.whole(disk.cpu)
        ),
        report.Ratio(
            "wall of a piece of the picture, bucket to disk",
            sum(bucket.wall["picture"]) / sum(disk.wall["picture"]),
            most=WALL_LIMIT,
        ),
    ]
    costs = [
        Cost(one.name, tuple(one.cpu["picture"]), tuple(one.wall["picture"]), 0, one.home)
        for one in (bucket, disk)
    ]
    report.write(
        "store",
        "A film in a bucket against one on the local disk",
        words=f"Film: {film}, made anew at 30 Mb/s, {times} times over: {long.stat().st_size / 1e9:.2f} GB. ffmpeg {tools.build}. The bucket is in "
        f"{'Ceph' if engine is ceph else 'Swift'}, in memory, on the same machine; each step is a worker of its own on one core, "
        "which has never seen the film. Upload, probe (with the proof of a copy) and sound are done once; of the "
        f"{disk.pieces()} pieces of the picture {runs} are made, the same on both sides, and the whole film is reckoned from "
        "these.",
        tables=[
            report.Table(
                ["objects in", "step", "wall s", "least to most", "CPU s"], [*disk.rows(), *bucket.rows()]
            )
        ],
        ratios=ratios,
        plots=[(plots.bars("store", "A piece of the picture", costs), "CPU seconds of a piece")],
    )
    return ratios


def _in_a_bucket(server: StoreServer) -> dict[str, str]:
    client = server.client()
    client.create_bucket(Bucket=_BUCKET)
    client.close()
    return {
        "S3_BUCKET": _BUCKET,
        "S3_ENDPOINT_URL": server.endpoint,
        "S3_REGION": server.region,
        "S3_ACCESS_KEY": server.access_key,
        "S3_SECRET_KEY": server.secret_key,
    }
