"""Why a file is refused: limits, and what the tools' last words mean, as codes and sentences for people."""

from __future__ import annotations

from transcoding.engine.media import MediaInfo
from transcoding.errors import FailureCode, MediaError

MAX_PIXELS = 8192 * 4320
MAX_SIDE = 8192
MAX_STREAMS = 32


def check_size(width: int, height: int) -> None:
    """Raise RESOLUTION_LIMIT for a picture larger than we take, CORRUPT for one without a size."""
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise MediaError(
            FailureCode.RESOLUTION_LIMIT,
            f"The picture is {width} by {height} pixels; at most 8192 by 4320 can be used. Export it smaller.",
        )
    if width < 2 or height < 2:
        raise MediaError(
            FailureCode.CORRUPT,
            f"The picture of this file is {width} by {height} pixels. Export it again, larger, and upload that."
            if width and height
            else "The picture of this file has no size. Export it again and upload that.",
        )


def refusal(tail: str) -> MediaError:
    """What ffprobe's last words mean when it cannot open a file."""
    if "not on whitelist" in tail:
        return MediaError(
            FailureCode.UNSUPPORTED_CONTAINER,
            "This kind of file cannot be used. Upload MP4, MOV, MKV, WebM, AVI or another usual video file.",
            tail=tail,
        )
    if "max pixel count" in tail:
        return undecodable(tail)
    if "moov atom not found" in tail or "partial file" in tail or "ended prematurely" in tail:
        return truncated(tail)
    if "max_streams" in tail or "Too many streams" in tail:
        return too_many_streams()
    return MediaError(
        FailureCode.NOT_A_VIDEO, "This file is not a video that can be read. Choose another file.", tail=tail
    )


def undecodable(tail: str) -> MediaError:
    """Why the first frames could not be decoded."""
    if "ncrypt" in tail:
        return protected(tail)
    if "max pixel count" in tail or "Picture size" in tail:
        return MediaError(
            FailureCode.RESOLUTION_LIMIT,
            "The picture is larger than 8192 by 4320 pixels. Export it smaller and upload that.",
            tail=tail,
        )
    return MediaError(
        FailureCode.CORRUPT,
        "The picture of this file cannot be read. Export it again and upload that.",
        tail=tail,
    )


def no_picture(*, has_sound: bool) -> MediaError:
    """There is no video track."""
    what = "sound but no picture" if has_sound else "no picture"
    return MediaError(FailureCode.NO_VIDEO_TRACK, f"This file has {what}. Upload a file with a video track.")


def protected(tail: str = "") -> MediaError:
    """The tracks are encrypted."""
    return MediaError(
        FailureCode.ENCRYPTED,
        "This file is protected against copying. Upload a version without protection.",
        tail=tail,
    )


def truncated(tail: str = "") -> MediaError:
    """The file ends before it should."""
    return MediaError(
        FailureCode.TRUNCATED,
        "This file is incomplete: its end is missing. Copy or export it again, then upload the whole file.",
        tail=tail,
    )


def no_tonemapping() -> MediaError:
    """The film is in HDR and this build cannot turn it into SDR; another can, so trying again may help."""
    return MediaError(
        FailureCode.TOOLS_MISSING,
        "This film is in HDR, and the ffmpeg of this installation cannot show it on other screens. Set FFMPEG to a"
        " build with zscale and tonemap, then try again.",
    )


def jumping_clock(at: float) -> MediaError:
    """The time stamps begin anew in the middle of the file."""
    return MediaError(
        FailureCode.CORRUPT,
        f"The clock of this file jumps back {at:.0f} seconds after its beginning, as in recordings that were put"
        " together. Export it again as one film, or upload its parts.",
    )


def too_many_streams() -> MediaError:
    """More tracks than we take."""
    return MediaError(
        FailureCode.RESOURCE_LIMIT,
        f"This file has more than {MAX_STREAMS} tracks. Export it with fewer and upload that.",
    )


def unless_a_picture(info: MediaInfo) -> MediaInfo:
    """The same facts. Raises MediaError NOT_A_VIDEO for one frame without sound: a photograph in a film's box."""
    if info.video.frames < 2 and not info.audio:
        raise MediaError(
            FailureCode.NOT_A_VIDEO,
            "This file is a single picture, not a film. Choose a video file and try again.",
        )
    return info
