"""The web role's processes and how they end; read by deploy/gunicorn.conf.py. `make run` has its own."""

from vod.settings.env import env

WEB_HOST = env.text("WEB_HOST", "127.0.0.1", "Address that the web role listens at")
WEB_PORT = env.whole("WEB_PORT", 8000, "Port that the web role listens at", least=1, most=65535)
WEB_PROCESSES = env.whole("WEB_PROCESSES", 2, "Processes of the web role", least=1, most=256)
WEB_THREADS = env.whole(
    "WEB_THREADS", 8, "Threads of each, and requests that it answers at once", least=1, most=256
)
WEB_GRACE_SECONDS = env.whole(
    "WEB_GRACE_SECONDS", 30, "Seconds that requests in hand may take after TERM", least=1, most=3600
)
WEB_LEAVE_SECONDS = env.whole(
    "WEB_LEAVE_SECONDS", 0, "Seconds that /readyz says 503 after TERM before the door closes", most=300
)
