"""What two peers ask of ffmpeg for the same film: options as they issue them, as facts, written anew.

MediaCMS runs one process for each of six rungs with `-preset medium -crf 23`, a cap and forced key frames every four seconds;
PeerTube one for each of five with `-preset veryfast` and a cap of 0.10 to 0.17 bits a pixel.
"""

from __future__ import annotations

from pathlib import Path

from tests.bench.commands import whole_file
from transcoding.engine.ladder import VideoRung
from transcoding.engine.plan import Plan
from transcoding.engine.tools import Tools

# Kilobits a second at up to 30 frames, by height; the cap is half as much again.
_FIRST_RATES = {1080: 4500, 720: 2500, 540: 1500, 432: 1000, 360: 500, 240: 300}
_FIRST_CAP = 1.5
# Bits a pixel of the cap, by height: the smaller, the fewer.
_SECOND_BITS = {1080: 0.17, 720: 0.15, 540: 0.14, 360: 0.12, 240: 0.10}


def first_peer(source: Path, plan: Plan, target: Path, tools: Tools, *, crf: int = 23) -> list[list[str]]:
    """Six processes: medium, CRF, forced key frames."""
    return [
        first_peers_rung(source, rung, target, tools, crf=crf)
        for rung in plan.video
        if rung.height_class in _FIRST_RATES
    ]


def first_peers_rung(
    source: Path, rung: VideoRung, target: Path, tools: Tools, *, crf: int = 23
) -> list[str]:
    """One of them."""
    cap = int(_FIRST_RATES[rung.height_class] * _FIRST_CAP)
    return whole_file(
        source,
        rung,
        target,
        tools,
        codec=[
            *("-c:v", "libx264", "-preset", "medium", "-crf", str(crf)),
            *("-maxrate", f"{cap}k", "-bufsize", f"{cap}k", "-profile:v", "high", "-pix_fmt", "yuv420p"),
            *("-force_key_frames", "expr:gte(t,n_forced*4)"),
        ],
    )


def second_peer(source: Path, plan: Plan, target: Path, tools: Tools) -> list[list[str]]:
    """Five processes: veryfast, bits a pixel."""
    commands = []
    for rung in plan.video:
        if rung.height_class not in _SECOND_BITS:
            continue
        cap = int(rung.width * rung.height * float(plan.rate) * _SECOND_BITS[rung.height_class])
        options = [
            *("-c:v", "libx264", "-preset", "veryfast", "-maxrate", str(cap), "-bufsize", str(2 * cap)),
            *("-g", str(2 * round(plan.rate)), "-pix_fmt", "yuv420p", "-b_strategy", "1", "-bf", "16"),
        ]
        commands.append(whole_file(source, rung, target, tools, codec=options))
    return commands
