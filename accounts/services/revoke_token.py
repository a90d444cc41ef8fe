"""Killing a token, and what hangs on it."""

from uuid import UUID

from accounts import sessions
from accounts.authentication import login_of_token
from accounts.errors import AccountError, AccountErrorCode
from accounts.models import AccessToken
from accounts.profiles import household_of
from vod.lib.actor import Actor
from vod.lib.transactions import transactional


@transactional
def revoke_token(*, actor: Actor, token_id: UUID | None) -> UUID:
    """The key of the token that is dead from here on; streams that it started end.

    Raises AccountError UNAUTHENTICATED, FORBIDDEN (from a child's profile) or NOT_FOUND.
    """
    user_id = household_of(actor)
    token = AccessToken.objects.filter(user_id=user_id, pk=token_id).first() if token_id else None
    if token is None:
        raise AccountError(AccountErrorCode.NOT_FOUND, "This account has no such token.", field="tokenId")
    key: UUID = token.pk
    sessions.end_what_hangs_on(login_of_token(key))
    token.delete()
    return key
