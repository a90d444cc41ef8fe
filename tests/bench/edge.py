"""Segments through an edge that asks for each, against the same nginx sending the same files to anybody."""

from __future__ import annotations

import os
import random
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import plots, report
from tests.bench.measure import Cost
from tests.edge.installation import SECRET, Way, begin_application, make_library, wait_for
from tests.servers.nginx import NAME, Nginx, start_nginx
from tests.stores.server import free_port
from vod.machine.engines import WRK

LIMIT = 0.85
SECONDS = 2
#: Pairs of measurements in a run.
PAIRS = 3
CONNECTIONS = 16
VIEWERS = 4
#: Rungs of the film, each with its four segments of one size.
SIZES = {"video-1080": 1_000_000, "video-720": 50_000}
_TICKS = os.sysconf("SC_CLK_TCK")

# The same files and the same headers; nobody is asked.
_UNGUARDED = {
    "disk": """
location ^~ /unguarded/ {
    types { }
    default_type video/mp4;
    add_header Cache-Control "private, max-age=31536000, immutable";
    etag off;
    alias @OBJECTS@/;
}
""",
    "s3": """
location ~ ^/unguarded/(?<asked>.+)$ {
    slice 1m;
    proxy_cache objects;
    proxy_cache_key $asked$slice_range;
    proxy_cache_valid 200 206 365d;
    proxy_ignore_headers Cache-Control Expires Vary Set-Cookie;
    proxy_set_header Range $slice_range;
    proxy_force_ranges on;
    add_header Cache-Control "private, max-age=31536000, immutable";
    proxy_pass http://127.0.0.1:1;
}
""",
}


@dataclass(frozen=True, slots=True)
class Rate:
    """Requests in a second, and what nginx's processes took for each in microseconds of CPU."""

    requests: float
    cpu: float


