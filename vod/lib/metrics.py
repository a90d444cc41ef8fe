"""What processes count and time, for Prometheus; every label's values are a known, small set.

Processes of one machine count into files of `METRICS_FOLDER`, each into its own, and whoever is asked adds them up
(prometheus_client's multi-process mode). What rows say is not counted here but read when asked (vod/probes.py).
"""

import os
import re
import threading
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from hmac import compare_digest
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings

if settings.METRICS_FOLDER is not None:
    # prometheus_client looks for it once, when it is imported.
    settings.METRICS_FOLDER.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(settings.METRICS_FOLDER)

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import REGISTRY, Collector

OTHER = "other"
_METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"})
_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_LONG = (0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300, 900, 3600)
_BUFFERS = (0.5, 1, 2, 4, 8, 15, 30, 60, 120)
_RATES = (0.5e6, 1e6, 2e6, 4e6, 8e6, 15e6, 30e6, 60e6, 120e6)
# Of CTA-5004: manifest, sound, picture, both, init, captions, timed text, key, other.
_OBJECTS = frozenset({"m", "a", "v", "av", "i", "c", "tt", "k", "o"})
_SPEEDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64)

REQUESTS = Counter(
    "lantern_requests",
    "Requests answered, by route, method and class of status.",
    ["route", "method", "status"],
)
REQUEST_SECONDS = Histogram(
    "lantern_request_seconds", "Time until an answer began, by route.", ["route"], buckets=_QUICK
)
OPERATIONS = Counter(
    "lantern_operations", "GraphQL operations, by name and outcome.", ["operation", "outcome"]
)
OPERATION_SECONDS = Histogram(
    "lantern_operation_seconds", "Time that a GraphQL operation took.", ["operation"], buckets=_QUICK
)
WORK_SECONDS = Histogram(
    "lantern_work_seconds",
    "Wall time of pieces of work that were finished, by kind.",
    ["kind"],
    buckets=_LONG,
)
ENCODE_SPEED = Histogram(
    "lantern_encode_speed",
    "Seconds of film made in a second, of pieces that were finished, by kind.",
    ["kind"],
    buckets=_SPEEDS,
)
STARTS_FAILED = Counter("lantern_starts_failed", "Starts of work that failed, by code.", ["code"])
LEASES_LOST = Counter(
    "lantern_leases_lost", "Pieces of work taken back from workers that went silent, by kind.", ["kind"]
)
PLAY_START_SECONDS = Histogram(
    "lantern_play_start_seconds", "Time from pressing play to the first picture.", buckets=_QUICK
)
PLAY_STALL_SECONDS = Histogram("lantern_play_stall_seconds", "Length of stalls.", buckets=_QUICK)
PLAYED_SECONDS = Counter("lantern_played_seconds", "Time that players played.")
PLAY_SWITCHES = Counter("lantern_play_switches", "Changes from one rung to another.")
PLAY_ERRORS = Counter("lantern_play_errors", "Errors of players, by code.", ["code"])
CMCD_REQUESTS = Counter(
    "lantern_cmcd_requests", "Requests of media that came with CMCD, by object.", ["object"]
)
CMCD_STARVED = Counter("lantern_cmcd_starved", "Requests after which players said that they had run dry.")
CMCD_BUFFER_SECONDS = Histogram(
    "lantern_cmcd_buffer_seconds", "What players had in hand when they asked.", buckets=_BUFFERS
)
CMCD_THROUGHPUT_BITS = Histogram(
    "lantern_cmcd_throughput_bits", "Bits a second that players measured.", buckets=_RATES
)
STORE_ERRORS = Counter("lantern_store_errors", "Times that the object store could not do what it was asked.")
POOL = Gauge(
    "lantern_database_pool",
    "Connections of the database pools of all processes, by state, and requests that wait for one.",
    ["state"],
    multiprocess_mode="livesum",
)


def count_request(
    *, route: str | None, method: str, status: int, seconds: float, operation: str | None
) -> None:
    """Counts one answered request. `route` is Django's pattern, None where nothing matched."""
    label = route_label(route)
    REQUESTS.labels(label, method if method in _METHODS else OTHER, f"{status // 100}xx").inc()
    REQUEST_SECONDS.labels(label).observe(seconds)
    if operation is not None:
        OPERATION_SECONDS.labels(operation).observe(seconds)


