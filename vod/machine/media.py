"""ffmpeg and ffprobe: those that `FFMPEG` and `FFPROBE` name, or those of the wheels."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from vod.machine.console import Console
from vod.machine.errors import Problem
from vod.machine.layout import Layout
from vod.machine.packages import install
from vod.machine.process import answer_of
from vod.machine.stamps import Stamps


def provide_media_tools(layout: Layout, env: Mapping[str, str], console: Console, stamps: Stamps) -> None:
    """Installs the wheels unless both tools are named. Raises Problem when a named one does not start."""
    ffmpeg, ffprobe = env.get("FFMPEG", ""), env.get("FFPROBE", "")
    if ffmpeg:
        _require_tool("FFMPEG", ffmpeg, env)
        found = shutil.which(ffmpeg, path=env["PATH"])
        beside = Path(found or ffmpeg).with_name("ffprobe")
        ffprobe = ffprobe or (str(beside) if beside.exists() else "")
    if ffprobe:
        _require_tool("FFPROBE", ffprobe, env)
    if not (ffmpeg and ffprobe):
        install("ffmpeg", "requirements-media.txt", layout, env, console, stamps)


def _require_tool(setting: str, program: str, env: Mapping[str, str]) -> None:
    if answer_of([program, "-version"], env) is None:
        raise Problem(
            f"{setting} is {program}, and that does not start. Name one that does, or leave {setting} empty to use ours."
        )
