"""One's data, as a file to keep."""

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts import exporting
from vod.lib.actor import Actor, Scope


class ExportView(APIView):
    """All that is kept about the account that asks."""

    scope = Scope.ACCOUNT

    @extend_schema(
        operation_id="export_account",
        summary="Download one's data",
        parameters=[
            OpenApiParameter("signed", str, "path", description="From `exportAccount`, within 15 minutes.")
        ],
        responses={
            (200, "application/json"): OpenApiResponse(
                description="The document, as docs/people.md describes it."
            ),
            401: OpenApiResponse(description="Nobody is signed in."),
            403: OpenApiResponse(
                description="Not from a child's profile, nor with a token made for a program."
            ),
            404: OpenApiResponse(
                description="The address is another account's, is over, or is none of ours."
            ),
        },
    )
    def get(self, request: Request, signed: str) -> HttpResponseBase:
        actor = request.auth
        assert isinstance(actor, Actor)
        user_id = exporting.account_at(signed)
        if user_id is None or user_id != actor.user_id:
            raise NotFound
        if actor.is_confined:
            raise PermissionDenied("Not from a child's profile. Switch to another first.")
        name = f"lantern-{timezone.now():%Y-%m-%d}.json"
        answer = StreamingHttpResponse(exporting.written(user_id), content_type="application/json")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Cache-Control"] = "no-store"
        return answer
