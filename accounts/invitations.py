"""Invitations: whether one is needed, which one a secret names, and where it leads."""

from django.conf import settings
from django.utils import timezone

from accounts.errors import AccountError, AccountErrorCode
from accounts.models import Invitation
from accounts.tokens import digest_of

PREFIX = "ltn_invite_"


def is_needed() -> bool:
    """Whether nobody makes an account here who was not invited."""
    return bool(settings.SIGN_UP == "invitation")


def link_of(secret: str) -> str:
    """The page that an invitation opens. The secret stands behind the `#`, so that no server on the way writes it down."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/signup#invitation={secret}"


def open_invitation(secret: str | None, *, email: str, lock: bool = False) -> Invitation | None:
    """The invitation that `secret` names, for an account of the address `email` (as accounts keep it).

    None where there is no secret and none is needed. With `lock` it is held until the transaction ends. Raises
    AccountError INVITATION_REQUIRED: the same for one that never was, was used, is over, or is another address's.
    """
    if not secret and not is_needed():
        return None
    rows = Invitation.objects.open(timezone.now()).filter(digest=digest_of(secret or ""))
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None or (found.email and found.email.casefold() != email):
        raise AccountError(
            AccountErrorCode.INVITATION_REQUIRED,
            "An invitation is needed to make an account, and this one is not good (any more). Ask for another.",
            field="invitation",
        )
    return found
