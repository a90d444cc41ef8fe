"""What the plain pages' templates know beside what a view gives them."""

from django.conf import settings
from django.http import HttpRequest


def site(_request: HttpRequest) -> dict[str, str]:
    """The name of the installation."""
    return {"site_name": settings.SITE_NAME}
