"""Making a bearer token."""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import AccessToken, User
from accounts.tokens import digest_of, new_secret, stamp_of
from vod.lib.actor import Scope


def issue_token(
    *,
    user: User,
    name: str = "",
    scopes: Collection[Scope] | None = None,
    lasts: timedelta | None = None,
) -> tuple[AccessToken, str]:
    """A new token of `user`, and what it says: that can be read here and never again.

    `scopes` None: good for all that the user may do. Lives TOKEN_DAYS unless `lasts` is given.
    """
    secret = new_secret()
    now = timezone.now()
    AccessToken.objects.filter(user=user, expires_at__lte=now).delete()
    token = AccessToken.objects.create(
        user=user,
        name=name[:80],
        digest=digest_of(secret),
        password_stamp=stamp_of(user),
        scopes=None if scopes is None else sorted(scope.value for scope in scopes),
        expires_at=now + (lasts or timedelta(days=settings.TOKEN_DAYS)),
    )
    return token, secret
