"""System checks of how media reaches viewers."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register


@register(Tags.security)
def edges_are_believed(app_configs: Sequence[Any] | None, **_options: Any) -> list[CheckMessage]:
    """Behind an edge every request comes from the edge's address, unless what it says of the client is believed."""
    if settings.DELIVERY == "nginx" and not settings.BEHIND_PROXY:
        return [
            checks.Warning(
                "DELIVERY is nginx and BEHIND_PROXY is off: everybody counts as one client, and one person's wrong "
                "passwords lock all others out.",
                hint="Set BEHIND_PROXY=1 where only nginx can reach the application.",
                id="playback.W001",
            )
        ]
    return []
