"""What players send when they close."""

import json
from typing import Any

from django.http import HttpRequest
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
from playback.models import QualityEvent
from playback.services.note_quality import MOST_EVENTS, TooManyEvents, note_quality
from playback.services.stop_playback import stop_playback
from vod.lib.actor import Actor, Scope
from vod.lib.graphql.ids import decode_id

MAX_BEACON_BYTES = 4096
MAX_QUALITY_BYTES = 16 * 1024
_STATUS = {
    PlaybackErrorCode.UNAUTHENTICATED: 401,
    PlaybackErrorCode.NOT_FOUND: 404,
}


class BeaconParser(BaseParser):
    """JSON, whatever type the browser gave it: `sendBeacon` of a string says text/plain."""

    media_type = "*/*"
    most_bytes = MAX_BEACON_BYTES

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> dict[str, Any]:
        raw = stream.read(self.most_bytes + 1)
        try:
            found = json.loads(raw, parse_int=float) if len(raw) <= self.most_bytes else None
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise ParseError("Send one small JSON object.")
        return found


class QualityParser(BeaconParser):
    """The same, for batches."""

    most_bytes = MAX_QUALITY_BYTES


class BeaconAuthentication(BaseAuthentication):
    """Who sends a beacon: `request.auth` is the Actor, of nobody too.

    A beacon cannot carry headers of its own, so no CSRF token either: with a cookie the request must come
    from a page of this site, which the browser itself says.
    """

    def authenticate(self, request: Request) -> tuple[Actor, Actor]:
        actor, by_cookie = actor_of(request._request)
        if by_cookie and not _is_same_origin(request._request):
            raise PermissionDenied
        if lack := actor.lacks(Scope.WATCH):
            raise PermissionDenied(lack)
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


_SESSION_ID = OpenApiParameter(
    "session_id", str, "path", description="The global id of the playback session."
)
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
        parameters=[_SESSION_ID],
        request={"text/plain": _POSITION, "application/json": _POSITION},
        responses={
            204: OpenApiResponse(description="The position is kept."),
            400: OpenApiResponse(description="No position in the body."),
            401: OpenApiResponse(description="Nobody is signed in."),
            403: OpenApiResponse(
                description="The request came from another site, or its token lacks the scope WATCH."
            ),
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


_EVENT = inline_serializer(
    "QualityEvent",
    {
        "type": serializers.ChoiceField(QualityEvent.Kind.values),
        "ago": serializers.FloatField(default=0, help_text="Seconds from the event until this is sent."),
        "position": serializers.FloatField(required=False, help_text="Seconds from the film's start."),
        "seconds": serializers.FloatField(
            required=False, help_text="How long it took: of START, PLAYED and STALL."
        ),
        "height": serializers.IntegerField(required=False, help_text="Pixels of the new rung: of SWITCH."),
        "bitrate": serializers.IntegerField(required=False, help_text="Bits a second of it: may be said."),
        "code": serializers.ChoiceField(QualityEvent.Code.values, required=False, help_text="Of ERROR."),
        "fatal": serializers.BooleanField(required=False, help_text="Whether an ERROR ended the film."),
        "status": serializers.IntegerField(required=False, help_text="HTTP status of an ERROR."),
    },
    many=True,
)
_EVENTS = inline_serializer("QualityEvents", {"events": _EVENT})


class QualityBeacon(APIView):
    """A player says how its stream runs."""

    authentication_classes = [BeaconAuthentication]
    permission_classes = []
    parser_classes = [QualityParser]

    @extend_schema(
        operation_id="note_quality",
        summary="Say how a stream runs",
        description=f"1 to {MOST_EVENTS} events, {MAX_QUALITY_BYTES} bytes at most. All are kept, or none.",
        parameters=[_SESSION_ID],
        request={"text/plain": _EVENTS, "application/json": _EVENTS},
        responses={
            204: OpenApiResponse(description="The events are kept."),
            400: OpenApiResponse(description="An event is none; `message` says why."),
            401: OpenApiResponse(description="Nobody is signed in."),
            403: OpenApiResponse(
                description="The request came from another site, or its token lacks the scope WATCH."
            ),
            404: OpenApiResponse(
                description="The account has no such stream, or it ended more than a day ago."
            ),
            429: OpenApiResponse(description="The stream has said enough."),
        },
    )
    def post(self, request: Request, session_id: str) -> Response:
        actor = request.auth
        assert isinstance(actor, Actor)
        try:
            note_quality(
                actor=actor,
                session_id=decode_id(session_id, "PlaybackSession"),
                events=dict(request.data).get("events"),
            )
        except TooManyEvents:
            return Response(status=429)
        except PlaybackError as error:
            status = _STATUS.get(error.code, 400)
            return Response({"message": str(error)} if status == 400 else None, status=status)
        return Response(status=204)


def _is_same_origin(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
