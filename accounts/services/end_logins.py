"""Signing out elsewhere: in one browser, or everywhere but here."""

from uuid import UUID

from accounts import sessions
from accounts.browsers import BrowserSession, browser_session
from accounts.errors import AccountError, AccountErrorCode
from accounts.models import AccessToken, User
from accounts.profiles import household_of
from vod.lib.actor import Actor
from vod.lib.transactions import transactional


@transactional
def end_browser_session(*, actor: Actor, session_id: UUID | None) -> BrowserSession:
    """The session that is dead from here on; streams that it started end. One's own is for the caller to end.

    Raises AccountError UNAUTHENTICATED, FORBIDDEN (from a child's profile) or NOT_FOUND.
    """
    found = browser_session(household_of(actor), session_id)
    if found is None:
        raise AccountError(
            AccountErrorCode.NOT_FOUND,
            "This account is not signed in there any more.",
            field="browserSessionId",
        )
    if found.login != actor.login:
        sessions.end_browser_session(found.row)
    return found


@transactional
def end_other_logins(*, actor: Actor, session_key: str, token: AccessToken | None) -> None:
    """Ends every browser, device and program of the account but the one that is named.

    Raises AccountError UNAUTHENTICATED or FORBIDDEN (from a child's profile).
    """
    user = User.objects.get(pk=household_of(actor))
    sessions.end_all_but(user, session_key="" if token else session_key, token=token)
