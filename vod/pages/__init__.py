"""Pages of the project itself: the app's shell, and what stands where there is no page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from vod.pages.installing import manifest, offline, service_worker
from vod.pages.shell import app_shell

__all__ = ["app_shell", "favicon", "manifest", "not_found", "offline", "service_worker"]


def not_found(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Programs' addresses answer 404 with nothing to read."""
    return HttpResponse(status=404, content_type="text/plain; charset=utf-8")


def favicon(_request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(f"{settings.STATIC_URL}app/favicon.svg")
