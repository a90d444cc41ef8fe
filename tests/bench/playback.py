"""Watching: what the check of a segment costs, how soon a film starts, beats of many streams, events of players."""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import plots, report
from tests.bench.films import ROOT
from tests.bench.home import Answers
from tests.bench.playback_process import SIZES
from tests.documents import document
from tests.stores.server import free_port
from vod.machine.engines import WRK
from vod.machine.programs import WEB_PROCESSES

VIEWERS = 200
LEAST_SHARE = 0.6
SECONDS = 3
#: Pairs of measurements in a run.
PAIRS = 3
CONNECTIONS = 16
CHECKS = 4000
#: Seconds between two beats of a stream: six times as often as players do, so that a short run has many.
BEAT_SECONDS = 5.0
STARTS_A_SECOND = 2
BEATING_SECONDS = 20
BATCH = 10
_START_SECONDS = 60
_TICKS = os.sysconf("SC_CLK_TCK")
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Web:
    """The product's web role as `make run` has it."""

    port: int
    process: subprocess.Popen[bytes]

    def cpu(self) -> float:
        """CPU seconds of it and of its workers so far."""
        pids = [self.process.pid]
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ticks = 0
        for pid in [*pids, *listed]:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / _TICKS


def run(folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/playback.md, answer the ratios."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise RuntimeError(WRK.missing)
    env = {
        **os.environ,
        "VOD_HOME": str(folder / "home"),
        "VOD_ENV": "embedded",
        "LOG_LEVEL": "WARNING",
        "PLAYBACK_LEASE_SECONDS": "3600",
        "DJANGO_SETTINGS_MODULE": "tests.bench.unguarded_settings",
    }
    library = _process(env, "prepare", str(VIEWERS))
    with _web(folder, env, workers=WEB_PROCESSES) as web:
        shares, rows = _segments(wrk, web, folder, library, runs)
        checked = Answers(_process(env, "check", given=_paths(library))["took"])
        beaten, started = _beats(env, web, library, runs)
    with _web(folder, env, workers=1) as web:
        events = _events(wrk, web, folder, library, runs)
    times = [("check of a segment", checked), ("Heartbeat", beaten), ("startPlayback", started)]
    ratios = [
        *(report.Ratio(f"{name}, checked to unguarded", value, least=LEAST_SHARE) for name, value in shares),
        report.Ratio("check of a segment, p99 in ms", checked.at(0.99) * 1000, most=2),
        report.Ratio(f"Heartbeat with {VIEWERS} streams beating, p95 in ms", beaten.at(0.95) * 1000, most=20),
        report.Ratio("startPlayback meanwhile, p95 in ms", started.at(0.95) * 1000, most=60),
        report.Ratio("events of players kept in a CPU second", events, least=2000),
    ]
    report.write(
        "playback",
        "Watching",
        words=f"The embedded web role on SQLite, {VIEWERS} accounts with a stream each. Segments by wrk over {CONNECTIONS} connections, "
        f"{SECONDS} s each time, {runs * PAIRS} times in turn with the same files sent by the same server to anybody; ratios are medians of pairs. The check "
        f"in a process of its own, warm. Beats of all streams every {BEAT_SECONDS:g} s and {STARTS_A_SECOND} starts a second, asked for when "
        f"they are due. Events in batches of {BATCH} to one process; CPU is that process's. Who asks runs on the same machine.",
        tables=[
            report.Table(["segments", "requests/s", "least to most", "MB/s", "CPU ms a request"], rows),
            report.Table(
                ["", "answers", "p50 ms", "p95 ms", "p99 ms"],
                [
                    [
                        name,
                        str(len(one.took)),
                        *(f"{one.at(share) * 1000:.2f}" for share in (0.5, 0.95, 0.99)),
                    ]
                    for name, one in times
                ],
            ),
        ],
        ratios=ratios,
        plots=[
            (
                plots.times(
                    "playback",
                    "Within how long answers came",
                    {
                        name: [(share, one.at(share / 100) * 1000) for share in range(1, 100)]
                        for name, one in times
                    },
                ),
                "Times of answers by share",
            )
        ],
    )
    return ratios


def _process(env: Mapping[str, str], *words: str, given: object = None) -> Any:
    command = [sys.executable, "-m", "tests.bench.playback_process", *words]
    done = subprocess.run(
        command, input=json.dumps(given), cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout)


@contextmanager
def _web(folder: Path, env: Mapping[str, str], *, workers: int) -> Iterator[Web]:
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "vod.asgi:application", f"--bind=127.0.0.1:{port}"),
        *("--worker-class=vod.lib.serving.worker.Worker", f"--workers={workers}"),
        *("--no-control-socket", "--log-level=warning", "--keep-alive=75"),
    ]
    log = folder / "web.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
    try:
        deadline = time.monotonic() + _START_SECONDS
        while not _is_up(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text(errors="replace")[-2000:])
            time.sleep(0.2)
        yield Web(port, process)
    finally:
        process.terminate()
        process.wait()


def _is_up(port: int) -> bool:
    from urllib.request import urlopen

    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
            return True
    except OSError:
        return False


def _paths(library: Mapping[str, Any]) -> dict[str, Any]:
    names = [f"{rung}/{number:05d}.m4s" for rung in SIZES for number in range(4)]
    folders = [viewer["folder"] for viewer in library["viewers"]]
    return {"paths": [folder + name for folder in folders for name in names], "times": CHECKS}


