"""Pages of the project itself: the app's shell, and whether this process lives and can serve."""

import html
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_safe

from vod.lib.storage import objects

NOT_BUILT = "The web app has not been built yet. Start Lantern with `make run`, which builds it."


@lru_cache(maxsize=1)
def _shell(_changed: float) -> str:
    page = (settings.FRONTEND_DIST / "index.html").read_text(encoding="utf-8")
    name = html.escape(settings.SITE_NAME, quote=True)
    return page.replace('name="site-name" content="Lantern"', f'name="site-name" content="{name}"').replace(
        "<title>Lantern</title>", f"<title>{name}</title>"
    )


@require_safe
@never_cache
@ensure_csrf_cookie
def app_shell(_request: HttpRequest) -> HttpResponse:
    """The React app's page, for every address that is the app's."""
    try:
        changed = (settings.FRONTEND_DIST / "index.html").stat().st_mtime
    except FileNotFoundError:
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(_shell(changed))


def not_found(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Programs' addresses answer 404 with nothing to read."""
    return HttpResponse(status=404, content_type="text/plain; charset=utf-8")


def favicon(_request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(f"{settings.STATIC_URL}app/favicon.svg")


@require_GET
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 while this process answers at all."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def _database() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError("migrations are missing: run manage.py migrate")


def _objects() -> None:
    objects().try_out()


def _app() -> None:
    if not (settings.FRONTEND_DIST / "index.html").is_file():
        raise RuntimeError("the web app is not built")


@require_GET
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 where each dependency can be used, else 503; each by name with "ok" or what is wrong."""
    tries: dict[str, Callable[[], None]] = {"database": _database, "objects": _objects, "app": _app}
    found = {}
    for name, attempt in tries.items():
        try:
            attempt()
            found[name] = "ok"
        except (DatabaseError, OSError, RuntimeError) as error:
            found[name] = str(error)
    return JsonResponse(found, status=200 if all(word == "ok" for word in found.values()) else 503)
