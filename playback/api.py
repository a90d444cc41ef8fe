"""Bytes and beacons: every media object behind its token, and what players send when they close."""

import hashlib
import io
import json
import logging
import re
from functools import partial
from typing import IO, Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import ParseError, PermissionDenied
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import actor_of
from playback.errors import PlaybackError, PlaybackErrorCode
from playback.selectors.streams import is_within_plan, stream_of
from playback.services.stop_playback import stop_playback
from transcoding.selectors.delivery import MediaObject, master_playlist, media_object, original_playlist
from vod.lib.actor import Actor
from vod.lib.graphql.ids import decode_id
from vod.lib.http import send_object
from vod.lib.logs import say_about
from vod.lib.storage import objects

log = logging.getLogger(__name__)

MASTER = "master.m3u8"
ORIGINAL = "original.m3u8"
PLAYLIST_TYPE = "application/vnd.apple.mpegurl"
# The master is made for one session. What lies below is the same for everyone and never changes, except
# the playlists of an asset that is still growing.
MASTER_CACHE = "private, no-store"
GROWING_CACHE = "private, no-cache"
IMMUTABLE_CACHE = "private, max-age=31536000, immutable"

# The one spelling of a media path: no dots but those of the token and the suffix, nothing escaped.
_PATH = re.compile(
    r"(?P<token>[A-Za-z0-9_-]{1,16}\.[A-Za-z0-9_-]{1,32}\.[A-Za-z0-9_-]{1,64})"
    r"/(?P<version>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"/(?P<path>[a-z0-9_-]{1,80}(?:/[a-z0-9_-]{1,80}){0,3}\.[a-z0-9]{1,8})",
    re.ASCII,
)


def stream(request: HttpRequest, rest: str) -> HttpResponseBase:
    """`GET /stream/<token>/<asset version>/<path>`: 403 for a bad or dead token, 404 for anything else.

    The path that was asked for is matched as a whole, and what matched is what is opened.
    """
    response = _stream(request, rest)
    # The address holds the token, so no address of ours is told to anybody.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _stream(request: HttpRequest, rest: str) -> HttpResponseBase:
    if request.method not in ("GET", "HEAD"):
        response = _nothing(204 if request.method == "OPTIONS" else 405)
        response["Allow"] = "GET, HEAD, OPTIONS"
        return response
    match = _PATH.fullmatch(rest)
    if match is None or not _is_as_sent(request):
        return _nothing(404)
    session = stream_of(match["token"], UUID(match["version"]))
    if session is None:
        refusal = _nothing(403)
        refusal["Cache-Control"] = "no-store"
        return refusal
    say_about(session=session.pk, version=session.version_id, user=session.user_id)
    if match["path"] == MASTER:
        body = master_playlist(session.version, max_height=session.max_height)
        return _send_bytes(request, body.encode(), PLAYLIST_TYPE, MASTER_CACHE)
    if match["path"] == ORIGINAL:
        original = original_playlist(session.version, max_height=session.max_height)
        if original is None:
            return _nothing(404)
        return _send_bytes(request, original.encode(), PLAYLIST_TYPE, MASTER_CACHE)
    within = is_within_plan(session, match["path"])
    found = media_object(session.version, match["path"]) if within else None
    return _nothing(404) if found is None else _send(request, found)


def _nothing(status: int) -> HttpResponse:
    return HttpResponse(status=status, content_type="text/plain; charset=utf-8")


def _is_as_sent(request: HttpRequest) -> bool:
    """Whether the path came unescaped, where the server tells (gunicorn's RAW_URI).

    Otherwise `%2e` for a dot would be a second address of the same object, and a cache that takes
    addresses as they are sent would see another one than we do.
    """
    raw = request.META.get("RAW_URI") or request.META.get("REQUEST_URI")
    return not raw or urlsplit(raw).path == request.path


