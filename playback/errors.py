"""What a caller of playback can do wrong. Codes are part of the public contract; never rename one."""

from vod.lib.errors import DomainError, ErrorCode


class PlaybackErrorCode(ErrorCode):
    UNAUTHENTICATED = "UNAUTHENTICATED", "Nobody is signed in, or the token is dead."
    FORBIDDEN = "FORBIDDEN", "Not with this token: it lacks WATCH."
    PROFILE_REQUIRED = "PROFILE_REQUIRED", "Choose a profile first, by `activateProfile`."
    NOT_FOUND = "NOT_FOUND", "There is no such thing that this profile may see."
    NOT_PLAYABLE = "NOT_PLAYABLE", "Its film is not made yet."
    STREAM_LIMIT = "STREAM_LIMIT", "The plan's places are taken; `conflicts` says by whom."
    SESSION_ENDED = "SESSION_ENDED", "This stream is over; start another."
    INVALID = "INVALID", "The value of `field` is of no use."


class PlaybackError(DomainError):
    """Raised by playback's services; `field` is the input's field as clients write it."""

    code: PlaybackErrorCode
