"""What all of this package says and counts alike."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

FULL = "There is not enough space for this file. Free some space on the server, then try again."
GONE = "This upload is gone. Start again."
IN_USE = "Another request writes to this upload. Try again in a moment."


def expiry() -> datetime:
    """When an upload that was written to now is given up."""
    return timezone.now() + timedelta(hours=settings.UPLOAD_EXPIRES_HOURS)