def count_quality(*, kind: str, seconds: float | None, code: str) -> None:
    """Counts one event of a player, as `QualityEvent` of playback has it; both words are of a known, small set."""
    if kind == "SWITCH":
        PLAY_SWITCHES.inc()
    elif kind == "ERROR":
        PLAY_ERRORS.labels(code).inc()
    elif seconds is not None and kind == "PLAYED":
        PLAYED_SECONDS.inc(seconds)
    elif seconds is not None:
        (PLAY_START_SECONDS if kind == "START" else PLAY_STALL_SECONDS).observe(seconds)


def count_cmcd(*, kind: str, buffer_ms: int | None, throughput_kbit: int | None, starved: bool) -> None:
    """Counts what one request's CMCD says; `kind` is the object type, whatever the client calls it."""
    CMCD_REQUESTS.labels(kind if kind in _OBJECTS else OTHER).inc()
    if starved:
        CMCD_STARVED.inc()
    if buffer_ms is not None:
        CMCD_BUFFER_SECONDS.observe(buffer_ms / 1000)
    if throughput_kbit is not None:
        CMCD_THROUGHPUT_BITS.observe(throughput_kbit * 1000)


@lru_cache(maxsize=1024)
def route_label(route: str | None) -> str:
    """The fixed beginning of a pattern: `stream/<path:rest>` is `stream`; of the admin and of allauth, no more than that."""
    if route is None:
        return "none"
    fixed = re.split(r"[<(\[\\^$?]", route.lstrip("^"), maxsplit=1)[0].strip("/")
    first = fixed.partition("/")[0]
    return first if first in ("admin", "accounts", "static") else fixed or "app"


def operation_label(name: str | None, known: Collection[str]) -> str:
    """An operation's name where the product knows it; anybody can make up others."""
    return name if name is not None and name in known else OTHER


def note_pool(connection: Any) -> None:
    """Tells how this process's pool of database connections stands, where there is one."""
    pool = getattr(connection, "pool", None)
    if pool is None:
        return
    figures = pool.get_stats()
    POOL.labels("open").set(figures.get("pool_size", 0))
    POOL.labels("free").set(figures.get("pool_available", 0))
    POOL.labels("waited_for").set(figures.get("requests_waiting", 0))


class _Read(Collector):
    def __init__(self, read: Callable[[], Iterable[Metric]]) -> None:
        self._read = read

    def collect(self) -> Iterable[Metric]:
        return self._read()

    def describe(self) -> Iterable[Metric]:
        return ()


def exposition(read: Callable[[], Iterable[Metric]] | None = None) -> bytes:
    """All of it in Prometheus' text format, with what `read` gives beside what was counted."""
    registry = CollectorRegistry()
    if is_shared():
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_Read(REGISTRY.collect))
    if read is not None:
        registry.register(_Read(read))
    return generate_latest(registry)


class _Quiet(WSGIRequestHandler):
    # Seconds; whoever connects and says nothing is not waited for.
    timeout = 5

    def log_message(self, *_words: object) -> None:
        """Who asks for figures is nothing to tell of."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def serve(port: int, *, token: str | None) -> WSGIServer:
    """Tells at /metrics what this machine's processes counted, and at /healthz that this one lives, from a thread.

    For workers, which answer no requests. With a token to everybody who has it, without one to this machine alone.
    """
    wanted = f"Bearer {token}".encode() if token else b""

    def answer(request: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
        path = request.get("PATH_INFO")
        may = not wanted or compare_digest(str(request.get("HTTP_AUTHORIZATION", "")).encode(), wanted)
        found = path == "/healthz" or (path == "/metrics" and may)
        start(
            "200 OK" if found else "404 Not Found",
            [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")],
        )
        return [exposition() if path == "/metrics" and may else b"ok" if found else b""]

    address = "0.0.0.0" if token else "127.0.0.1"  # noqa: S104 - asked for, and guarded by the token
    server = make_server(address, port, answer, server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server


def is_shared() -> bool:
    """Whether processes count into files that all of them read."""
    return bool(os.environ.get("PROMETHEUS_MULTIPROC_DIR"))


def forget_process(pid: int) -> None:
    """Takes a dead process's gauges out of the sums; what it counted stays."""
    if is_shared():
        mark_process_dead(pid)  # type: ignore[no-untyped-call]
