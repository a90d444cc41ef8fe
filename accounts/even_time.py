"""Answers that take as long whatever they were about: to the next multiple of a fixed time after their beginning.

For doors where one answer needs a mail, a row or a hash more than the other, and nobody may tell which it was.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponseBase

STEP_SECONDS = 0.5

# Forms that take an address: for a new password, for a new account. Named by where they are, for they are not ours.
_DOORS = frozenset(
    f"{place}{name}"
    for place, names in (
        ("/accounts/", ("password/reset/", "signup/")),
        ("/_allauth/browser/v1/auth/", ("password/request", "signup")),
    )
    for name in names
)


@contextmanager
def even_time() -> Iterator[None]:
    """What is done inside seems to take a multiple of STEP_SECONDS, also where it fails."""
    began = time.monotonic()
    try:
        yield
    finally:
        taken = time.monotonic() - began
        time.sleep(STEP_SECONDS - taken % STEP_SECONDS)


class EvenTimeMiddleware:
    """Evens out the time of the doors above."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST" or request.path not in _DOORS:
            return self.get_response(request)
        with even_time():
            return self.get_response(request)
