"""Every media object behind its token."""

import io
import logging
from collections.abc import Callable
from functools import partial
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from playback.api.cmcd import note_cmcd
from playback.api.origins import tell_origins
from playback.selectors.media import Media, Refusal, media_at
from playback.selectors.previews import preview_at
from vod.lib.http import send_object
from vod.lib.storage import objects

log = logging.getLogger(__name__)

# What tells whether an address may be answered, and with what.
Judge = Callable[[str], Media | Refusal]


# Nothing is changed here, whoever asks: other methods get their 405, and not a page about cookies.
@csrf_exempt
def stream(request: HttpRequest, rest: str) -> HttpResponseBase:
    """`GET /stream/<token>/<asset version>/<path>`: 403 for a bad or dead token, 404 for anything else.

    421 for what an edge is there to send. The path that was asked for is matched as a whole, and what
    matched is what is opened.
    """
    return _guarded(request, rest, media_at)


@csrf_exempt
def preview(request: HttpRequest, rest: str) -> HttpResponseBase:
    """`GET /previews/<token>/<asset version>/preview.mp4`: answered as the paths of a stream are."""
    return _guarded(request, rest, preview_at)


def _guarded(request: HttpRequest, rest: str, judge: Judge) -> HttpResponseBase:
    response = _answer(request, rest, judge)
    # The address holds the token, so no address of ours is told to anybody.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Content-Type-Options"] = "nosniff"
    tell_origins(request, response)
    return response


def _answer(request: HttpRequest, rest: str, judge: Judge) -> HttpResponseBase:
    if request.method not in ("GET", "HEAD"):
        response = nothing(204 if request.method == "OPTIONS" else 405)
        response["Allow"] = "GET, HEAD, OPTIONS"
        return response
    found = judge(rest) if _is_as_sent(request) else Refusal.NOTHING
    if isinstance(found, Media):
        note_cmcd(request)
        return _send(request, found)
    refusal = nothing(found.value)
    if found is Refusal.DEAD:
        refusal["Cache-Control"] = "no-store"
    return refusal


def nothing(status: int) -> HttpResponse:
    """An answer without a page."""
    return HttpResponse(status=status, content_type="text/plain; charset=utf-8")


def _is_as_sent(request: HttpRequest) -> bool:
    """Whether the path came unescaped, where the server tells (gunicorn's RAW_URI).

    Otherwise `%2e` for a dot would be a second address of the same object, and a cache that takes
    addresses as they are sent would see another one than we do.
    """
    raw = request.META.get("RAW_URI") or request.META.get("REQUEST_URI")
    return not raw or urlsplit(raw).path == request.path


def _send(request: HttpRequest, found: Media) -> HttpResponseBase:
    if found.body is None and not found.is_playlist and settings.DELIVERY != "application":
        # Where this happens, the proxy in front does not have the configuration of an edge.
        log.error("a segment was asked for here, and DELIVERY=%s", settings.DELIVERY)
        return nothing(421)
    try:
        return send_object(
            request,
            partial(_open, found),
            size=found.size_bytes,
            content_type=found.content_type,
            etag=found.etag,
            cache=found.cache,
        )
    except FileNotFoundError:
        log.error("the object %s has a row but no bytes", found.key)
        return nothing(404)


def _open(found: Media, first: int, length: int) -> IO[bytes]:
    if found.body is None:
        return objects().open_bytes(found.key, first, length)
    return io.BytesIO(found.body[first : first + length])
