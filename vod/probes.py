"""What machines ask of a process: whether it lives, whether it can serve, and figures.

These answer before anything looks at the host name or asks for https, because whoever asks calls this very process by its
address. They say names and numbers, no addresses and no reasons: those are in the log.
"""

import ipaddress
from collections.abc import Callable, Iterable
from functools import lru_cache
from hmac import compare_digest

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from prometheus_client.core import GaugeMetricFamily, Metric

from playback.selectors.figures import live_sessions
from transcoding.selectors.figures import Figures, factory_figures
from vod.lib import metrics
from vod.lib.health import DEADLINE_SECONDS, OK, Dependency, ask, can_serve
from vod.lib.leaving import is_leaving
from vod.lib.storage import objects

PLAIN = "text/plain; charset=utf-8"
# Words that a proxy adds and no scraper does: a request that bears one came from farther away than it seems.
_OF_PROXIES = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip")


class ProbesMiddleware:
    """Answers the three paths; everything else goes its way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        view = _VIEWS.get(request.path_info)
        if view is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            response = HttpResponse(status=405, content_type=PLAIN)
            response["Allow"] = "GET, HEAD"
        else:
            response = view(request)
        # Django would call each 503 an error of its own; what changed is told by vod/lib/health.py, once.
        response._has_been_logged = True  # type: ignore[attr-defined]
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def healthz(_request: HttpRequest) -> HttpResponse:
    """200 while this process answers at all."""
    return HttpResponse("ok", content_type=PLAIN)


def readyz(_request: HttpRequest) -> HttpResponse:
    """200 where what is required can be used, else 503; each dependency by name, within 2 s."""
    if is_leaving():
        return JsonResponse({"process": "leaving"}, status=503)
    found = ask(_dependencies())
    return JsonResponse(found, status=200 if can_serve(found) else 503)


def figures(request: HttpRequest) -> HttpResponse:
    """Prometheus' text format; 404 for who may not ask, as if there were nothing."""
    if not _may_read_figures(request):
        return HttpResponse(status=404, content_type=PLAIN)
    return HttpResponse(metrics.exposition(_state), content_type="text/plain; version=0.0.4; charset=utf-8")


_VIEWS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz": healthz,
    "/readyz": readyz,
    "/metrics": figures,
}


def _may_read_figures(request: HttpRequest) -> bool:
    """Whoever has the token; where there is none, this machine itself, and never through a proxy on it."""
    if settings.METRICS_TOKEN:
        sent = request.headers.get("Authorization", "")
        return compare_digest(sent.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    if settings.BEHIND_PROXY or any(name in request.headers for name in _OF_PROXIES):
        return False
    try:
        return ipaddress.ip_address(str(request.META.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        return False


@lru_cache(maxsize=1)
def _dependencies() -> tuple[Dependency, ...]:
    return (
        Dependency("database", _try_database, after=lambda: connection.close()),
        Dependency("objects", lambda: objects().try_out()),
        Dependency("app", _try_app),
        # Without these pages and films go on: work is found by sweeping, and what was cached is computed.
        Dependency("cache", _try_cache, required=False, after=lambda: connection.close()),
        Dependency("broker", _try_broker, required=False),
    )


_migrated = False


def _try_database() -> None:
    global _migrated
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if not _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise RuntimeError("migrations are missing: run manage.py migrate")
        _migrated = True


def _try_app() -> None:
    if not (settings.FRONTEND_DIST / "index.html").is_file():
        raise RuntimeError("the web app is not built")


def _try_cache() -> None:
    if settings.REDIS_URL:
        _ping(settings.REDIS_URL)
    else:
        cache.get("readyz")


def _try_broker() -> None:
    if settings.BROKER_URL.startswith("redis"):
        _ping(settings.BROKER_URL)


def _ping(address: str) -> None:
    # Not through the cache, which outlives a Redis that is away and would say nothing.
    seconds = DEADLINE_SECONDS
    with redis.Redis.from_url(address, socket_timeout=seconds, socket_connect_timeout=seconds) as client:
        client.ping()


class _State:
    """What rows say, read in a thread like a dependency, so that figures come also while the database hangs."""

    def __init__(self) -> None:
        self.factory: Figures | None = None
        self.sessions = 0

    def read(self) -> None:
        self.factory, self.sessions = factory_figures(), live_sessions()


_rows = _State()
_reading = Dependency("figures", _rows.read, after=lambda: connection.close())


def _state() -> Iterable[Metric]:
    read = ask([_reading])["figures"] == OK
    yield GaugeMetricFamily(
        "lantern_rows_read", "Whether the database could be read for the figures that come from rows.", read
    )
    if not read or _rows.factory is None:
        return
    found = _rows.factory
    lanes = {
        "waiting": GaugeMetricFamily(
            "lantern_work_waiting", "Pieces of work that wait, by lane.", labels=["lane"]
        ),
        "running": GaugeMetricFamily(
            "lantern_work_running", "Pieces of work under way, by lane.", labels=["lane"]
        ),
        "oldest_seconds": GaugeMetricFamily(
            "lantern_work_oldest_seconds",
            "Age of the oldest piece of work that waits, by lane.",
            labels=["lane"],
        ),
    }
    for attribute, family in lanes.items():
        for load in found.lanes:
            family.add_metric([load.lane.value], getattr(load, attribute))
        yield family
    yield _by("lantern_assets", "Assets by state.", "state", found.assets)
    yield _by("lantern_assets_failed", "Assets that have failed, by code.", "code", found.failures)
    yield GaugeMetricFamily(
        "lantern_uploads_open", "Uploads that are not complete and not expired.", found.uploads
    )
    yield GaugeMetricFamily(
        "lantern_sessions_live", "Streams that hold a place at the moment.", _rows.sessions
    )


def _by(name: str, what: str, label: str, counts: dict[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, what, labels=[label])
    for key, count in counts.items():
        family.add_metric([key], count)
    return family
