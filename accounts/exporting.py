"""All that is kept about an account, as one JSON document, written piece by piece; and the address that it has for a while.

The accounts' own sections stand here; other apps register theirs (vod.lib.personal).
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from accounts.models import AccessToken, Invitation, Profile, User
from accounts.plans import plan_of
from accounts.preferences import CaptionStyle
from vod.lib.personal import register_sections, section_of, sections

FORMAT = "lantern-account"
VERSION = 1
#: How long an address of an export is good.
LINK_LASTS = timedelta(minutes=15)
_SALT = "accounts.export"


def register() -> None:
    """Hands the accounts' sections to the registry."""
    own = ("user",)
    register_sections(
        section_of(
            "account",
            lambda user_id: User.objects.filter(pk=user_id).select_related("plan"),
            without=("password",),
            more=lambda user: {
                "plan": getattr(plan_of(user), "name", None),
                "groups": list(user.groups.values_list("name", flat=True)),
                "has_password": user.has_usable_password(),
            },
        ),
        section_of("addresses", lambda user_id: EmailAddress.objects.filter(user=user_id), without=own),
        section_of(
            "profiles",
            lambda user_id: Profile.objects.filter(user=user_id),
            without=(*own, "pin_hash"),
            more=lambda profile: {
                "has_pin": profile.has_pin,
                "caption_style": CaptionStyle.of(profile.caption_style).__dict__,
            },
        ),
        section_of(
            "tokens",
            lambda user_id: AccessToken.objects.filter(user=user_id),
            without=(*own, "digest", "password_stamp"),
        ),
        section_of(
            "sessions",
            lambda user_id: UserSession.objects.filter(user=user_id),
            without=(*own, "session_key", "data"),
        ),
        section_of(
            "second_factors",
            lambda user_id: Authenticator.objects.filter(user=user_id),
            without=(*own, "data"),
        ),
        section_of(
            "other_providers", lambda user_id: SocialAccount.objects.filter(user=user_id), without=own
        ),
        section_of(
            "invitation",
            lambda user_id: Invitation.objects.filter(user=user_id),
            without=(*own, "by", "digest"),
        ),
        section_of(
            "invitations_made",
            lambda user_id: Invitation.objects.filter(by=user_id),
            without=("by", "user", "digest"),
        ),
        section_of(
            "administration",
            lambda user_id: LogEntry.objects.filter(user=user_id),
            # What was done is theirs; to whom may be somebody else's.
            without=(*own, "object_repr", "change_message"),
        ),
    )


def written(user_id: UUID) -> Iterator[str]:
    """The document, in pieces: an object with `format`, `version`, `made_at` and a list for each section. UTF-8, one row a line."""
    head = {"format": FORMAT, "version": VERSION, "made_at": timezone.now()}
    yield _json(head)[:-1]
    for section in sections():
        yield f",\n{_json(section.name)}: ["
        between = "\n"
        for row in section.rows(user_id):
            yield between + _json(row)
            between = ",\n"
        yield "]"
    yield "}\n"


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def path_for(user_id: UUID) -> str:
    """Where the export of an account lies for LINK_LASTS, for that account's own logins."""
    return f"/api/account/export/{signing.dumps(str(user_id), salt=_SALT)}"


def account_at(signed: str) -> UUID | None:
    """The account that a part of an address of ours names; None for one that is over or that we did not write."""
    try:
        return UUID(signing.loads(signed, salt=_SALT, max_age=LINK_LASTS))
    except (signing.BadSignature, ValueError):
        return None
