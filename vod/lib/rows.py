"""The base of every row: a UUIDv7 key, which grows with time and tells nobody how many there are."""

from uuid import UUID

import uuid6
from django.db import models


def new_id() -> UUID:
    """A new UUIDv7 (RFC 9562, section 5.7)."""
    return UUID(int=uuid6.uuid7().int)


class Row(models.Model):
    """Abstract: key and time of creation (UTC)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        abstract = True
