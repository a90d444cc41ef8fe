"""The one kind of error that services raise for what a caller did wrong."""

from enum import StrEnum
from typing import Self


class ErrorCode(StrEnum):
    """Base of an app's codes: each member is the code that clients switch on, and `meaning`, a sentence of the schema."""

    meaning: str

    def __new__(cls, code: str, meaning: str) -> Self:
        made = str.__new__(cls, code)
        made._value_ = code
        made.meaning = meaning
        return made


class DomainError(Exception):
    """What the caller can mend: `code` for programs, `message` for people, `field` of the input or None.

    Each app subclasses it with an ErrorCode of its own. At the GraphQL edge it becomes an entry of
    a mutation's `errors`.
    """

    def __init__(self, code: StrEnum, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
