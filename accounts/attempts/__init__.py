"""Counting attempts at a secret, for all processes and all doors.

An attempt is counted before the secret is looked at: of many requests at the same moment no more than the limit get to
try. Whoever then knows the secret gives the attempt back. Where there is Redis the counts are there, and while it
is away they are in the database: an attempt is always counted somewhere, and each of the two has its own limit.
"""

from accounts.attempts import in_redis, rows
from accounts.attempts.limits import (
    PIN_SECONDS,
    PIN_TRIES,
    Limit,
    account_limit,
    address_limit,
    code_limit,
    device_limit,
    pin_limit,
    sign_up_limit,
    user_code_limit,
)
from accounts.errors import AccountError, AccountErrorCode
from vod.lib.redis import Away

__all__ = [
    "PIN_SECONDS",
    "PIN_TRIES",
    "Limit",
    "account_limit",
    "address_limit",
    "code_limit",
    "device_limit",
    "forget",
    "give_back",
    "pin_limit",
    "sign_up_limit",
    "take",
    "user_code_limit",
]


def take(limit: Limit) -> None:
    """Counts one attempt. Raises AccountError TOO_MANY_ATTEMPTS with the seconds to wait."""
    try:
        wait = in_redis.take(limit)
    except Away:
        wait = rows.take(limit)
    if wait:
        raise AccountError(
            AccountErrorCode.TOO_MANY_ATTEMPTS, f"Too many attempts. Try again in {wait} seconds."
        )


def give_back(limit: Limit) -> None:
    """Uncounts one attempt that turned out well. Where Redis went away in between it stays counted."""
    try:
        in_redis.give_back(limit)
    except Away:
        rows.give_back(limit)


def forget(limit: Limit) -> None:
    """Drops all that was counted: the secret was known."""
    try:
        in_redis.forget(limit)
    except Away:
        rows.forget(limit)
