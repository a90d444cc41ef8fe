"""What lies behind a media path: playlists from rows, objects of the store, and nothing else."""

import re
from dataclasses import dataclass
from itertools import count, takewhile

from transcoding.engine.package import master_playlist as write_master
from transcoding.engine.package import media_playlist
from transcoding.engine.plan import Plan
from transcoding.models import AssetVersion, Rendition, RenditionKind, Segment
from transcoding.selectors.facts import facts_of
from vod.lib.storage import objects

HLS = "application/vnd.apple.mpegurl"
MP4 = "video/mp4"
# Names that the factory makes; digits are ASCII and nothing may follow.
_STREAM = re.compile(
    r"(?P<name>video-[0-9]{1,5}|audio-[0-9]{1,3})/(?:(?P<number>[0-9]{5})\.m4s|(?P<file>init\.mp4|index\.m3u8))"
)
_SHEET = re.compile(r"storyboard/(?:(?P<number>[0-9]{5})\.jpg|(?P<file>index\.vtt))")


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
    plan = Plan.from_json(version.plan)
    return write_master(plan, facts_of(version, plan), max_height=max_height)


def media_object(version: AssetVersion, path: str) -> MediaObject | None:
    """The object at `path` below a version ("video-720/00003.m4s"); None where there is none."""
    stream = _STREAM.fullmatch(path)
    if stream:
        if stream["number"]:
            return _segment(version, stream["name"], int(stream["number"]), MP4)
        if stream["file"] == "init.mp4":
            return _init(version, stream["name"])
        return _playlist(version, stream["name"])
    sheet = _SHEET.fullmatch(path)
    if sheet and sheet["number"]:
        return _segment(version, "storyboard", int(sheet["number"]), "image/jpeg")
    if sheet and version.has_storyboard:
        return _stored(f"{version.key_prefix}/storyboard/index.vtt", "text/vtt; charset=utf-8")
    return None


def _segment(version: AssetVersion, name: str, number: int, content_type: str) -> MediaObject | None:
    row = (
        Segment.objects.filter(rendition__version=version, rendition__name=name, number=number)
        .values_list("key", "size_bytes")
        .first()
    )
    return MediaObject(row[0], row[1], content_type) if row else None


def _init(version: AssetVersion, name: str) -> MediaObject | None:
    known = Rendition.objects.filter(version=version, name=name).exclude(init_digest="").exists()
    return _stored(f"{version.key_prefix}/{name}/init.mp4", MP4) if known else None


def _playlist(version: AssetVersion, name: str) -> MediaObject | None:
    key = f"{version.key_prefix}/{name}/index.m3u8"
    if version.published_at is not None:
        return _stored(key, HLS) if Rendition.objects.filter(version=version, name=name).exists() else None
    rendition = Rendition.objects.filter(version=version, name=name).first()
    if rendition is None or rendition.kind not in (RenditionKind.VIDEO, RenditionKind.AUDIO):
        return None
    # Up to the first gap: chunks are made by several workers and end in any order.
    numbers = rendition.segments.order_by("number").values_list("number", flat=True)
    made = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(numbers, count(), strict=False)))
    body = media_playlist(Plan.from_json(version.plan), name, segments=made).encode()
    return MediaObject(key, len(body), HLS, body)


def _stored(key: str, content_type: str) -> MediaObject | None:
    try:
        return MediaObject(key, objects().size(key), content_type)
    except FileNotFoundError:
        return None
