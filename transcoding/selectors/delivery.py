"""What lies behind a media path: playlists from rows, objects of the store, and nothing else."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, takewhile
from uuid import UUID

from transcoding.engine.master import master_playlist as write_master
from transcoding.engine.master import original_playlist as write_original
from transcoding.engine.package import (
    IFRAMES,
    INDEX,
    ORIGINAL,
    RenditionFacts,
    iframe_playlist,
    media_playlist,
    subtitle_playlist,
)
from transcoding.engine.plan import Plan
from transcoding.models import AssetVersion, Rendition, RenditionKind, RenditionState, Segment
from transcoding.selectors.facts import STREAMS, facts_of, subtitles_of
from vod.lib.statements import Statement
from vod.lib.storage import objects

HLS = "application/vnd.apple.mpegurl"
MP4 = "video/mp4"
INIT = "init.mp4"
VTT = "text/vtt; charset=utf-8"
STORYBOARD = "storyboard"
# Names that the factory makes; digits are ASCII and nothing may follow.
_STREAM = re.compile(
    r"(?P<name>video-[0-9]{1,5}(?:-av1)?|audio-[0-9]{1,3}(?:-surround)?|original)"
    r"/(?:(?P<number>[0-9]{5})\.m4s|(?P<file>init\.mp4|index\.m3u8))"
)
_BESIDE_ORIGINAL = re.compile(r"(?P<name>audio-[0-9]{1,3}(?:-surround)?)/original\.m3u8")
_KEY_FRAMES = re.compile(r"(?P<name>video-[0-9]{1,5})/iframes\.m3u8")
_SUBTITLES = re.compile(
    r"(?P<name>subtitles-s?[0-9]{1,3})/(?:(?P<number>[0-9]{5})\.vtt|(?P<file>index\.m3u8))"
)
_SHEET = re.compile(r"storyboard/(?:(?P<number>[0-9]{5})\.jpg|(?P<file>index\.vtt))")
_NUMBERED = ((_STREAM, MP4), (_SUBTITLES, VTT), (_SHEET, "image/jpeg"))


@dataclass(frozen=True, slots=True)
class MediaObject:
    """An object to send: by its key in the store, or with `body` where it is written on the spot.

    What has a body may say more tomorrow; everything else never changes.
    """

    key: str
    size_bytes: int
    content_type: str
    body: bytes | None = None


def master_playlist(version: AssetVersion, *, max_height: int) -> str:
    """The master of what can be watched, with no rung above `max_height` pixels."""
    plan, facts = _seen(version)
    return write_master(plan, facts, subtitles=subtitles_of(version), max_height=max_height)


def original_playlist(version: AssetVersion, *, max_height: int) -> str | None:
    """The master of the source's own picture; None where it is not kept, not whole or above `max_height` pixels."""
    plan, facts = _seen(version)
    return write_original(plan, facts, subtitles=subtitles_of(version), max_height=max_height)


_segments = Statement(
    lambda version, name, number: (
        Segment.objects.filter(rendition__version=version, rendition__name=name, number=number)
        .order_by()
        .values_list("key", "size_bytes")[:1]
    ),
    version=UUID,
    name=str,
    number=int,
)


def segment_at(version: UUID, path: str) -> MediaObject | None:
    """What lies at a path that has a number ("video-720/00003.m4s"), in one statement; None for any other path too."""
    for pattern, content_type in _NUMBERED:
        if (found := pattern.fullmatch(path)) and found["number"]:
            name = found.groupdict().get("name", STORYBOARD)
            row = _segments.first(version=version, name=name, number=int(found["number"]))
            return MediaObject(row[0], row[1], content_type) if row else None
    return None


def media_object(version: AssetVersion, path: str) -> MediaObject | None:
    """The object at `path` below a version ("video-720/00003.m4s"); None where there is none."""
    if found := segment_at(version.pk, path):
        return found
    if (stream := _STREAM.fullmatch(path)) and stream["file"]:
        if stream["file"] == INIT:
            return _init(version, stream["name"])
        return _playlist(version, stream["name"], INDEX)
    if sound := _BESIDE_ORIGINAL.fullmatch(path):
        return _playlist(version, sound["name"], ORIGINAL)
    if key_frames := _KEY_FRAMES.fullmatch(path):
        return _playlist(version, key_frames["name"], IFRAMES)
    if (subtitles := _SUBTITLES.fullmatch(path)) and subtitles["file"]:
        return _playlist(version, subtitles["name"], INDEX)
    sheet = _SHEET.fullmatch(path)
    if sheet and sheet["file"] and version.has_storyboard:
        row = Rendition.objects.filter(version=version, name=STORYBOARD).first()
        return _stored((row and row.init_key) or f"{version.key_prefix}/storyboard/index.vtt", VTT)
    return None


def _seen(version: AssetVersion) -> tuple[Plan, list[RenditionFacts]]:
    plan = Plan.from_json(version.plan)
    # Of a finished film everything may be seen; of one that grows only what no viewer catches up with.
    return plan, facts_of(version, plan, offered=version.published_at is None)


def _init(version: AssetVersion, name: str) -> MediaObject | None:
    row = Rendition.objects.filter(version=version, name=name).exclude(init_digest="").first()
    return _stored(init_key_of(version, row), MP4) if row else None


def init_key_of(version: AssetVersion, rendition: Rendition) -> str:
    """Where the init of a rendition lies; rows of before the column have the plain name."""
    return rendition.init_key or f"{version.key_prefix}/{rendition.name}/{INIT}"


def _playlist(version: AssetVersion, name: str, file: str) -> MediaObject | None:
    rendition = Rendition.objects.filter(version=version, name=name).first()
    if rendition is None:
        return None
    key = f"{version.key_prefix}/{name}/{file}"
    # What came after the film was published (AV1, subtitles beside it) is written there once it is whole.
    found = _stored(key, HLS) if version.published_at is not None else None
    if found is not None:
        return found
    text = _written(version, rendition, file)
    return None if text is None else MediaObject(key, len(text.encode()), HLS, text.encode())


def _written(version: AssetVersion, rendition: Rendition, file: str) -> str | None:
    """A playlist of what is there now."""
    plan = Plan.from_json(version.plan)
    if rendition.kind == RenditionKind.SUBTITLES:
        return subtitle_playlist(plan.duration) if rendition.state == RenditionState.READY else None
    if rendition.kind not in STREAMS or (file == ORIGINAL and plan.original is None):
        return None
    if file == IFRAMES:
        return iframe_playlist(plan, next(iter(facts_of(version, plan, name=rendition.name))))
    # Up to the first gap: chunks are made by several workers and end in any order.
    numbers = rendition.segments.order_by("number").values_list("number", flat=True)
    made = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(numbers, count(), strict=False)))
    return media_playlist(plan, rendition.name, segments=made, beside_original=file == ORIGINAL)


def _stored(key: str, content_type: str) -> MediaObject | None:
    try:
        # Playlists are replaced when something joins a film; nothing else ever changes its bytes.
        size = objects().size(key) if content_type == HLS else _size_for_good(key)
    except FileNotFoundError:
        return None
    return MediaObject(key, size, content_type)


@lru_cache(maxsize=20_000)
def _size_for_good(key: str) -> int:
    """The size of an object that is there, asked of the store once: it may be far away, or away."""
    return objects().size(key)
