"""The product's addresses, and before them the same objects sent the same way to whoever asks."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import re_path

from vod.lib.http import send_object
from vod.lib.storage import objects
from vod.urls import handler404 as handler404
from vod.urls import urlpatterns as of_the_product


def unguarded(request: HttpRequest, key: str) -> HttpResponseBase:
    """The object of that key, as `playback.api.stream` sends it once it knows which one."""
    size = (settings.MEDIA_ROOT / key).stat().st_size
    return send_object(
        request,
        partial(objects().open_bytes, key),
        size=size,
        content_type="video/mp4",
        etag="0" * 32,
        cache="private, max-age=31536000, immutable",
    )


urlpatterns = [re_path(r"^unguarded/(.*)$", unguarded), *of_the_product]
