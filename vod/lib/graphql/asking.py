"""Who may ask a query at all (the contract's "Who is asking")."""

from typing import Any

from django.conf import settings

from vod.lib.actor import Actor
from vod.lib.graphql.errors import ApiError, ApiErrorCode


def asker(info: Any) -> Actor:
    """Who asks, whoever it is."""
    actor: Actor = info.context.actor
    return actor


def browser(info: Any) -> Actor:
    """Someone who may browse. Raises ApiError UNAUTHENTICATED or PROFILE_REQUIRED."""
    actor = asker(info)
    if not actor.is_signed_in:
        if settings.PUBLIC_CATALOGUE:
            return actor
        raise ApiError(ApiErrorCode.UNAUTHENTICATED, "Sign in to browse.")
    if actor.profile_id is None and not actor.is_operator:
        raise ApiError(ApiErrorCode.PROFILE_REQUIRED, "Choose a profile first.")
    return actor


def operator(info: Any) -> Actor:
    """Someone who operates the library. Raises ApiError UNAUTHENTICATED or FORBIDDEN."""
    actor = asker(info)
    if not actor.is_signed_in:
        raise ApiError(ApiErrorCode.UNAUTHENTICATED, "Sign in as an operator.")
    if not actor.is_operator:
        raise ApiError(ApiErrorCode.FORBIDDEN, "Only operators may do this.")
    return actor
