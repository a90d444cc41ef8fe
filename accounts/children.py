"""Pages on which an account, or the library, is changed are closed to a browser on a child's profile."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts.authentication import binding_of_session
from accounts.models import User

# GraphQL and REST ask the Actor; these know only the session's user, who may well be an operator.
CLOSED = ("/admin/", "/accounts/", "/_allauth/")
# Who is signed in, and signing out.
_OPEN = ("/accounts/logout/", "/_allauth/browser/v1/auth/session", "/_allauth/browser/v1/config")
ADVICE = "Not from a child's profile. Switch to another profile first.\n"


class ChildrenMiddleware:
    """Answers 403 where a session on a child's profile, or on one that was deleted, asks for such a page."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(CLOSED) and request.path not in _OPEN and _is_confined(request):
            return HttpResponse(ADVICE, status=403, content_type="text/plain; charset=utf-8")
        return self._answer(request)


def _is_confined(request: HttpRequest) -> bool:
    user = request.user
    return isinstance(user, User) and binding_of_session(request, user).is_confined
