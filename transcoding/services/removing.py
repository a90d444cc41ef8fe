"""Removing objects whose rows are gone, for certain: ordered with the rows, done after them, and done again.

A side effect of a commit can be interrupted, and a worker that was stopped may put an object after its film
was removed. So the order stands in the database, and is carried out several times before it is forgotten.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from transcoding.models import Asset, Removal
from transcoding.services.claiming import later, lease
from vod.lib.storage import objects

log = logging.getLogger(__name__)


def remove_below(prefixes: Sequence[str], *, after: timedelta = timedelta(0)) -> None:
    """Orders that all objects below the prefixes go: once the current transaction is committed, or `after` a while.

    Nothing may ever be put below them again on purpose.
    """
    for prefix in prefixes:
        Removal.objects.update_or_create(prefix=prefix, defaults={"due_at": later(after), "rounds": 0})
    if not after:
        transaction.on_commit(lambda: _carry_out(Removal.objects.filter(prefix__in=prefixes)), robust=True)


def keep_below(prefix: str) -> None:
    """Takes an order back that has not been carried out; for the transaction whose rows name what lies there."""
    Removal.objects.filter(prefix=prefix).delete()


def remove_leftovers() -> None:
    """Carries out what is due."""
    _carry_out(Removal.objects.filter(due_at__lte=Now()))


def _carry_out(orders: QuerySet[Removal]) -> None:
    pauses = (lease(), 4 * lease(), timedelta(minutes=30), timedelta(hours=24))
    for order in orders:
        mine = Removal.objects.filter(pk=order.pk, due_at=order.due_at)
        if Asset.objects.filter(source_key__startswith=f"{order.prefix}/").exists():
            # Two processes took in the same film: the order of the second one came after the rows of the first.
            mine.delete()
            continue
        again = pauses[min(order.rounds, len(pauses) - 1)]
        # First, so that nobody else is at it and an order that was just renewed is left alone.
        if not mine.update(rounds=F("rounds") + 1, due_at=later(again)):
            continue
        try:
            objects().delete_prefix(order.prefix)
        except OSError as error:
            log.warning("what lies below %s could not be removed yet: %s", order.prefix, error)
            Removal.objects.filter(pk=order.pk).update(rounds=order.rounds, due_at=later(lease()))
            continue
        if order.rounds == len(pauses):
            Removal.objects.filter(pk=order.pk).delete()
