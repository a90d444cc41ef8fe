"""What can go wrong with a film: codes that clients switch on and sentences that people read."""

from __future__ import annotations

from enum import StrEnum


class FailureCode(StrEnum):
    """Why an asset failed. Values are part of the public contract; never rename one."""

    NOT_A_VIDEO = "NOT_A_VIDEO"
    NO_VIDEO_TRACK = "NO_VIDEO_TRACK"
    UNSUPPORTED_CONTAINER = "UNSUPPORTED_CONTAINER"
    UNSUPPORTED_CODEC = "UNSUPPORTED_CODEC"
    ENCRYPTED = "ENCRYPTED"
    TRUNCATED = "TRUNCATED"
    CORRUPT = "CORRUPT"
    RESOLUTION_LIMIT = "RESOLUTION_LIMIT"
    DURATION_LIMIT = "DURATION_LIMIT"
    SIZE_LIMIT = "SIZE_LIMIT"
    RESOURCE_LIMIT = "RESOURCE_LIMIT"
    TIMEOUT = "TIMEOUT"
    ENCODER_FAILED = "ENCODER_FAILED"
    VERIFY_FAILED = "VERIFY_FAILED"
    STORAGE_FAILED = "STORAGE_FAILED"
    SOURCE_MISSING = "SOURCE_MISSING"
    SANDBOX_UNAVAILABLE = "SANDBOX_UNAVAILABLE"
    TOOLS_MISSING = "TOOLS_MISSING"
    CANCELLED = "CANCELLED"
    INTERNAL = "INTERNAL"


# Trying again can help: the fault lies with the machine or the moment, not with the file.
_TRANSIENT = frozenset(
    {
        FailureCode.ENCODER_FAILED,
        FailureCode.VERIFY_FAILED,
        FailureCode.STORAGE_FAILED,
        FailureCode.SOURCE_MISSING,
        FailureCode.SANDBOX_UNAVAILABLE,
        FailureCode.TOOLS_MISSING,
        FailureCode.TIMEOUT,
        FailureCode.INTERNAL,
    }
)


# Of these nothing is learned about the film: the machine, the moment or a person's wish ended the work.
_NOT_OF_THE_FILM = frozenset(
    {
        FailureCode.STORAGE_FAILED,
        FailureCode.SOURCE_MISSING,
        FailureCode.SANDBOX_UNAVAILABLE,
        FailureCode.TOOLS_MISSING,
        FailureCode.CANCELLED,
        FailureCode.INTERNAL,
    }
)


class MediaError(Exception):
    """A film cannot be taken any further.

    ``sentence`` is for a person: what is wrong and what to do. ``permanent`` says that trying again
    cannot help. ``tail`` holds the last lines of the tool that failed, for operators' eyes only.
    """

    def __init__(
        self, code: FailureCode, sentence: str, *, permanent: bool | None = None, tail: str = ""
    ) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.permanent = code not in _TRANSIENT if permanent is None else permanent
        self.tail = tail

    @property
    def is_of_the_film(self) -> bool:
        """Whether the film can be to blame, so that a caller may go on without the part of it that failed."""
        return self.code not in _NOT_OF_THE_FILM

    def __reduce__(self) -> tuple[object, ...]:
        # Pools send exceptions between processes by pickle, which would drop the keyword arguments.
        return _rebuild, (self.code, self.sentence, self.permanent, self.tail)


class KilledFromOutside(MediaError):
    """A tool was ended by a signal that neither we nor the kernel's lack of memory sent.

    Nothing was learned about the film: whoever holds the work gives it back, and its start does not count.
    The code is not ENCODER_FAILED, which makes some callers go on without the track that failed.
    """

    def __init__(self, signal_name: str, *, tail: str = "") -> None:
        super().__init__(
            FailureCode.INTERNAL,
            "Work on this film was interrupted from outside. It goes on by itself.",
            permanent=False,
            tail=tail,
        )
        self.signal_name = signal_name

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild_killed, (self.signal_name, self.tail)


def _rebuild_killed(signal_name: str, tail: str) -> KilledFromOutside:
    return KilledFromOutside(signal_name, tail=tail)


def _rebuild(code: FailureCode, sentence: str, permanent: bool, tail: str) -> MediaError:
    return MediaError(code, sentence, permanent=permanent, tail=tail)
