"""Who sends media to viewers: the application itself, or nginx, which asks it what may be sent."""

from django.core.exceptions import ImproperlyConfigured

from vod.settings.env import env

DELIVERY = env.choice("DELIVERY", "application", "Who sends segments to viewers", of=("application", "nginx"))
EDGE_SECRET = env.secret("EDGE_SECRET", "What an edge says to be told where media lies")
# With what nginx takes to be told of a session's end, well below the 15 s that are promised.
EDGE_YES_SECONDS = env.whole(
    "EDGE_YES_SECONDS", 5, "Seconds that an edge may go by the last yes about a path", most=10
)
if DELIVERY == "nginx" and len(EDGE_SECRET or "") < 32:
    raise ImproperlyConfigured(
        "EDGE_SECRET or EDGE_SECRET_FILE must be set, to 32 characters or more, where DELIVERY is nginx."
    )
