"""AV1 beside the ladder: fewer than half of the bits for nearly twice the work, so only where it pays.

The upper rungs are made anew with SVT-AV1, with the ladder's own boundaries, so that a player may change between the two
codecs at any segment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transcoding.engine.ladder import VideoRung
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

ENCODER = "libsvtav1"
# Its own authors warn of artifacts from 10 up; below 8 it costs more than it saves.
PRESET = "8"
# As good by VMAF as the ladder's H.264 or a little better; see docs/bench.
CRF = 41
# Below this a rung is already cheap to send.
_LEAST_HEIGHT = 720
_SHARE_OF_CAP = 0.6


def av1_rungs(ladder: Sequence[VideoRung]) -> tuple[VideoRung, ...]:
    """The AV1 rungs beside an H.264 ladder: those from 720 up, or the top one where there are none."""
    upper = [rung for rung in ladder if rung.height_class >= _LEAST_HEIGHT] or list(ladder[:1])
    return tuple(
        replace(
            rung,
            name=f"{rung.name}-av1",
            codec="av1",
            copied=False,
            crf=CRF,
            preset=PRESET,
            maxrate=int(rung.maxrate * _SHARE_OF_CAP),
            bufsize=int(rung.bufsize * _SHARE_OF_CAP),
            level="",
        )
        for rung in upper
    )


def need_av1(tools: Tools) -> None:
    """Raises MediaError TOOLS_MISSING where this build of ffmpeg cannot make AV1."""
    if ENCODER not in tools.encoders:
        raise MediaError(
            FailureCode.TOOLS_MISSING,
            "This ffmpeg cannot make AV1. Set FFMPEG to a build with SVT-AV1, or leave AV1 out.",
        )


def av1_options(rung: VideoRung, longest_segment: int) -> list[str]:
    """Arguments of ffmpeg for one AV1 rung; ``longest_segment`` is in frames."""
    return [
        *("-c:v", ENCODER, "-preset", rung.preset, "-crf", str(rung.crf), "-maxrate", str(rung.maxrate)),
        *("-pix_fmt", "yuv420p", "-fps_mode", "passthrough"),
        # Key frames only where they are asked for: none of its own at a change of scene. One thread, so that
        # the same frames give the same bytes.
        *("-g", str(longest_segment + 1)),
        *("-svtav1-params", f"keyint={longest_segment + 1}:scd=0:force-key-frames=1:lp=1"),
        *("-map_metadata", "-1", "-map_chapters", "-1"),
    ]
