"""Root fields of accounts that read, and who may see which row by its id."""

from typing import Any
from uuid import UUID

import graphene

from accounts.browsers import BrowserSession, browser_session
from accounts.graphql import types
from accounts.models import AccessToken, Plan, Profile, User
from accounts.plans import plan_of
from accounts.tokens import live_tokens
from vod.lib.actor import Scope
from vod.lib.graphql.asking import asker


class AccountQueries:
    """Root fields of accounts."""

    viewer = graphene.Field(types.User, description="The account that is signed in; null when none is.")

    @staticmethod
    def resolve_viewer(_root: Any, info: Any) -> User | None:
        user_id = asker(info).user_id
        return User.objects.select_related("plan").filter(pk=user_id).first() if user_id else None


def visible_user(info: Any, key: UUID) -> User | None:
    """One's own account; any for operators."""
    actor = asker(info)
    if actor.user_id is None or (key != actor.user_id and not actor.is_operator):
        return None
    return User.objects.select_related("plan").filter(pk=key).first()


def visible_profile(info: Any, key: UUID) -> Profile | None:
    """A profile of one's own account; any for operators."""
    actor = asker(info)
    if actor.user_id is None:
        return None
    rows = Profile.objects.filter(pk=key)
    return rows.first() if actor.is_operator else rows.filter(user_id=actor.user_id).first()


def visible_plan(info: Any, key: UUID) -> Plan | None:
    """The plan of one's own account; any for operators."""
    actor = asker(info)
    if actor.user_id is None:
        return None
    if actor.is_operator:
        return Plan.objects.filter(pk=key).first()
    user = User.objects.select_related("plan").get(pk=actor.user_id)
    plan = plan_of(user)
    return plan if plan is not None and plan.pk == key else None


def visible_token(info: Any, key: UUID) -> AccessToken | None:
    """A live token of one's own account, from a login that may change it."""
    actor = asker(info)
    if actor.user_id is None or actor.is_confined or actor.lacks(Scope.ACCOUNT):
        return None
    return live_tokens(User.objects.get(pk=actor.user_id)).filter(pk=key).first()


def visible_browser_session(info: Any, key: UUID) -> BrowserSession | None:
    """A live session of one's own account, from a login that may change it."""
    actor = asker(info)
    if actor.user_id is None or actor.is_confined or actor.lacks(Scope.ACCOUNT):
        return None
    return browser_session(actor.user_id, key)
