"""People: users, their plans and profiles, and the tokens of programs."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Lower

from vod.lib.rows import Row


class Plan(Row):
    """What an account may do. `max_height` is the greatest height of the picture, in pixels."""

    name = models.CharField(max_length=60, unique=True)
    max_streams = models.PositiveSmallIntegerField(
        "streams at once", default=2, help_text="0: may browse, but not watch."
    )
    max_height = models.PositiveIntegerField("greatest height", default=2160, help_text="In pixels.")
    max_profiles = models.PositiveSmallIntegerField("profiles", default=6, validators=[MinValueValidator(1)])
    downloads = models.BooleanField(default=False, help_text="May keep films on devices.")
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
    """One account: a household that signs in together and watches on profiles of its own.

    After `plan_until` its plan is the default one; None: it has its own for good. At `erases_at` all of it is erased.
    """

    email = models.EmailField(unique=True)
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="users")
    plan_until = models.DateTimeField(
        null=True, blank=True, help_text="When the plan ends; then the default plan counts."
    )
    erases_at = models.DateTimeField(null=True, blank=True, editable=False)
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
    """A person of the household. `maturity_limit` is an age in years; None means no limit.

    Languages are BCP 47 tags; an empty `audio_language` stands for the original sound, an empty `subtitle_language` for
    no subtitles. `caption_style` is what `preferences.stored_style` keeps.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="profiles")
    name = models.CharField(max_length=40)
    avatar = models.CharField(max_length=40, default="lantern")
    is_kids = models.BooleanField(default=False)
    maturity_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=35, default="en")
    pin_hash = models.CharField(max_length=200, blank=True, editable=False)
    audio_language = models.CharField(max_length=35, blank=True)
    audio_description = models.BooleanField(
        default=False, help_text="Prefers sound that describes the picture."
    )
    subtitle_language = models.CharField(max_length=35, blank=True)
    subtitles_describe_sound = models.BooleanField(
        default=False, help_text="Prefers subtitles for the deaf and hard of hearing."
    )
    caption_style = models.JSONField(default=dict, blank=True, editable=False)
    autoplay_next = models.BooleanField(default=True, help_text="The next episode begins by itself.")
    autoplay_previews = models.BooleanField(default=True, help_text="Previews play by themselves.")

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
    """A bearer token. Only the SHA-256 of it is kept; it is shown once, when it is made.

    `scopes` are names of vod.lib.actor.Scope; None for a token from a sign-in, which has them all. `had_profile` tells a
    token whose profile was deleted from one that never had any.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_tokens")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(max_length=80, blank=True)
    active_profile = models.ForeignKey(
        Profile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    had_profile = models.BooleanField(default=False, editable=False)
    password_stamp = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(null=True, blank=True, editable=False)
    expires_at = models.DateTimeField()

    graphql_type: ClassVar[str] = "AccessToken"

    def __str__(self) -> str:
        return self.name or f"token of {self.user_id}"


class AttemptCount(models.Model):
    """Failed attempts at a door, by digest of account and address, shared by all processes."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} since {self.since}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime) -> Self:
        """Those that still let somebody in at that moment."""
        return self.filter(used_at__isnull=True, expires_at__gt=at)


class Invitation(Row):
    """Lets one person make an account. Only the SHA-256 of its secret is kept; that is shown once.

    One for an `email` is good for that address alone, and vouches for it. `by` is who made it; None for a command, and
    for an account that is gone. `user` is who came by it.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField("address", blank=True, help_text="Good for this address alone; empty: for any.")
    plan = models.ForeignKey(
        Plan,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The plan of the account; empty: the default one.",
    )
    makes_operator = models.BooleanField(default=False, help_text="The account may do everything.")
    by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    expires_at = models.DateTimeField("good until")
    used_at = models.DateTimeField(null=True, blank=True, editable=False)
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.email or f"invitation of {self.created_at:%Y-%m-%d}"


class DeviceGrant(Row):
    """A device that asks to be signed in by a person elsewhere (RFC 8628); gone once it has its token.

    `user` and `password_stamp` are those of who allowed it. `scopes` as on an AccessToken.
    """

    class State(models.TextChoices):
        PENDING = "PENDING"
        ALLOWED = "ALLOWED"
        DENIED = "DENIED"

    digest = models.CharField(max_length=64, unique=True, editable=False)
    user_code = models.CharField(max_length=8, unique=True, editable=False)
    client_id = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=45, blank=True)
    scopes = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.PENDING)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    password_stamp = models.CharField(max_length=64, blank=True, editable=False)
    interval = models.PositiveSmallIntegerField(default=5, help_text="Seconds between two questions.")
    asked_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.name} {self.state}"
