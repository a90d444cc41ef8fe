"""The one kind of error that services raise for what a caller did wrong."""

from enum import StrEnum


class DomainError(Exception):
    """What the caller can mend: `code` for programs, `message` for people, `field` of the input or None.

    Each app subclasses it with an enum of codes of its own. At the GraphQL edge it becomes an entry of
    a mutation's `errors`.
    """

    def __init__(self, code: StrEnum, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
