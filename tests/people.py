"""The people of permission tests: each an account, a profile of it and a token bound to that profile."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.test import RequestFactory
from django.utils import timezone

from accounts.authentication import actor_of
from accounts.models import AccessToken, Profile, User
from accounts.tokens import digest_of, new_secret, stamp_of
from vod.lib.actor import Actor
from vod.lib.graphql.ids import encode_id

PASSWORD = "a lantern in the window"


@dataclass(frozen=True)
class Person:
    """Somebody at a device: signs in as `user`, watches as `profile`, sends `token` as bearer."""

    user: User
    profile: Profile
    token: str

    @property
    def actor(self) -> Actor:
        """Who the server takes this person for."""
        request = RequestFactory().get("/", HTTP_AUTHORIZATION=f"Bearer {self.token}")
        return actor_of(request)[0]

    @property
    def profile_id(self) -> UUID:
        return self.profile.pk

    @property
    def global_profile_id(self) -> str:
        return encode_id("Profile", self.profile.pk)


def make_user(email: str, *, is_staff: bool = False) -> User:
    """An account with PASSWORD."""
    return User.objects.create_user(email, PASSWORD, is_staff=is_staff, is_superuser=is_staff)


def make_token(user: User, profile: Profile | None = None) -> str:
    """A live token of `user`, bound to `profile`."""
    secret = new_secret()
    AccessToken.objects.create(
        user=user,
        digest=digest_of(secret),
        active_profile=profile,
        password_stamp=stamp_of(user),
        expires_at=timezone.now() + timedelta(days=1),
    )
    return secret


def make_person(user: User, name: str, *, is_kids: bool = False, maturity_limit: int | None = None) -> Person:
    """A person of `user`'s household."""
    profile = Profile.objects.create(user=user, name=name, is_kids=is_kids, maturity_limit=maturity_limit)
    return Person(user, profile, make_token(user, profile))