def _segments(
    wrk: str, web: Web, folder: Path, library: Mapping[str, Any], runs: int
) -> tuple[list[tuple[str, float]], list[list[str]]]:
    """The median share by size of segment, and rows of the table."""
    shares, rows = [], []
    for rung, size in SIZES.items():
        names = [f"{rung}/{number:05d}.m4s" for number in range(4)]
        guarded = [viewer["folder"] + name for viewer in library["viewers"][:8] for name in names]
        plain = [f"/unguarded/{library['prefix']}/{name}" for name in names] * 8
        seen: tuple[list[float], list[float]] = ([], [])
        costs: tuple[list[float], list[float]] = ([], [])
        for number in range(runs * PAIRS):
            for rates, cpus, paths in zip(seen, costs, (guarded, plain), strict=True):
                rate, requests, cpu = _wrk(wrk, web, folder, [("GET", path, {}, "") for path in paths])
                rates.append(rate)
                cpus.append(cpu / requests)
            print(f"pair {number + 1}: {rung}: {seen[0][-1]:.0f}/s of {seen[1][-1]:.0f}/s", flush=True)
        title = f"{size // 1000} kB"
        shares.append((f"{title}, requests a second", _median_share(*seen)))
        shares.append((f"{title}, requests in a CPU second", _median_share(*reversed(costs))))
        for way, rates, cpus in zip(("checked", "unguarded"), seen, costs, strict=True):
            middle = statistics.median(rates)
            spread = f"{min(rates):.0f} to {max(rates):.0f}"
            cells = [
                f"{middle:.0f}",
                spread,
                f"{middle * size / 1e6:.0f}",
                f"{statistics.median(cpus) * 1e3:.2f}",
            ]
            rows.append([f"{title}: {way}", *cells])
    return shares, rows


def _median_share(some: Sequence[float], others: Sequence[float]) -> float:
    """Of pairs that were measured within seconds of each other: a busy minute of the machine hits both."""
    return statistics.median(one / other for one, other in zip(some, others, strict=True))


def _beats(
    env: Mapping[str, str], web: Web, library: Mapping[str, Any], runs: int
) -> tuple[Answers, Answers]:
    viewers = library["viewers"]

    def asked(
        viewer: Mapping[str, str], operation: str, at: Sequence[float], **given: object
    ) -> dict[str, Any]:
        body = json.dumps({"query": document(operation), "variables": {"input": given}})
        headers = {**_JSON, "Authorization": f"Bearer {viewer['token']}"}
        return {"headers": headers, "body": body, "at": list(at)}

    def at(first: float, step: float) -> list[float]:
        return [first + step * number for number in range(int((BEATING_SECONDS - first) / step))]

    wanted = {
        "port": web.port,
        "connections": CONNECTIONS,
        "beat": [
            asked(
                viewer,
                "Heartbeat",
                at(BEAT_SECONDS * number / len(viewers), BEAT_SECONDS),
                sessionId=viewer["session"],
                positionSeconds=12.5,
                state="PLAYING",
            )
            for number, viewer in enumerate(viewers)
        ],
        "start": [
            asked(viewers[0], "StartPlayback", at(0.1, 1 / STARTS_A_SECOND), videoId=library["film"], deviceName="New", deviceId="new")
        ],
    }  # fmt: skip
    beaten, started = Answers([]), Answers([])
    # The first is to warm up.
    for number in range(runs + 1):
        found = _process(env, "beats", given=wanted)
        if found["failed"]:
            raise RuntimeError(found["failed"][0])
        if number:
            beaten.took += found["beat"]
            started.took += found["start"]
    return beaten, started


def _events(wrk: str, web: Web, folder: Path, library: Mapping[str, Any], runs: int) -> float:
    """Events that the server keeps in a second of its CPU: the median of several times."""
    event = {"type": "STALL", "seconds": 1.5, "position": 61.5, "ago": 2.0}
    body = json.dumps({"events": [event] * BATCH})
    asked = [
        (
            "POST",
            f"/api/playback/{viewer['session']}/quality",
            {"Authorization": f"Bearer {viewer['token']}"},
            body,
        )
        for viewer in library["viewers"]
    ]
    found = []
    for _ in range(runs + 1):
        rate, requests, cpu = _wrk(wrk, web, folder, asked)
        found.append(requests * BATCH / cpu)
        print(f"events: {rate * BATCH:.0f}/s, {found[-1]:.0f} in a CPU second", flush=True)
    return statistics.median(found[1:])


def _wrk(
    wrk: str, web: Web, folder: Path, asked: Sequence[tuple[str, str, Mapping[str, str], str]]
) -> tuple[float, int, float]:
    """Requests a second, requests in all, and CPU seconds of the server."""
    script = folder / "asked.lua"
    lines = []
    for method, path, headers, body in asked:
        pairs = ", ".join(f'["{name}"]="{word}"' for name, word in headers.items())
        lines.append(f"wrk.format({json.dumps(method)}, {json.dumps(path)}, {{{pairs}}}, {json.dumps(body)})")
    script.write_text(
        "local at, all = 0, nil\n"
        f"function init() all = {{{', '.join(lines)}}} end\n"
        "function request() at = at % #all + 1; return all[at] end\n"
    )
    argv = [
        wrk,
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{SECONDS}s",
        "-s",
        str(script),
        f"http://127.0.0.1:{web.port}",
    ]
    before = web.cpu()
    said = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    cpu = web.cpu() - before
    total = re.search(r"(\d+) requests in ([0-9.]+)s", said)
    if total is None or "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    return int(total[1]) / float(total[2]), int(total[1]), cpu
