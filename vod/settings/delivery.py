"""Who sends media to viewers: the application itself, or nginx, which asks it what may be sent."""

import re

from django.core.exceptions import ImproperlyConfigured

from vod.settings.env import env

DELIVERY = env.choice("DELIVERY", "application", "Who sends segments to viewers", of=("application", "nginx"))
EDGE_SECRET = env.secret("EDGE_SECRET", "What an edge says to be told where media lies")
# With what nginx takes to be told of a session's end, well below the 15 s that are promised.
EDGE_YES_SECONDS = env.whole(
    "EDGE_YES_SECONDS", 5, "Seconds that an edge may go by the last yes about a path", most=10
)
SEGMENT_ENCRYPTION = env.choice(
    "SEGMENT_ENCRYPTION",
    "none",
    "Whether segments of picture and sound are encrypted",
    of=("none", "aes-128"),
)
MEDIA_ORIGINS = env.words("MEDIA_ORIGINS", [], "Origins of other sites whose pages may fetch media")
for _origin in MEDIA_ORIGINS:
    if not re.fullmatch(r"https?://[a-z0-9.-]+(?::[0-9]{1,5})?", _origin):
        raise ImproperlyConfigured(
            f"MEDIA_ORIGINS names {_origin!r}, which is no origin. Write it as browsers do: https://tv.example."
        )
if DELIVERY == "nginx" and len(EDGE_SECRET or "") < 32:
    raise ImproperlyConfigured(
        "EDGE_SECRET or EDGE_SECRET_FILE must be set, to 32 characters or more, where DELIVERY is nginx."
    )
