"""Common Media Client Data (CTA-5004, version 1): what players say of themselves in their requests for media.

It is counted, and stands in the request's log line beside the playback session; nothing is decided by it.
"""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from django.http import HttpRequest

from vod.lib import metrics
from vod.lib.logs import say_about

# As headers (section 2.1) or as one argument of the query (section 2.2); an edge passes on all of them in one.
_HEADERS = ("CMCD-Request", "CMCD-Object", "CMCD-Status", "CMCD-Session")
_ARGUMENT = "CMCD"
OF_EDGES = "Lantern-Cmcd"
_MOST_CHARACTERS = 2048
_PAIR = re.compile(
    r'(?:^|,)\s*(?P<key>[a-z][a-z0-9.-]{0,40})(?:=(?:(?P<word>[a-z0-9.-]{1,40})|"[^"]{0,200}"))?\s*(?=,|$)'
)
# Whole numbers that are of use, with the most that is believed: buffer in ms, throughput and bitrate in kbit/s.
_NUMBERS: Mapping[str, int] = {"bl": 3_600_000, "mtp": 100_000_000, "br": 100_000_000}
_FLAGS = ("bs", "su")


def parse(text: str) -> dict[str, str]:
    """Keys and values of what was sent; a key alone is true (section 3.1), strings are left out. What is none is skipped."""
    return {found["key"]: found["word"] or "" for found in _PAIR.finditer(text[:_MOST_CHARACTERS])}


def note_cmcd(request: HttpRequest) -> None:
    """Counts what came along with a request that is answered with media."""
    text = _sent(request)
    if not text.strip(","):
        return
    said = parse(text)
    numbers = {
        key: int(said[key])
        for key, most in _NUMBERS.items()
        if said.get(key, "").isdigit() and len(said[key]) < 12 and int(said[key]) <= most
    }
    flags = [key for key in _FLAGS if key in said]
    metrics.count_cmcd(
        kind=said.get("ot", ""),
        buffer_ms=numbers.get("bl"),
        throughput_kbit=numbers.get("mtp"),
        starved="bs" in flags,
    )
    words = [*(f"{key}={value}" for key, value in numbers.items()), *flags]
    say_about(cmcd=",".join(words) or None)


def _sent(request: HttpRequest) -> str:
    edge = request.headers.get(OF_EDGES)
    if edge:
        return unquote(edge)
    by_headers = [value for name in _HEADERS if (value := request.headers.get(name))]
    return ",".join(by_headers) or request.GET.get(_ARGUMENT, "")
