"""GraphQL over HTTP by the specification's draft, checked by its own audit suite (npm graphql-http).

Synchronous; JSON only; GET for queries only. Who asks is found by a function given to the view, so that
this floor knows no accounts.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from graphql import GraphQLError, GraphQLSchema

from vod.lib.actor import NOBODY, Actor
from vod.lib.graphql import answers
from vod.lib.graphql.errors import ApiError, ApiErrorCode, format_error
from vod.lib.graphql.execution import Refused, prepare, run, text_of
from vod.lib.graphql.wire import JSON_TYPE, RESPONSE_TYPE, Asked, RefusedRequest, negotiate, read, write
from vod.lib.http import CSRF_ADVICE, lacks_csrf_token
from vod.lib.logs import say_about


@method_decorator(csrf_exempt, name="dispatch")
class GraphQLView(View):
    """`actor_of(request)` answers who asks and whether it was by cookie (then CSRF is checked).

    `operations` are the names that metrics tell apart.
    """

    schema: GraphQLSchema = GraphQLSchema()
    actor_of: Callable[[HttpRequest], tuple[Actor, bool]] | None = None
    operations: Collection[str] = ()

    http_method_names = ["get", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return self._answer(request)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        kind = negotiate(request.headers.get("Accept", ""))
        try:
            if kind is None:
                raise RefusedRequest(406, f"Answers are {RESPONSE_TYPE} or {JSON_TYPE}.")
            asked = read(request)
            actor = self._asker(request)
        except RefusedRequest as refused:
            return write(kind or JSON_TYPE, refused.status, {"errors": [format_error(refused.error)]})
        except ApiError as error:
            return write(kind or JSON_TYPE, 403, {"errors": [format_error(error)]})
        say_about(user=actor.user_id)
        try:
            return self._remembered(request, kind, asked, actor)
        except Refused as refused:
            # The specification asks for 4xx with its own media type, and for 200 with application/json. Apollo's
            # clients read the one word that makes them send the document in an answer of status 200 only.
            status = 400 if kind == RESPONSE_TYPE and not refused.is_question else 200
            return write(kind, status, {"errors": [format_error(error) for error in refused.errors]})

    def _asker(self, request: HttpRequest) -> Actor:
        actor, by_cookie = self.actor_of(request) if self.actor_of else (NOBODY, False)
        if by_cookie and request.method == "GET":
            # Any page can make a browser send one, cookies and all.
            raise ApiError(ApiErrorCode.FORBIDDEN, "With a session's cookie, send queries by POST too.")
        if by_cookie and lacks_csrf_token(request):
            raise ApiError(ApiErrorCode.FORBIDDEN, CSRF_ADVICE)
        return actor

    def _remembered(self, request: HttpRequest, kind: str, asked: Asked, actor: Actor) -> HttpResponseBase:
        def make() -> HttpResponse:
            return self._run(request, kind, asked, actor)

        if asked.query and asked.named:
            # Who sends both wants the document kept, which is done where it is judged.
            return make()
        named = replace(asked, query=text_of(asked, actor))
        return answers.answer(request, kind, named, actor, self.schema, make)

    def _run(self, request: HttpRequest, kind: str, asked: Asked, actor: Actor) -> HttpResponse:
        prepared = prepare(self.schema, request, asked, actor, self.operations)
        if request.method == "GET" and prepared.writes:
            error = GraphQLError("Mutations need POST.")
            response = write(kind, 405, {"errors": [format_error(error)]})
            response["Allow"] = "POST"
            return response
        result = run(self.schema, request, asked, actor, prepared)
        body: dict[str, Any] = {"data": result.data}
        if result.errors:
            body = {"errors": [format_error(error) for error in result.errors], **body}
        answers.note_of(request).whole = not result.errors
        return write(kind, 200, body)
