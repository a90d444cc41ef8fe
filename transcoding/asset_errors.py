"""What a caller can do wrong with an asset."""

from enum import StrEnum

from vod.lib.errors import DomainError, ErrorCode


class AssetErrorCode(ErrorCode):
    UNAUTHENTICATED = "UNAUTHENTICATED", "Nobody is signed in, or the token is dead."
    FORBIDDEN = "FORBIDDEN", "For operators, with a token that has OPERATE."
    NOT_FOUND = "NOT_FOUND", "There is no such asset."
    INVALID_STATE = "INVALID_STATE", "Not while the asset is in the state that it is in."


class AssetError(DomainError):
    """A refusal of a change to an asset."""

    code: AssetErrorCode


class SubtitlesErrorCode(StrEnum):
    NOT_FOUND = "NOT_FOUND"
    NOT_SUBTITLES = "NOT_SUBTITLES"
    TOO_LARGE = "TOO_LARGE"
    TOO_MANY = "TOO_MANY"


class SubtitlesError(DomainError):
    """A refusal of a file of subtitles."""

    code: SubtitlesErrorCode


class UploadErrorCode(StrEnum):
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    INVALID = "INVALID"
    UNSUPPORTED_VERSION = "UNSUPPORTED_VERSION"
    UNSUPPORTED_TYPE = "UNSUPPORTED_TYPE"
    LENGTH_REQUIRED = "LENGTH_REQUIRED"
    TOO_LARGE = "TOO_LARGE"
    DISK_FULL = "DISK_FULL"
    WRONG_OFFSET = "WRONG_OFFSET"
    IN_USE = "IN_USE"
    WRONG_CHECKSUM = "WRONG_CHECKSUM"
    STORE_AWAY = "STORE_AWAY"


class UploadError(DomainError):
    """A refusal of an upload or of a part of it."""

    code: UploadErrorCode
