"""REST's way to know who is asking."""

from django.http import HttpRequest, HttpResponse
from rest_framework.authentication import BaseAuthentication, CSRFCheck
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from accounts.authentication import actor_of
from accounts.models import User
from vod.lib.actor import Actor


class BearerOrSessionAuthentication(BaseAuthentication):
    """A bearer token, judged by itself, or else the session cookie with its CSRF token.

    `request.user` is the User and `request.auth` the Actor. Nobody signed in: 401.
    """

    def authenticate(self, request: Request) -> tuple[User, Actor] | None:
        actor, by_cookie = actor_of(request._request)
        if actor.user_id is None:
            return None
        if by_cookie:
            self._check_csrf(request)
            user = request._request.user
            assert isinstance(user, User)
            return user, actor
        return User.objects.get(pk=actor.user_id), actor

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"

    @staticmethod
    def _check_csrf(request: Request) -> None:
        def answer(_request: HttpRequest) -> HttpResponse:
            return HttpResponse()

        check = CSRFCheck(answer)
        check.process_request(request._request)
        if check.process_view(request._request, answer, (), {}):
            raise PermissionDenied(
                "The CSRF token is missing or wrong: send the csrftoken cookie's value as X-CSRFToken."
            )
