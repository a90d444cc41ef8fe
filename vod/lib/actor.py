"""Who is asking, as plain data: made once per request by `accounts`, read by everyone else.

Only what the server knows stands here; nothing a client sends along widens it.
"""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """One request's asker.

    `maturity_limit` is an age in years, None where there is no limit. `login` names the session or
    token that the request came with (an opaque digest), so that what hangs on it can end with it.
    `max_streams` and `max_height` (pixels) come from the plan.
    """

    user_id: UUID | None = None
    is_operator: bool = False
    profile_id: UUID | None = None
    profile_name: str = ""
    is_kids: bool = False
    maturity_limit: int | None = None
    language: str = ""
    login: str = ""
    max_streams: int = 0
    max_height: int = 0

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None


NOBODY = Actor()
