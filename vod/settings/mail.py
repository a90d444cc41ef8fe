"""Mail: written to the console, or sent through the server that `EMAIL_URL` names."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from vod.settings.env import env

EMAIL_URL = env.address(
    "EMAIL_URL",
    "console:",
    "Mail server; the console where it is empty",
    schemes=("smtp", "smtp+tls", "smtps", "console", "none"),
)
MAIL_FROM = env.text("MAIL_FROM", "", "Sender of the mail that the installation sends")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM or "lantern@localhost"
EMAIL_TIMEOUT = 10

_BACKENDS = {"console": "console", "none": "dummy"}
_parts = urlsplit(EMAIL_URL)
EMAIL_BACKEND = f"django.core.mail.backends.{_BACKENDS.get(_parts.scheme, 'smtp')}.EmailBackend"
if _parts.scheme not in _BACKENDS:
    if not _parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL names no mail server. Write it as smtp+tls://user:password@mail.example.org:587"
        )
    EMAIL_HOST = _parts.hostname
    # The registered ports: submission with STARTTLS, submission over TLS (RFC 8314), and plain SMTP.
    EMAIL_PORT = _parts.port or {"smtp+tls": 587, "smtps": 465}.get(_parts.scheme, 25)
    EMAIL_HOST_USER = unquote(_parts.username or "")
    EMAIL_HOST_PASSWORD = unquote(_parts.password or "")
    EMAIL_USE_TLS = _parts.scheme == "smtp+tls"
    EMAIL_USE_SSL = _parts.scheme == "smtps"
