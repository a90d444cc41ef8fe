"""An object that lies where ours should go: put by a worker that died before its rows were written.

The store's bytes win over ours as long as they are what they should be. What a power cut left half written, or
anybody else put there, was never seen by a viewer, for no row names it, and gives way to ours.
"""

import logging
from dataclasses import replace
from pathlib import Path

from transcoding.engine.boxes import track_head
from transcoding.engine.outputs import RenditionOutput, SegmentFile
from transcoding.engine.plan import Plan
from transcoding.engine.preview import verify_clip
from transcoding.engine.verify import verify_chunk
from transcoding.errors import FailureCode, MediaError
from transcoding.services.finishing import DIFFERS
from transcoding.services.toolbox import tools
from vod.lib.storage import objects

log = logging.getLogger(__name__)


def adopt_segment(*, plan: Plan, output: RenditionOutput, segment: SegmentFile, key: str) -> bytes:
    """What lies under `key` from now on. Raises MediaError VERIFY_FAILED where it cannot be put right."""
    ours = segment.path.read_bytes()
    found = objects().read_bytes(key)
    if found == ours:
        return found
    copy = segment.path.with_suffix(".found")
    copy.write_bytes(found)
    theirs = replace(output, segments=(replace(segment, path=copy, bytes=len(found)),))
    try:
        verify_chunk(plan, theirs)
    except MediaError:
        _give_way(key, segment.path)
        return ours
    return found


def adopt_init(*, path: Path, key: str) -> None:
    """Sees to it that the init segment under `key` is ours. Raises MediaError VERIFY_FAILED where it is another's."""
    ours = path.read_bytes()
    found = objects().read_bytes(key)
    if found == ours:
        return
    try:
        track_head(found)
    except ValueError:
        _give_way(key, path)
        return
    raise MediaError(FailureCode.VERIFY_FAILED, DIFFERS, tail=f"{key}: another init segment lies there")


def adopt_clip(*, path: Path, key: str) -> int:
    """Bytes of what lies under `key` from now on: what was there if it is a whole clip, else ours."""
    found = objects().read_bytes(key)
    copy = path.with_suffix(".found")
    copy.write_bytes(found)
    try:
        verify_clip(copy, tools=tools())
    except MediaError as error:
        if error.code is not FailureCode.VERIFY_FAILED:
            raise
        _give_way(key, path)
        return path.stat().st_size
    return len(found)


def _give_way(key: str, path: Path) -> None:
    log.warning("%s was not whole and is put again", key)
    objects().delete(key)
    if not objects().put_absent(key, path) and objects().read_bytes(key) != path.read_bytes():
        raise MediaError(FailureCode.VERIFY_FAILED, DIFFERS, tail=f"{key}: changes under our hands")
