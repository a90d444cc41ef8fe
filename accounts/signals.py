"""What a program beside ours hears about accounts: a payment system, a newsletter.

Each is sent once, after the transaction that it is about was committed, and a receiver that fails is logged and stops
nobody. Parts of Lantern itself do not listen to them: they are called.
"""

import logging
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal

from accounts.models import Plan, User

log = logging.getLogger(__name__)

#: `user`: the new account.
account_made = Signal()
#: `user`, `before` and `after` (plans, None for the default one), `until` (UTC, None: for good).
plan_changed = Signal()
#: `user_id`: the key of the account, of which nothing else is left.
account_erased = Signal()


def tell_made(user: User) -> None:
    """Says that an account was made, once this is committed."""
    _tell(account_made, user=user)


def hear_of_account(*, user: User, **_said: Any) -> None:
    """Passes on what allauth says of an account that its own pages, or another provider, made."""
    tell_made(user)


def tell_plan(user: User, *, before: Plan | None, after: Plan | None, until: datetime | None) -> None:
    """Says that an account has another plan, or has it for another time, once this is committed."""
    _tell(plan_changed, user=user, before=before, after=after, until=until)


def tell_erased(user_id: UUID) -> None:
    """Says that an account is gone, once this is committed."""
    _tell(account_erased, user_id=user_id)


def _tell(signal: Signal, **said: Any) -> None:
    transaction.on_commit(partial(_send, signal, said))


def _send(signal: Signal, said: dict[str, Any]) -> None:
    for receiver, answer in signal.send_robust(sender=User, **said):
        if isinstance(answer, Exception):
            log.error("%s failed to hear about an account", receiver, exc_info=answer)
