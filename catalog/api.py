"""Pictures, to whoever was handed their signed address."""

import re
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from catalog.artwork.signing import is_signed
from vod.lib.http import send_object
from vod.lib.storage import objects

# What the server makes and nothing else: the signature alone decides who, this decides what.
_KEY = re.compile(r"(artwork|assets)/[0-9a-f-]{36}[-\w/]*\.(webp|jpg)\Z", re.ASCII)
_TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
_CACHE = "private, max-age=31536000, immutable"


@require_safe
def image(request: HttpRequest, signature: str, key: str) -> HttpResponseBase:
    """The picture `key`, for good; 404 with nothing where the signature is not its own."""
    if not _KEY.match(key) or not is_signed(key, signature):
        return _nothing()
    store = objects()
    try:
        size = store.size(key)
    except FileNotFoundError:
        return _nothing()
    return send_object(
        request,
        partial(store.open_bytes, key),
        size=size,
        content_type=_TYPES[key.rpartition(".")[2]],
        etag=signature,
        cache=_CACHE,
    )


def _nothing() -> HttpResponse:
    return HttpResponse(status=404, content_type="text/plain; charset=utf-8")
