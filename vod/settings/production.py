"""What an installation may not be started with in production; each refusal says what to do instead.

All of them are told at once: whoever sets one up should not have to start it seven times.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from vod.settings import core, database, delivery, mail, observing
from vod.settings.env import env

_LEAST_LENGTH = 32
_LEAST_CHARACTERS = 10
# As they stand in tutorials, templates and this project's own tests.
_KNOWN = (
    "django-insecure",
    "changeme",
    "change-me",
    "change_me",
    "secret-key",
    "your-secret",
    "check-deploy-only",
)
_MAKE_ONE = "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"

ALLOW_SQLITE = env.flag(
    "ALLOW_SQLITE", False, "Production on SQLite is meant: one machine, few people at once"
)


def weakness_of(secret: str, *, made_for_embedded: Path) -> str:
    """Why this key may not sign anything in production; empty where it may."""
    if not secret:
        return "SECRET_KEY or SECRET_KEY_FILE must be set."
    if len(secret) < _LEAST_LENGTH:
        return f"SECRET_KEY has {len(secret)} characters and must have {_LEAST_LENGTH} or more."
    if len(set(secret)) < _LEAST_CHARACTERS:
        return "SECRET_KEY repeats a few characters, which is easily guessed."
    if any(word in secret.lower() for word in _KNOWN):
        return "SECRET_KEY is one that stands in a template, which everybody knows."
    if made_for_embedded.is_file() and made_for_embedded.read_text(encoding="utf-8").strip() == secret:
        return f"SECRET_KEY is the one in {made_for_embedded}, which an embedded start made for itself."
    return ""


def _faults() -> Iterator[str]:
    for folder in dict.fromkeys((core.VOD_HOME, core.BASE_DIR / "var")):
        weak = weakness_of(core.SECRET_KEY, made_for_embedded=folder / "secret")
        if weak:
            yield f"{weak} {_MAKE_ONE}"
            break
    if core.DEBUG:
        yield "DEBUG shows code and settings to everybody. Leave it out."
    if not core.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS must name the hosts of the site: ALLOWED_HOSTS=films.example.org"
    elif any(host in ("*", ".") or "*" in host for host in core.ALLOWED_HOSTS):
        yield (
            "ALLOWED_HOSTS lets any name in, so that links and redirects can be made to lead elsewhere. "
            "Name the hosts of the site: ALLOWED_HOSTS=films.example.org"
        )
    yield from _faults_of_address()
    if database.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3" and not ALLOW_SQLITE:
        yield (
            "DATABASE_URL names no PostgreSQL, and SQLite is for one machine and few people. "
            "Set DATABASE_URL=postgres://user:password@host/name, or ALLOW_SQLITE=1 if that is what you mean."
        )
    if mail.EMAIL_URL.startswith("console:"):
        yield (
            "EMAIL_URL is missing, so that links which reset passwords would stand in the log. "
            "Set EMAIL_URL=smtp+tls://user:password@mail.example.org:587, or EMAIL_URL=none: to send no mail."
        )
    elif not mail.EMAIL_URL.startswith("none:") and not mail.MAIL_FROM:
        yield "MAIL_FROM must name the sender of mail: MAIL_FROM=films@example.org"
    edge = delivery.EDGE_SECRET or ""
    if delivery.DELIVERY == "nginx" and (len(set(edge)) < _LEAST_CHARACTERS or edge == core.SECRET_KEY):
        yield f"EDGE_SECRET is easily guessed, or the same as SECRET_KEY. {_MAKE_ONE}"
    if observing.METRICS_TOKEN is not None and len(observing.METRICS_TOKEN) < 16:
        yield f"METRICS_TOKEN has {len(observing.METRICS_TOKEN)} characters and must have 16 or more. {_MAKE_ONE}"


def _faults_of_address() -> Iterator[str]:
    address = core.PUBLIC_URL
    if not address:
        return
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        yield (
            "PUBLIC_URL must begin with https://, since tokens and cookies go over it: "
            "PUBLIC_URL=https://films.example.org"
        )
    elif parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        yield "PUBLIC_URL is an address without a path: PUBLIC_URL=https://films.example.org"
    elif not any(
        host == parts.hostname or (host.startswith(".") and f".{parts.hostname}".endswith(host))
        for host in core.ALLOWED_HOSTS
    ):
        yield f"ALLOWED_HOSTS lacks the host of PUBLIC_URL. Add it: ALLOWED_HOSTS={parts.hostname}"


if core.PRODUCTION:
    _found = list(_faults())
    if _found:
        raise ImproperlyConfigured(
            "Lantern does not start in production like this:\n" + "\n".join(f"- {fault}" for fault in _found)
        )
