"""The product's settings, with a store that can be filled up and an ffmpeg that reads at a bounded rate.

Chosen by DJANGO_SETTINGS_MODULE, so that every process of the installation has them.
"""

import os
from pathlib import Path

import transcoding.engine.ffmpeg as door
from vod.settings import *  # noqa: F403 - all of them but one
from vod.settings.objects import MEDIA_ROOT, STORAGES
from vod.settings.objects import WORK_ROOT as _WORK_ROOT

STORAGES = {
    **STORAGES,
    "default": {"BACKEND": "tests.faults.store.StoreThatFillsUp", "OPTIONS": {"location": str(MEDIA_ROOT)}},
}

# A second machine has the database and the store of the first, and a disk of its own.
WORK_ROOT = Path(os.environ.get("FAULTS_WORK_ROOT") or _WORK_ROOT)

# A small film is made in no time, and a vandal would always come too late. Reading at a rate costs no CPU and
# changes no byte of the result. Here, because a script around ffmpeg finds no shell in the sandbox.
_RATE = os.environ.get("FAULTS_READ_RATE", "")
_quiet_options = door.quiet_options


def _slowly() -> list[str]:
    return [*(("-readrate", _RATE) if _RATE else ()), *_quiet_options()]


door.quiet_options = _slowly
