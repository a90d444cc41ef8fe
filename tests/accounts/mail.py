"""What went out by mail: to whom, and the key in its link."""

import re
from urllib.parse import unquote

from django.core import mail


def to(address: str) -> list[str]:
    """The bodies of the mail to that address, oldest first."""
    return [str(message.body) for message in mail.outbox if message.to == [address]]


def key_in(body: str, page: str) -> str:
    """The key of the link to that page of the web app."""
    found = re.search(rf"http://testserver/{page}/(\S+)", body)
    assert found, body
    return unquote(found.group(1))
