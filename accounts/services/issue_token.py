"""Giving a program a bearer token."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import AccessToken, User
from accounts.tokens import digest_of, new_secret, stamp_of


def issue_token(*, user: User, name: str = "") -> str:
    """A new token of `user` that lives TOKEN_DAYS. It can be read here and never again."""
    secret = new_secret()
    now = timezone.now()
    AccessToken.objects.filter(user=user, expires_at__lte=now).delete()
    AccessToken.objects.create(
        user=user,
        name=name[:80],
        digest=digest_of(secret),
        password_stamp=stamp_of(user),
        expires_at=now + timedelta(days=settings.TOKEN_DAYS),
    )
    return secret
