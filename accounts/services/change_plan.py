"""Giving an account another plan: what operators do by hand, and what a payment system is to call."""

from datetime import datetime
from uuid import UUID

from accounts import signals
from accounts.models import Plan, User
from vod.lib.transactions import transactional


@transactional
def change_plan(*, user_id: UUID, plan: Plan | None, until: datetime | None = None) -> User:
    """The account with its plan until then (UTC); None: for good. Without a plan it has the default one.

    What no longer fits the plan ends with the next segment that is asked for. Said again it changes nothing and tells
    nobody. Raises User.DoesNotExist.
    """
    user = User.objects.select_for_update(of=("self",)).select_related("plan").get(pk=user_id)
    until = until if plan else None
    before = user.plan
    if (before, user.plan_until) == (plan, until):
        return user
    user.plan, user.plan_until = plan, until
    user.save(update_fields=["plan", "plan_until"])
    signals.tell_plan(user, before=before, after=plan, until=until)
    return user
