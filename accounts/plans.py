"""What an account may do, by its own plan or else by the default one, without a statement of its own."""

from typing import Any

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from accounts.models import Plan, User


def plan_of(user: User) -> Plan | None:
    """The plan that counts for `user`: their own, or else the default one."""
    return user.plan if user.plan_id else Plan.objects.filter(is_default=True).first()


def limits(user: str = "") -> dict[str, Any]:
    """Annotations for rows from which the path `user` leads to the account: what `limits_of` reads."""
    default = Plan.objects.filter(is_default=True)
    return {
        f"plan_{name}": Coalesce(f"{user}plan__{name}", Subquery(default.values(name)[:1]), 0)
        for name in ("max_streams", "max_height")
    }


def limits_of(row: Any) -> tuple[int, int]:
    """Streams at once and the greatest height (pixels) of a row that was read with `limits`."""
    return row.plan_max_streams, row.plan_max_height
