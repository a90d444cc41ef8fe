"""What browsers are told not to do with any answer of ours."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

# What the player uses stays; everything that asks a person for something of theirs goes.
_PERMISSIONS = ", ".join(
    [
        *(f"{name}=(self)" for name in ("autoplay", "encrypted-media", "fullscreen", "picture-in-picture")),
        *(f"{name}=(self)" for name in ("publickey-credentials-get", "screen-wake-lock")),
        *(f"{name}=()" for name in ("accelerometer", "browsing-topics", "camera", "display-capture")),
        *(f"{name}=()" for name in ("geolocation", "gyroscope", "magnetometer", "microphone", "midi")),
        *(f"{name}=()" for name in ("payment", "serial", "usb", "xr-spatial-tracking")),
    ]
)
# The admin's pages carry styles inside, and evaluate expressions in attributes (Alpine); no script stands in them.
_ADMIN_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


class HeadersMiddleware:
    """Adds what neither Django nor django-csp does: permissions, who may embed an answer, the admin's policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith("/admin/"):
            response.headers.setdefault("Content-Security-Policy", _ADMIN_POLICY)
        return response
