"""What makes the app installable (W3C's Web Application Manifest) and lets it open without a network."""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from vod.pages.shell import built_page, not_built

_ICONS = (
    ("icon-192.png", "192x192", "image/png", "any"),
    ("icon-512.png", "512x512", "image/png", "any"),
    ("icon-maskable-512.png", "512x512", "image/png", "maskable"),
    ("favicon.svg", "any", "image/svg+xml", "any"),
)
_INK = "#0a0c11"


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(_request: HttpRequest) -> HttpResponse:
    """The installation as an app of its own, under its own name."""
    said = {
        "id": "/",
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME[:12].rstrip(),
        "description": "Films and series, on every screen, from where you stopped.",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": _INK,
        "theme_color": _INK,
        "categories": ["entertainment"],
        "icons": [
            {"src": f"{settings.STATIC_URL}app/{file}", "sizes": sizes, "type": kind, "purpose": purpose}
            for file, sizes, kind, purpose in _ICONS
        ],
        "shortcuts": [
            {"name": "My list", "url": "/my-list"},
            {"name": "Search", "url": "/search"},
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_safe
@cache_control(no_cache=True)
def offline(_request: HttpRequest) -> HttpResponse:
    """The app's page as it is for everybody: without a cookie, and without any answer in it. The worker keeps it."""
    page = built_page()
    return HttpResponse(page) if page is not None else not_built()


@require_safe
@cache_control(no_cache=True)
def service_worker(_request: HttpRequest) -> HttpResponse:
    """The app's service worker, at the root since it may only serve addresses below its own.

    It names the build, so that browsers, which compare its bytes, fetch the shell anew when there is another.
    """
    page = built_page()
    try:
        code = (settings.FRONTEND_DIST / "sw.js").read_text(encoding="utf-8")
    except FileNotFoundError:
        return not_built()
    if page is None:
        return not_built()
    build = hashlib.sha256(page.encode()).hexdigest()[:16]
    return HttpResponse(code.replace("__BUILD__", build), content_type="text/javascript; charset=utf-8")
