"""The product's settings, with an ffmpeg that reads at a bounded rate: a small film is made in no time otherwise."""

import os

import transcoding.engine.ffmpeg as door
from vod.settings import *  # noqa: F403 - all of them, as they are

_RATE = os.environ.get("FLEET_READ_RATE", "")
_quiet_options = door.quiet_options


def _slowly() -> list[str]:
    return [*(("-readrate", _RATE) if _RATE else ()), *_quiet_options()]


door.quiet_options = _slowly
