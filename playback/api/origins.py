"""Which other sites' pages may fetch media: those of MEDIA_ORIGINS and no others (the Fetch standard, CORS).

No credentials are allowed, since none are needed: the token is in the address.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

_METHODS = "GET, HEAD, OPTIONS"
_ASKED_WITH = "Range, If-Range, If-None-Match, CMCD-Object, CMCD-Request, CMCD-Session, CMCD-Status"
_TOLD = "Content-Length, Content-Range, ETag, X-Request-Id"
# Seconds that a browser need not ask again.
_KEPT = "600"


def tell_origins(request: HttpRequest, response: HttpResponseBase) -> None:
    """Puts on the answer what lets a page of a listed origin read it, on refusals too; nothing where none is listed."""
    if not settings.MEDIA_ORIGINS:
        return
    # Whoever asks: a cache that keeps the answer must not give it to another origin.
    patch_vary_headers(response, ["Origin"])
    origin = request.headers.get("Origin", "")
    if origin not in settings.MEDIA_ORIGINS:
        return
    response["Access-Control-Allow-Origin"] = origin
    response["Access-Control-Expose-Headers"] = _TOLD
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        response["Access-Control-Allow-Methods"] = _METHODS
        response["Access-Control-Allow-Headers"] = _ASKED_WITH
        response["Access-Control-Max-Age"] = _KEPT
