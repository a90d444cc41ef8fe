"""Each segment made alone shows exactly its frames, wherever the source's key frames lie and however it is sought."""

from pathlib import Path

import pytest

from tests.hls.numbered import numbered, numbers
from tests.hls.pieces import pieces
from transcoding.engine.tools import Tools

X264 = ("-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-bf", "2")
FAR = ("-g", "600", "-keyint_min", "350", "-sc_threshold", "0")
FAR_KEYS = (*X264, *FAR)
MPEG2 = ("-c:v", "mpeg2video", "-q:v", "2", "-bf", "2", "-sc_threshold", "1000000000")
# Key frames a frame or two beside the borders of segments, with pictures that are shown before they are decoded.
NEAR = ("-g", "37", "-bf", "3", "-force_key_frames", "3.92,3.96,4.04,4.08,7.96,8.04,11.88,12.04,12.08")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("far.ts", FAR_KEYS),
        ("far.mkv", FAR_KEYS),
        ("far.mp4", FAR_KEYS),
        ("far.flv", FAR_KEYS),
        ("far.mpg", (*MPEG2, "-g", "400", "-f", "mpeg")),
        ("far.avi", ("-c:v", "mpeg4", "-q:v", "2", "-bf", "2", "-g", "400")),
        ("far.wmv", ("-c:v", "wmv2", "-q:v", "2", "-g", "400")),
        ("far.ogv", ("-c:v", "libtheora", "-q:v", "7", "-g", "400")),
        ("broadcast.mxf", (*MPEG2, "-g", "60")),
        ("near.mp4", (*X264, *NEAR)),
        ("near.ts", (*X264, *NEAR)),
        ("near.mkv", (*X264, *NEAR)),
        ("open.mp4", (*X264, "-g", "48", "-x264-params", "open-gop=1:scenecut=0")),
        (
            "open-hevc.mp4",
            (
                "-c:v",
                "libx265",
                "-preset",
                "ultrafast",
                "-x265-params",
                "keyint=60:open-gop=1:log-level=none",
            ),
        ),
        ("refreshed.ts", (*X264, "-bf", "0", "-g", "60", "-intra-refresh", "1")),
        ("pieces.mp4", (*X264, "-g", "60", "-movflags", "empty_moov+frag_keyframe+default_base_moof")),
        ("intra.mov", ("-c:v", "prores_ks", "-profile:v", "0")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_segment_made_alone_has_exactly_its_frames(
    tools: Tools, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    frames = 450 if name.startswith("far") else 350
    source = numbered(tools, tmp_path / name, *options, frames=frames, size=(160, 90))

    made = pieces(tools, source, tmp_path / "pieces")

    shown = [number for piece in made for number in numbers(piece.pixels)]
    assert shown == list(range(frames))
