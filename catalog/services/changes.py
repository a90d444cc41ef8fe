"""Saying that something has changed that pages may have remembered."""

import secrets

from django.utils import timezone

from catalog.models import Edition
from catalog.selectors.home import CATALOGUE
from vod.lib.cache import new_edition


def catalogue_changed() -> None:
    """To be said by whoever changes which titles there are, what a card says of them, or who may see them."""
    new_edition(CATALOGUE)
    renew(CATALOGUE)


def renew(*names: str) -> None:
    """Gives editions a new word, within the transaction that changes what they stand for: both are seen, or neither."""
    now, value = timezone.now(), secrets.token_hex(8)
    Edition.objects.bulk_create(
        [Edition(name=name, value=value, renewed_at=now) for name in sorted(names)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["value", "renewed_at"],
    )
