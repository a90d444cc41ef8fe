"""Rules of profiles: what their fields may hold, and who may change them."""

import re
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password

from accounts.errors import AccountError, AccountErrorCode
from accounts.models import Profile
from accounts.preferences import language_tag, stored_style
from vod.lib.actor import Actor

KIDS_DEFAULT_LIMIT = 7
KIDS_GREATEST_LIMIT = 12
GREATEST_LIMIT = 21
NAME_LENGTH = 40

_PIN = re.compile(r"[0-9]{4}\Z")
_AVATAR = re.compile(r"[a-z0-9-]{1,40}\Z")


def household_of(actor: Actor) -> UUID:
    """The account whose profiles the asker may change. Raises UNAUTHENTICATED or FORBIDDEN."""
    if actor.user_id is None:
        raise AccountError(AccountErrorCode.UNAUTHENTICATED, "Sign in first.")
    if actor.is_kids:
        raise AccountError(
            AccountErrorCode.FORBIDDEN,
            "Nothing of the account can be changed from a child's profile. Switch to another first.",
        )
    if actor.is_confined:
        raise AccountError(
            AccountErrorCode.FORBIDDEN,
            "The profile that watched here was deleted. Choose another first, or sign in again.",
        )
    return actor.user_id


def own_profile(user_id: UUID, profile_id: UUID | None) -> Profile:
    """A profile of that account. Raises NOT_FOUND for any other, as for one that does not exist."""
    profile = Profile.objects.filter(user_id=user_id, pk=profile_id).first() if profile_id else None
    if profile is None:
        raise AccountError(
            AccountErrorCode.NOT_FOUND, "This profile does not exist. Choose another.", field="profileId"
        )
    return profile


def fill(profile: Profile, values: dict[str, Any]) -> None:
    """Puts checked `values` into `profile`. Raises INVALID with the field that is wrong.

    Known names: name, avatar, is_kids, maturity_limit (years), language, pin (None takes it away), and what
    `_fill_preferences` knows. A child's profile always has a limit, at most KIDS_GREATEST_LIMIT.
    """
    if "name" in values:
        profile.name = _name(values["name"])
    if values.get("avatar") is not None:
        profile.avatar = _matching(_AVATAR, values["avatar"], "avatar", "Choose one of the pictures.")
    if values.get("language") is not None:
        profile.language = language_tag(values["language"], "language")
    if "pin" in values:
        profile.pin_hash = _pin_hash(values["pin"])
    if values.get("is_kids") is not None:
        profile.is_kids = values["is_kids"]
    if "maturity_limit" in values:
        profile.maturity_limit = _limit(values["maturity_limit"])
    _fill_preferences(profile, values)
    profile.maturity_limit = limit_of(profile.maturity_limit, is_kids=profile.is_kids)


def limit_of(wanted: int | None, *, is_kids: bool) -> int | None:
    """The age limit (years) that a profile gets: a child's always has one."""
    if not is_kids:
        return wanted
    return min(KIDS_DEFAULT_LIMIT if wanted is None else wanted, KIDS_GREATEST_LIMIT)


_SWITCHES = ("audio_description", "subtitles_describe_sound", "autoplay_next", "autoplay_previews")


def _fill_preferences(profile: Profile, values: dict[str, Any]) -> None:
    if "audio_language" in values:
        wanted = values["audio_language"]
        profile.audio_language = language_tag(wanted, "audioLanguage") if wanted else ""
    if "subtitle_language" in values:
        wanted = values["subtitle_language"]
        profile.subtitle_language = language_tag(wanted, "subtitleLanguage") if wanted else ""
    if "caption_style" in values:
        profile.caption_style = stored_style(profile.caption_style, values["caption_style"])
    for name in _SWITCHES:
        if values.get(name) is not None:
            setattr(profile, name, values[name])


def refuse_same_name(profile: Profile) -> None:
    """Raises NAME_TAKEN where another profile of the account has the name, in whatever case."""
    others = Profile.objects.filter(user_id=profile.user_id).exclude(pk=profile.pk)
    if profile.name.casefold() in {name.casefold() for name in others.values_list("name", flat=True)}:
        raise AccountError(
            AccountErrorCode.NAME_TAKEN,
            "Another profile has this name. Choose a different one.",
            field="name",
        )


def _invalid(field: str, message: str) -> AccountError:
    return AccountError(AccountErrorCode.INVALID, message, field=field)


def _name(value: str | None) -> str:
    name = " ".join((value or "").split())
    if not name:
        raise _invalid("name", "Give the profile a name.")
    if len(name) > NAME_LENGTH:
        raise _invalid("name", f"A name has at most {NAME_LENGTH} letters. Choose a shorter one.")
    if not name.isprintable():
        raise _invalid("name", "This name has signs that cannot be shown. Choose another.")
    return name


def _matching(pattern: re.Pattern[str], value: str, field: str, message: str) -> str:
    if not pattern.match(value):
        raise _invalid(field, message)
    return value


def _pin_hash(pin: str | None) -> str:
    if pin is None:
        return ""
    return make_password(_matching(_PIN, pin, "pin", "A PIN has four digits."))


def _limit(value: int | None) -> int | None:
    if value is not None and not 0 <= value <= GREATEST_LIMIT:
        raise _invalid("maturityLimit", f"The age limit is between 0 and {GREATEST_LIMIT} years, or none.")
    return value
