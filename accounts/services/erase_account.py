"""Erasing an account: asked for, taken back, done."""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import attempts, sessions, signals
from accounts.authentication import login_of_session, login_of_token
from accounts.errors import AccountError, AccountErrorCode
from accounts.models import AccessToken, Invitation, Profile, User
from vod.lib.logs import say_about
from vod.lib.transactions import transactional

ERASED = "erased"


@transactional
def plan_erasure(*, user: User) -> datetime:
    """When the account is erased: ERASURE_DAYS from now, or at the moment that was said before. Mail says so.

    Raises AccountError FORBIDDEN for the only account that operates the library.
    """
    account = User.objects.select_for_update().get(pk=user.pk)
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=account.pk)
    if account.is_superuser and not others.exists():
        raise AccountError(
            AccountErrorCode.FORBIDDEN,
            "Nobody else operates the library. Make somebody an operator first.",
        )
    if account.erases_at is None:
        account.erases_at = timezone.now() + timedelta(days=settings.ERASURE_DAYS)
        account.save(update_fields=["erases_at"])
        _tell(account, account.erases_at)
    return account.erases_at


@transactional
def keep_account(*, user_id: UUID) -> User:
    """The account, which is not erased after all."""
    User.objects.filter(pk=user_id).update(erases_at=None)
    return User.objects.select_related("plan").get(pk=user_id)


def erase_due() -> int:
    """Erases the accounts whose time has come, each in a transaction of its own; answers how many."""
    due = User.objects.filter(erases_at__lte=timezone.now()).values_list("pk", flat=True)
    return sum(erase_account(user_id=key, only_due=True) for key in due)


@transactional
def erase_account(*, user_id: UUID, only_due: bool = False) -> bool:
    """Erases an account with all that hangs on it, and its name from what stays; whether there was one.

    Profiles, positions, lists, ratings, streams, tokens and sessions go. Films that an operator brought in stay, as
    nobody's. With `only_due` an account that was kept in the meantime stays.
    """
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None or (only_due and (user.erases_at is None or user.erases_at > timezone.now())):
        return False
    say_about(user=user.pk)
    profiles = list(Profile.objects.filter(user=user).values_list("pk", flat=True))
    _end_logins(user)
    # What operators did to it stays on record, without its name.
    kinds = ContentType.objects.get_for_models(User, Profile)
    of_account = Q(content_type=kinds[User], object_id=str(user.pk)) | Q(object_repr__iexact=user.email)
    of_profiles = Q(content_type=kinds[Profile], object_id__in=[str(key) for key in profiles])
    LogEntry.objects.filter(of_account | of_profiles).update(
        object_repr=ERASED, change_message="", object_id=None
    )
    Invitation.objects.filter(Q(user=user) | Q(email__iexact=user.email)).delete()
    attempts.forget(attempts.account_limit(user.email))
    for key in profiles:
        attempts.forget(attempts.pin_limit(key))
    user.delete()
    signals.tell_erased(user_id)
    return True


def _end_logins(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        sessions.end_what_hangs_on(login_of_session(session.session_key))
        Session.objects.filter(session_key=session.session_key).delete()
    for key in AccessToken.objects.filter(user=user).values_list("pk", flat=True):
        sessions.end_what_hangs_on(login_of_token(key))


def _tell(user: User, at: datetime) -> None:
    text = (
        f"All that {settings.SITE_NAME} keeps about your account will be erased on {at:%Y-%m-%d at %H:%M} UTC: its profiles, "
        "lists and everything that was watched. Until then you can sign in and keep it.\n\n"
        "If you did not ask for this, sign in, keep the account, and change the password.\n"
    )
    subject = f"{settings.SITE_NAME}: your account will be erased"
    transaction.on_commit(lambda: send_mail(subject, text, None, [user.email], fail_silently=True))
