"""Who is asking, as plain data: made once per request by `accounts`, read by everyone else.

Only what the server knows stands here; nothing a client sends along widens it.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Scope(StrEnum):
    """What a login may be used for. A token made for a program names some of the first three; who signed in has all."""

    READ = "READ"
    WATCH = "WATCH"
    OPERATE = "OPERATE"
    ACCOUNT = "ACCOUNT"


EVERYTHING = frozenset(Scope)


def operates(*, is_staff: bool, is_active: bool, is_kids: bool) -> bool:
    """Whether an account, on one of its profiles, runs the library: a child at an operator's television runs nothing."""
    return is_staff and is_active and not is_kids


@dataclass(frozen=True, slots=True)
class Actor:
    """One request's asker.

    `maturity_limit` is an age in years, None where there is no limit. `login` names the session or
    token that the request came with (an opaque digest), so that what hangs on it can end with it.
    `max_streams` and `max_height` (pixels) come from the plan. `scopes` only narrow what the account may do.
    `profile_gone`: the login watched as a profile that somebody has deleted since, and has not chosen another.
    """

    user_id: UUID | None = None
    is_operator: bool = False
    profile_id: UUID | None = None
    profile_name: str = ""
    is_kids: bool = False
    profile_gone: bool = False
    maturity_limit: int | None = None
    language: str = ""
    login: str = ""
    max_streams: int = 0
    max_height: int = 0
    scopes: frozenset[Scope] = EVERYTHING

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def is_confined(self) -> bool:
        """Whether all that the login may do with its account is choose a profile.

        So it is on a child's profile, and where one was deleted: otherwise that would make the child's device an adult's.
        """
        return self.is_kids or self.profile_gone

    def lacks(self, scope: Scope | None) -> str:
        """Why the login may not be used for `scope`, as a sentence that says what to do; empty where it may."""
        if scope is None or scope in self.scopes:
            return ""
        if scope is Scope.ACCOUNT:
            return "A token made for a program changes no account. Sign in with the password."
        return f"This token lacks the scope {scope.value}. Make one that has it."


NOBODY = Actor()
