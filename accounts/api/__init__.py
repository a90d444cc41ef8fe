"""REST's way to know who is asking."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from accounts.authentication import actor_of
from accounts.models import User
from vod.lib.actor import Actor, Scope
from vod.lib.http import CSRF_ADVICE, lacks_csrf_token


class BearerOrSessionAuthentication(BaseAuthentication):
    """A bearer token, judged by itself, or else the session cookie with its CSRF token.

    `request.user` is the User and `request.auth` the Actor. Nobody signed in: 401. A token that lacks the
    scope that the view names (`scope`; else READ for what only reads, OPERATE for the rest): 403.
    """

    def authenticate(self, request: Request) -> tuple[User, Actor] | None:
        actor, by_cookie = actor_of(request._request)
        if actor.user_id is None:
            return None
        view = (request.parser_context or {}).get("view")
        usual = Scope.READ if request.method in SAFE_METHODS else Scope.OPERATE
        if lack := actor.lacks(getattr(view, "scope", usual)):
            raise PermissionDenied(lack)
        if by_cookie:
            if lacks_csrf_token(request._request):
                raise PermissionDenied(CSRF_ADVICE)
            user = request._request.user
            assert isinstance(user, User)
            return user, actor
        return User.objects.get(pk=actor.user_id), actor

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class BearerOrSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """What OpenAPI says of it."""

    target_class = BearerOrSessionAuthentication
    name = "bearerOrSession"

    def get_security_definition(self, _auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A bearer token; or the session cookie with its CSRF token in X-CSRFToken.",
        }
