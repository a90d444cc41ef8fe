"""Requests: apps, middleware, templates, static files, security headers."""

from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from vod.settings.core import BASE_DIR, PRODUCTION
from vod.settings.env import env
from vod.settings.signing_in import OIDC_ISSUER

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "graphene_django",
    "vod",
    "accounts",
    "transcoding",
    "catalog",
    "playback",
]

MIDDLEWARE = [
    # Before anything looks at the host or asks for https: whoever probes calls this process by its address.
    "vod.probes.ProbesMiddleware",
    "vod.lib.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "vod.lib.requests.RequestsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.children.ChildrenMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.browsers.SeenMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.even_time.EvenTimeMiddleware",
    "vod.lib.http.StoreAwayMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "vod" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.site",
            ]
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
FRONTEND_DIST = BASE_DIR / "frontend" / "dist"
# The built app carries hashes in its names; Django's own files are served from their packages.
STATICFILES_DIRS = [("app", FRONTEND_DIST)] if FRONTEND_DIST.is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+[.-][0-9a-zA-Z_-]{8,}\.[a-z0-9]+$"

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    # The admin's own pages need more; vod/lib/headers.py says how much.
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        # data: is the empty file of subtitles that hls.js gives each track before it fills it.
        "media-src": [SELF, "blob:", "data:"],
        "worker-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
if OIDC_ISSUER:
    # Browsers hold the way on to the provider against the page whose form began it.
    _issuer = urlsplit(OIDC_ISSUER)
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(f"{_issuer.scheme}://{_issuer.netloc}")
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_COOKIE_SAMESITE = "Lax"

BEHIND_PROXY = env.flag(
    "BEHIND_PROXY",
    False,
    "A proxy in front sets X-Forwarded-Proto and ends X-Forwarded-For, whatever clients send",
)

if PRODUCTION:
    # A browser takes a cookie of such a name only over https, for this host alone (RFC 6265bis, section 4.1.3).
    # The CSRF cookie keeps its name, which the API's clients know.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
    SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", True, "Send people from http to https")
    SECURE_HSTS_SECONDS = env.whole("HSTS_SECONDS", 365 * 24 * 3600, "Seconds that browsers insist on https")
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

PAGE_THREADS = env.whole(
    "PAGE_THREADS", 8, "Threads of each process of the asynchronous role that compute answers", least=1
)
MOVER_THREADS = env.whole(
    "MOVER_THREADS", 16, "Threads of each such process that write and read large bodies", least=1
)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.api.BearerOrSessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Lantern",
    "DESCRIPTION": "Uploads and beacons. Everything else is GraphQL at /graphql/.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    # The page's files come from a package, and nothing on it asks another host (the validator's badge would).
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "validatorUrl": None},
}
GRAPHENE = {"SCHEMA": "vod.schema.schema"}
