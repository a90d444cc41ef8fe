"""People: users, their plans and profiles, and the tokens of programs."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from vod.lib.rows import Row


class Plan(Row):
    """What an account may do: streams at once, and the greatest height of the picture in pixels."""

    name = models.CharField(max_length=60, unique=True)
    max_streams = models.PositiveSmallIntegerField(default=2)
    max_height = models.PositiveIntegerField(default=2160)
    is_default = models.BooleanField(default=False)

    graphql_type: ClassVar[str] = "Plan"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_plan"
            )
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail; addresses are compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).casefold(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(Row, AbstractBaseUser, PermissionsMixin):
    """One account: a household that signs in together and watches on profiles of its own."""

    email = models.EmailField(unique=True)
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="users")
    is_staff = models.BooleanField(default=False, help_text="May operate the library.")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    graphql_type: ClassVar[str] = "User"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.email


class Profile(Row):
    """A person of the household. `maturity_limit` is an age in years; None means no limit."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="profiles")
    name = models.CharField(max_length=40)
    avatar = models.CharField(max_length=40, default="lantern")
    is_kids = models.BooleanField(default=False)
    maturity_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=35, default="en")
    pin_hash = models.CharField(max_length=200, blank=True, editable=False)

    graphql_type: ClassVar[str] = "Profile"

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint("user", Lower("name"), name="profile_names_differ"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_pin(self) -> bool:
        return bool(self.pin_hash)


class AccessToken(Row):
    """A bearer token. Only the SHA-256 of it is kept; it is shown once, when it is made."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_tokens")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(max_length=80, blank=True)
    active_profile = models.ForeignKey(
        Profile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    password_stamp = models.CharField(max_length=64, editable=False)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name or f"token of {self.user_id}"


class AttemptCount(models.Model):
    """Failed attempts at a door, by digest of account and address, shared by all processes."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} since {self.since}"