def run(folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/edge.md, answer the ratios."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise RuntimeError(WRK.missing)
    folder.chmod(0o755)
    rows, ratios, costs = [], [], []
    for kind in _UNGUARDED:
        with _edge(folder / kind, kind) as (way, objects):
            assert way.nginx is not None
            for rung, size in SIZES.items():
                guarded, plain = _measure(wrk, way, way.nginx, folder, rung, runs=runs)
                name = f"{size // 1000} kB, {'from the disk' if kind == 'disk' else 'from the cache'}"
                for title, seen in (("asked", guarded), ("unguarded", plain)):
                    rows.append([f"{name}: {title}", *_cells(seen, size)])
                # Pairs that were measured within seconds of each other: a busy minute of the machine hits both.
                value = statistics.median(
                    asked.requests / free.requests for asked, free in zip(guarded, plain, strict=True)
                )
                ratios.append(report.Ratio(f"{name}: rate, asked to unguarded", value, least=_least(size)))
                costs += [
                    _cost(f"Lantern, {name}", guarded, objects),
                    _cost(f"unguarded, {name}", plain, objects),
                ]
    report.write(
        "edge",
        "Segments through an edge",
        words=f"nginx with the token of each request checked (`auth_request`, answers kept for 5 s) against the same nginx "
        f"without any check; warm, {CONNECTIONS} connections kept alive, {VIEWERS} viewers of four segments each, wrk on "
        f"the same machine, {SECONDS} s each time, {runs * PAIRS} times in turn; ratios are medians of pairs. A segment of four seconds has 0.5 to 2 MB; at "
        "50 kB it is the check that is measured.",
        tables=[
            report.Table(["way", "requests/s", "least to most", "MB/s", "nginx, CPU µs a request"], rows)
        ],
        ratios=ratios,
        plots=[(plots.bars("edge", "CPU of nginx for a thousand requests", costs), "CPU of nginx")],
    )
    return ratios


def _least(size: int) -> float | None:
    return LIMIT if size >= 500_000 else None


def _cost(name: str, seen: list[Rate], kept: Path) -> Cost:
    return Cost(name, tuple(rate.cpu / 1000 for rate in seen), (), 0, kept)


def _median(seen: list[Rate], what: str) -> float:
    return float(statistics.median(getattr(rate, what) for rate in seen))


def _cells(seen: list[Rate], size: int) -> list[str]:
    rates = [rate.requests for rate in seen]
    middle = statistics.median(rates)
    spread = f"{min(rates):.0f} to {max(rates):.0f}"
    return [f"{middle:.0f}", spread, f"{middle * size / 1e6:.0f}", f"{_median(seen, 'cpu'):.0f}"]


@contextmanager
def _edge(folder: Path, kind: str) -> Iterator[tuple[Way, Path]]:
    """An installation with segments of those sizes, and an edge with an unguarded place beside the guarded one."""
    folder.mkdir()
    folder.chmod(0o755)
    library = make_library(folder / "home")
    objects = folder / "home" / "objects"
    for rung, size in SIZES.items():
        for path in (objects / library.prefix / rung).glob("*.m4s"):
            path.write_bytes(random.Random(path.name).randbytes(size))
    settings = {"DELIVERY": "nginx", "EDGE_SECRET": SECRET, "BEHIND_PROXY": "1"}
    store = free_port()
    if kind == "s3":
        settings |= {"S3_BUCKET": "bench", "S3_PREFIX": "objects", "S3_ACCESS_KEY": "x", "S3_SECRET_KEY": "x"}
        settings["S3_ENDPOINT_URL"] = f"http://127.0.0.1:{store}"
    application = begin_application(folder / "home", folder / "application.log", **settings)
    try:
        wait_for(application)
        nginx = start_nginx(
            folder / "nginx",
            change=lambda text: _with_more(text, kind, objects, store),
            EDGE_SECRET=SECRET,
            LANTERN_WEB=f"127.0.0.1:{application.port}",
            LANTERN_BYTES=f"127.0.0.1:{application.port}",
            LANTERN_OBJECTS=kind,
            LANTERN_OBJECTS_ROOT=str(objects),
        )
        try:
            yield Way(kind, library, application, nginx), objects
        finally:
            nginx.stop()
    finally:
        application.stop()


def _with_more(text: str, kind: str, objects: Path, store: int) -> str:
    """A file of the configuration with the unguarded place, and with what stands for a bucket."""
    text = text.replace("include lantern/stream.conf;", "include lantern/stream.conf;" + _UNGUARDED[kind])
    text = text.replace("@OBJECTS@", str(objects))
    bucket = f"server {{ listen 127.0.0.1:{store}; location /bench/ {{ alias {objects.parent}/; }} }}"
    return text.replace("include lantern/plain.conf;", "include lantern/plain.conf;" + bucket)


def _measure(
    wrk: str, way: Way, nginx: Nginx, folder: Path, rung: str, *, runs: int
) -> tuple[list[Rate], list[Rate]]:
    """Rates of the guarded and of the unguarded way, in turn, after everything has been asked for once."""
    folders = [way.start()[0] for _ in range(VIEWERS)]
    names = [f"{rung}/{number:05d}.m4s" for number in range(4)]
    guarded = [base + name for base in folders for name in names]
    plain = [f"/unguarded/{way.library.prefix}/{name}" for name in names] * VIEWERS
    assert {way.get(path).status for path in guarded} == {200}
    assert {way.get(path).body for path in plain} == {way.get(path).body for path in guarded[:4]}
    seen: tuple[list[Rate], list[Rate]] = ([], [])
    for number in range(runs * PAIRS):
        for rates, paths in zip(seen, (guarded, plain), strict=True):
            rates.append(_rate(wrk, nginx, folder / "paths.lua", paths))
            print(
                f"pair {number + 1} of {runs * PAIRS}: {paths[0][:12]}: {rates[-1].requests:.0f}/s",
                flush=True,
            )
    return seen


def _rate(wrk: str, nginx: Nginx, script: Path, paths: list[str]) -> Rate:
    listed = ", ".join(f'wrk.format("GET", "{path}")' for path in paths)
    script.write_text(
        f"local at, all = 0, nil\n"
        f'function init() wrk.headers["Host"] = "{NAME}"; all = {{{listed}}} end\n'
        f"function request() at = at % #all + 1; return all[at] end\n"
    )
    address = f"http://127.0.0.1:{nginx.port}"
    argv = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", str(script), address]
    before = _cpu(nginx)
    said = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    cpu = _cpu(nginx) - before
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    total = re.search(r"(\d+) requests in ([0-9.]+)s", said)
    if total is None:
        raise RuntimeError(said)
    return Rate(int(total[1]) / float(total[2]), cpu / int(total[1]) * 1e6)


def _cpu(nginx: Nginx) -> float:
    """CPU seconds of its workers so far."""
    ticks = 0
    for worker in nginx.workers():
        fields = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICKS
