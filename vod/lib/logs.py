"""Log lines: one line an event, with the request's id and without secrets."""

import logging
import re
import time

from vod.lib.http import request_id

# A playback token is the first part of a media path; a bearer token follows its scheme.
_SECRETS = re.compile(r"(/stream/|/images/|[Bb]earer\s+)([A-Za-z0-9_.~-]{8})[A-Za-z0-9_.~-]+")


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class SecretsFilter(logging.Filter):
    """Cuts tokens out of messages, leaving enough of each to tell two apart."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        cut = _SECRETS.sub(r"\1\2…", message)
        if cut != message:
            record.msg, record.args = cut, None
        return True


class LineFormatter(logging.Formatter):
    """`2026-01-31T12:00:00Z INFO logger [request] message`."""

    def __init__(self) -> None:
        super().__init__(
            "{asctime}Z {levelname} {name} [{request_id}] {message}", "%Y-%m-%dT%H:%M:%S", style="{"
        )
        self.converter = time.gmtime
