"""Giving a program a token that may do less than its user."""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.errors import AccountError, AccountErrorCode
from accounts.models import AccessToken, User
from accounts.profiles import household_of
from accounts.services.issue_token import issue_token
from vod.lib.actor import Actor, Scope
from vod.lib.transactions import transactional

NAME_LENGTH = 80


@transactional
def create_token(
    *, actor: Actor, name: str, scopes: Collection[Scope], days: int | None = None
) -> tuple[AccessToken, str]:
    """A new token of the asker's account and what it says, which can be read here and never again.

    Lives `days` (TOKEN_DAYS unless given, at most PROGRAM_TOKEN_MOST_DAYS) and has no profile yet. WATCH and OPERATE
    bring READ along. Raises AccountError UNAUTHENTICATED, FORBIDDEN (from a child's profile; OPERATE for who operates
    nothing), INVALID or TOO_MANY_TOKENS.
    """
    user_id = household_of(actor)
    # Two requests at once count one after the other.
    user = User.objects.select_for_update().get(pk=user_id)
    title = _clean_name(name)
    wanted = set(scopes)
    if not wanted:
        raise AccountError(AccountErrorCode.INVALID, "Name at least one scope.", field="scopes")
    if Scope.OPERATE in wanted and not actor.is_operator:
        raise AccountError(
            AccountErrorCode.FORBIDDEN, "Only operators can give the scope OPERATE.", field="scopes"
        )
    lasts = min(settings.TOKEN_DAYS, settings.PROGRAM_TOKEN_MOST_DAYS) if days is None else days
    if not 1 <= lasts <= settings.PROGRAM_TOKEN_MOST_DAYS:
        most = settings.PROGRAM_TOKEN_MOST_DAYS
        raise AccountError(
            AccountErrorCode.INVALID, f"A token may live 1 to {most} days.", field="expiresInDays"
        )
    live = AccessToken.objects.filter(user=user, scopes__isnull=False, expires_at__gt=timezone.now())
    if live.count() >= settings.TOKENS_PER_ACCOUNT:
        raise AccountError(
            AccountErrorCode.TOO_MANY_TOKENS,
            f"An account has at most {settings.TOKENS_PER_ACCOUNT} tokens for programs. Revoke one first.",
        )
    return issue_token(user=user, name=title, scopes={Scope.READ, *wanted}, lasts=timedelta(days=lasts))


def _clean_name(name: str) -> str:
    title = " ".join(name.split())
    if not 1 <= len(title) <= NAME_LENGTH or not title.isprintable():
        raise AccountError(
            AccountErrorCode.INVALID, f"Name the token, in 1 to {NAME_LENGTH} characters.", field="name"
        )
    return title
