"""What an account may do, by its own plan or else by the default one, without a statement of its own."""

from typing import Any

from django.conf import settings
from django.db.models import Case, F, Q, Subquery, When
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from accounts.models import Plan, User


def plan_of(user: User) -> Plan | None:
    """The plan that counts for `user`: their own until it ends, or else the default one."""
    if user.plan_id and (user.plan_until is None or user.plan_until > timezone.now()):
        return user.plan
    return Plan.objects.filter(is_default=True).first()


def most_profiles(user: User) -> int:
    """How many people the account's household may have."""
    plan = plan_of(user)
    return plan.max_profiles if plan else settings.PROFILES_PER_ACCOUNT


def limits(user: str = "") -> dict[str, Any]:
    """Annotations for rows from which the path `user` leads to the account: what `limits_of` reads."""
    default = Plan.objects.filter(is_default=True)
    # By the database's clock, as statements that are put together once have to be.
    lasts = Q(**{f"{user}plan_until__isnull": True}) | Q(**{f"{user}plan_until__gt": Now()})
    return {
        f"plan_{name}": Coalesce(
            Case(When(lasts, then=F(f"{user}plan__{name}"))), Subquery(default.values(name)[:1]), 0
        )
        for name in ("max_streams", "max_height")
    }


def limits_of(row: Any) -> tuple[int, int]:
    """Streams at once and the greatest height (pixels) of a row that was read with `limits`."""
    return row.plan_max_streams, row.plan_max_height
