"""Pages of the project itself: the app's shell, and what stands where there is no page."""

import html
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

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
