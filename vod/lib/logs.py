"""Log lines: one an event, with what it is about, and without secrets.

Whoever does some work says once what for (`about(asset=…)`); every line that is logged meanwhile, by whomever, bears it.
Keys that are used: request, session (of playback), user, asset, version, chunk, job, task, message_id.
"""

import contextvars
import json
import logging
import re
import time
import traceback
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

# Never changed in place.
_NOTHING: Mapping[str, str] = {}
_about: contextvars.ContextVar[Mapping[str, str]] = contextvars.ContextVar("about", default=_NOTHING)

_CUT = "…"
_BREAKS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\u0085\u2028\u2029]")
_NAMES = (
    "password|passwd|pwd|pin|secret|secret_?key|access_?key|token|api_?key|authorization|signature|credential"
    "|csrftoken|csrfmiddlewaretoken|x-csrftoken|sessionid|__host-sessionid|recovery_?codes?"
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # What came by mail: whoever has it has the account.
    (re.compile(r"(/accounts/(?:password/reset/key|confirm-email)/)[^/\s\"']+"), rf"\1{_CUT}"),
    # A playback token is the first part of a media path: enough stays to tell two apart.
    (re.compile(r"(/(?:stream|previews|images)/)([A-Za-z0-9_.~-]{8})[A-Za-z0-9_.~-]+"), rf"\1\2{_CUT}"),
    (re.compile(r"(\bBearer\s+)([A-Za-z0-9_.~+/=-]{1,8})[A-Za-z0-9_.~+/=-]*", re.IGNORECASE), rf"\1\2{_CUT}"),
    (re.compile(r"(\b(?:Basic|Digest|AWS4-HMAC-SHA256|Token)\s+)(?=\S*[=\d])\S[^\r\n\"']*"), rf"\1{_CUT}"),
    # The password in an address of a database, a broker or a mail server.
    (
        re.compile(r"(\b[a-z][a-z0-9+.-]{0,20}://[^\s/:@\"']{0,200}:)[^\s/@\"']{1,500}(?=@)", re.IGNORECASE),
        rf"\1{_CUT}",
    ),
    # What makes a presigned address of S3 work (and of older kinds of signature).
    (
        re.compile(
            r"((?:X-Amz-(?:Signature|Credential|Security-Token)|AWSAccessKeyId|Signature)=)[^&\s\"'\\]+",
            re.IGNORECASE,
        ),
        rf"\1{_CUT}",
    ),
    (
        re.compile(r"(\b(?:Set-)?Cookie\b[\"']?\s{0,9}[:=]\s{0,9}[\"']?)[^\r\n\"']+", re.IGNORECASE),
        rf"\1{_CUT}",
    ),
    # name=value, name: value, "name": "value" of a header, a query, a form, JSON or a repr. A name may be the end of a
    # longer one: S3_SECRET_KEY, newPassword.
    (
        re.compile(
            rf"((?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))(?i:{_NAMES})\\?[\"']?\s{{0,9}}[:=]\s{{0,9}})"
            r"(?:\\?\"[^\"\\]*\\?\"|'[^']*'|(?![\"'\\]|Bearer\b)[^\s&,;)}\]]+)",
        ),
        rf"\1{_CUT}",
    ),
)


@contextmanager
def about(**what: object) -> Iterator[None]:
    """Lines that are logged inside bear these words; None is left out."""
    words = {name: str(value) for name, value in what.items() if value is not None}
    mark = _about.set({**_about.get(), **words})
    try:
        yield
    finally:
        _about.reset(mark)


def say_about(**what: object) -> None:
    """Adds to what the surrounding `about` says, until that ends: for what is known only later (who asks).

    Without one it says nothing, since nothing would end it.
    """
    if _about.get() is _NOTHING:
        return
    words = {name: str(value) for name, value in what.items() if value is not None}
    _about.set({**_about.get(), **words})


def speak_anew(**what: object) -> None:
    """Forgets what was said before: at the beginning of a message's work, in a process that lives on."""
    _about.set({})
    say_about(**what)


def spoken_of() -> Mapping[str, str]:
    """What lines bear at the moment."""
    return _about.get()


def without_secrets(text: str, secrets: Collection[str] = ()) -> str:
    """The text with tokens, passwords, cookies and signatures cut out, and with none of these very words."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, _CUT)
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text


class _Formatter(logging.Formatter):
    def __init__(self, secrets: Collection[str] = ()) -> None:
        super().__init__("{message}", "%Y-%m-%dT%H:%M:%S", style="{")
        self.converter = time.gmtime
        # Not copied: settings that are read later add to it.
        self._secrets = secrets

    def clean(self, text: str) -> str:
        """The text as it may be shown."""
        return without_secrets(text, self._secrets)

    def trouble(self, record: logging.LogRecord) -> str:
        """The traceback that belongs to a record; empty where there is none."""
        if record.exc_info and record.exc_info[0] is not None:
            return self.clean("".join(traceback.format_exception(*record.exc_info)).rstrip())
        return self.clean(record.exc_text or "")


class LineFormatter(_Formatter):
    """`2026-01-31T12:00:00Z INFO logger [request asset=…] message`: for people."""

    def format(self, record: logging.LogRecord) -> str:
        words = dict(spoken_of())
        first = words.pop("request", "-")
        marks = " ".join([first, *(f"{name}={self.clean(value)}" for name, value in words.items())])
        when = self.formatTime(record, self.datefmt)
        # One line an event, whatever a path or a tool's last words hold.
        said = _BREAKS.sub(lambda found: repr(found.group())[1:-1], self.clean(record.getMessage()))
        line = f"{when}Z {record.levelname} {record.name} [{marks}] {said}"
        trouble = self.trouble(record)
        return f"{line}\n{trouble}" if trouble else line


class JsonFormatter(_Formatter):
    """One JSON object a line: time, level, logger, message, what it is about, and `fields` of its own."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.clean(record.getMessage()),
        }
        for name, value in spoken_of().items():
            line.setdefault(name, self.clean(value))
        fields = getattr(record, "fields", None)
        if isinstance(fields, Mapping):
            line |= {
                str(name): self.clean(value) if isinstance(value, str) else value
                for name, value in fields.items()
            }
        trouble = self.trouble(record)
        if trouble:
            line["trouble"] = trouble
        return json.dumps(line, ensure_ascii=False, default=lambda value: self.clean(str(value)))


def line_formatter(secrets: Collection[str] = ()) -> logging.Formatter:
    return LineFormatter(secrets)


def json_formatter(secrets: Collection[str] = ()) -> logging.Formatter:
    return JsonFormatter(secrets)
