"""What a caller of playback can do wrong. Codes are part of the public contract; never rename one."""

from enum import StrEnum

from vod.lib.errors import DomainError


class PlaybackErrorCode(StrEnum):
    UNAUTHENTICATED = "UNAUTHENTICATED"
    PROFILE_REQUIRED = "PROFILE_REQUIRED"
    NOT_FOUND = "NOT_FOUND"
    NOT_PLAYABLE = "NOT_PLAYABLE"
    STREAM_LIMIT = "STREAM_LIMIT"
    SESSION_ENDED = "SESSION_ENDED"
    INVALID = "INVALID"


class PlaybackError(DomainError):
    """Raised by playback's services; `field` is the input's field as clients write it."""

    code: PlaybackErrorCode
