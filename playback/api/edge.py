"""What an edge asks before it sends a segment: whether it may, and which object the path means.

nginx's `auth_request` knows yes (2xx), no (403) and "who are you" (401), and takes anything else for a fault.
So 401 stands for what is 404 to the viewer; the configuration in deploy/nginx/ turns it back.
"""

import hmac
import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from playback.api.cmcd import note_cmcd
from playback.api.stream import nothing
from playback.selectors.media import Media, Refusal, media_at
from playback.selectors.previews import preview_at
from vod.lib.storage import objects

# Who judges what lies below.
_DOORS = {"/stream/": media_at, "/previews/": preview_at}
# Keys are made by us; this is about what a header can carry and what a path of nginx's means.
_KEY = re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*", re.ASCII)


def stream_auth(request: HttpRequest) -> HttpResponse:
    """Judges the address in `Lantern-Address`, exactly as the viewer sent it, for an edge that knows the secret.

    204 names the object (`Lantern-Key`), where it lies (`Lantern-Origin`, an address of the store; empty for the
    local disk) and the headers that the viewer gets. 403: the token is dead. 401: there is nothing. 404 to
    anybody who is no edge.
    """
    secret = settings.EDGE_SECRET if settings.DELIVERY == "nginx" else None
    said = request.headers.get("Lantern-Edge", "")
    if not secret or not hmac.compare_digest(said.encode(), secret.encode()):
        return nothing(404)
    address = request.headers.get("Lantern-Address", "")
    door = next((door for door in _DOORS if address.startswith(door)), None)
    found = _DOORS[door](address.removeprefix(door)) if door else Refusal.NOTHING
    if found is Refusal.DEAD:
        return _unkept(403)
    if not isinstance(found, Media) or found.body is not None or not _KEY.fullmatch(found.key):
        return _unkept(401)
    note_cmcd(request)
    answer = _told(HttpResponse(status=204))
    del answer["Content-Type"]
    # Only nginx reads this one, and before any other word on caching.
    answer["X-Accel-Expires"] = str(settings.EDGE_YES_SECONDS)
    answer["Lantern-Key"] = found.key
    answer["Lantern-Origin"] = objects().presigned_address(found.key)
    answer["Lantern-Type"] = found.content_type
    answer["Lantern-Size"] = str(found.size_bytes)
    answer["Lantern-ETag"] = f'"{found.etag}"'
    answer["Lantern-Cache"] = found.cache
    return answer


def _told(answer: HttpResponse) -> HttpResponse:
    """With the origins whose pages may read what the edge answers; the edge compares them with the viewer's."""
    if settings.MEDIA_ORIGINS:
        answer["Lantern-Origins"] = " ".join(settings.MEDIA_ORIGINS)
    return answer


def _unkept(status: int) -> HttpResponse:
    answer = _told(nothing(status))
    answer["X-Accel-Expires"] = "0"
    return answer