def _send(request: HttpRequest, found: MediaObject) -> HttpResponseBase:
    if found.body is not None:
        return _send_bytes(request, found.body, found.content_type, GROWING_CACHE)
    try:
        return send_object(
            request,
            partial(objects().open_bytes, found.key),
            size=found.size_bytes,
            content_type=found.content_type,
            etag=hashlib.sha256(found.key.encode()).hexdigest()[:32],
            cache=IMMUTABLE_CACHE,
        )
    except FileNotFoundError:
        log.error("the object %s has a row but no bytes", found.key)
        return _nothing(404)


def _send_bytes(request: HttpRequest, body: bytes, content_type: str, cache: str) -> HttpResponseBase:
    def open_body(first: int, length: int) -> IO[bytes]:
        return io.BytesIO(body[first : first + length])

    etag = hashlib.sha256(body).hexdigest()[:32]
    return send_object(request, open_body, size=len(body), content_type=content_type, etag=etag, cache=cache)


MAX_BEACON_BYTES = 4096
_STATUS = {
    PlaybackErrorCode.UNAUTHENTICATED: 401,
    PlaybackErrorCode.NOT_FOUND: 404,
}


class BeaconParser(BaseParser):
    """JSON, whatever type the browser gave it: `sendBeacon` of a string says text/plain."""

    media_type = "*/*"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> dict[str, Any]:
        raw = stream.read(MAX_BEACON_BYTES + 1)
        try:
            found = json.loads(raw, parse_int=float) if len(raw) <= MAX_BEACON_BYTES else None
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise ParseError("Send one small JSON object.")
        return found


class BeaconAuthentication(BaseAuthentication):
    """Who sends a beacon: `request.auth` is the Actor, of nobody too.

    A beacon cannot carry headers of its own, so no CSRF token either: with a cookie the request must come
    from a page of this site, which the browser itself says.
    """

    def authenticate(self, request: Request) -> tuple[Actor, Actor]:
        actor, by_cookie = actor_of(request._request)
        if by_cookie and not _is_same_origin(request._request):
            raise PermissionDenied
        return actor, actor


class BeaconScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """What OpenAPI says of it."""

    target_class = BeaconAuthentication
    name = "tokenOrSession"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A bearer token; or the session cookie, from a page of this site.",
        }


_POSITION = inline_serializer(
    "Position",
    {
        "positionSeconds": serializers.FloatField(help_text="Seconds from the start."),
        "ended": serializers.BooleanField(
            default=False, help_text="Whether the player is gone, and its place in the plan free."
        ),
    },
)


class PositionBeacon(APIView):
    """A player that closes says where it was."""

    authentication_classes = [BeaconAuthentication]
    permission_classes = []
    parser_classes = [BeaconParser]

    @extend_schema(
        operation_id="save_position",
        summary="Save a position",
        parameters=[
            OpenApiParameter("session_id", str, "path", description="The global id of the playback session.")
        ],
        request={"text/plain": _POSITION, "application/json": _POSITION},
        responses={
            204: OpenApiResponse(description="The position is kept."),
            400: OpenApiResponse(description="No position in the body."),
            401: OpenApiResponse(description="Nobody is signed in."),
            403: OpenApiResponse(description="The request came from another site."),
            404: OpenApiResponse(description="The account has no such stream."),
        },
    )
    def post(self, request: Request, session_id: str) -> Response:
        actor = request.auth
        assert isinstance(actor, Actor)
        sent: dict[str, Any] = dict(request.data)
        position, ended = sent.get("positionSeconds"), sent.get("ended", False)
        if not isinstance(position, float) or not isinstance(ended, bool):
            return Response(status=400)
        try:
            stop_playback(
                actor=actor,
                session_id=decode_id(session_id, "PlaybackSession"),
                position_seconds=position,
                ends=ended,
            )
        except PlaybackError as error:
            return Response(status=_STATUS.get(error.code, 400))
        return Response(status=204)


def _is_same_origin(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
