"""What stands beside the ladder: AV1, the original, subtitles and key frames, and for whom."""

from dataclasses import replace
from fractions import Fraction

import pytest

from accounts.models import Plan as ViewersPlan
from tests.people import Person
from tests.playback.conftest import Start
from tests.playback.library import Film, make_segments
from tests.playback.test_media import Get, get
from transcoding.engine.plan import Plan
from transcoding.engine.renditions import OriginalRendition
from transcoding.models import AssetVersion, Rendition, RenditionKind, RenditionState, Segment
from vod.lib.storage import objects

__all__ = ["get"]


def add(version: AssetVersion, name: str, *, kind: str = RenditionKind.VIDEO, size: tuple[int, int] = (1920, 1080),
        codecs: str = "avc1.640028") -> Rendition:  # fmt: skip
    return Rendition.objects.create(
        version=version, name=name, kind=kind, codec="av1" if "av1" in name else "h264", codecs=codecs,
        width=size[0], height=size[1], init_digest="x", is_offered=True, state=RenditionState.READY,
    )  # fmt: skip


@pytest.fixture
def rich(night_train: Film) -> Film:
    """A film with everything, whole: 30 s in eight segments, its original in two."""
    version = night_train.version
    plan = Plan.from_json(version.plan)
    original = OriginalRendition("original", 1920, 1080, 9_000_000, Fraction(1, 24), (0, 240, 720))
    plan = replace(
        plan, original=original, av1=(replace(plan.video[0], name="video-1080-av1", codec="av1"),), version=2
    )
    version.plan = plan.to_json()
    version.save()
    ladder = list(version.renditions.values_list("name", flat=True))
    add(version, "video-1080-av1", codecs="av01.0.08M.08")
    add(version, "original")
    make_segments(version, *ladder, "video-1080-av1", count=8)
    make_segments_of_original(version)
    Segment.objects.filter(rendition__kind=RenditionKind.VIDEO).update(
        key_frame_start=10, key_frame_bytes=100
    )
    add(version, "subtitles-0", kind=RenditionKind.SUBTITLES)
    key = f"{version.key_prefix}/subtitles-0/00000.vtt"
    objects().put_bytes(key, b"WEBVTT\n")
    Segment.objects.create(
        rendition=Rendition.objects.get(name="subtitles-0"),
        number=0,
        key=key,
        size_bytes=7,
        duration_seconds=30,
    )
    Rendition.objects.filter(name="subtitles-0").update(label="English", language="en")
    return night_train


def make_segments_of_original(version: AssetVersion) -> None:
    row = Rendition.objects.get(version=version, name="original")
    for number, seconds in enumerate((10, 20)):
        key = f"{version.key_prefix}/original/{number:05d}.m4s"
        objects().put_bytes(key, b"original " * 100)
        Segment.objects.create(
            rendition=row, number=number, key=key, size_bytes=900, duration_seconds=seconds
        )
    objects().put_bytes(f"{version.key_prefix}/original/init.mp4", b"init")


def folder_of(person: Person, film: Film, start: Start) -> str:
    url: str = start(person, film)["session"]["manifestUrl"]
    return url.removesuffix("master.m3u8")


def test_a_master_leads_to_everything_that_it_names(
    owner: Person, rich: Film, start: Start, get: Get
) -> None:
    folder = folder_of(owner, rich, start)
    for top in ("master.m3u8", "original.m3u8"):
        answer = get(folder + top)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
        text = answer.content.decode()
        named = [line for line in text.splitlines() if not line.startswith("#")]
        named += [line.split('URI="')[1].split('"')[0] for line in text.splitlines() if 'URI="' in line]
        assert len(named) == len(set(named))
        for uri in named:
            playlist = get(folder + uri)
            assert playlist.status_code == 200, uri
            for line in playlist.content.decode().splitlines():
                if not line.startswith("#"):
                    assert get(f"{folder}{uri.split('/')[0]}/{line}").status_code == 200, (uri, line)

    master = get(folder + "master.m3u8").content.decode()
    assert "video-1080-av1/index.m3u8" in master
    assert 'SUBTITLES="subtitles"' in master
    assert 'URI="video-720/iframes.m3u8"' in master
    assert "original" not in master
    assert "audio-0/original.m3u8" in get(folder + "original.m3u8").content.decode()
    assert get(folder + "subtitles-0/00000.vtt")["Content-Type"] == "text/vtt; charset=utf-8"


def test_a_plan_of_a_lower_height_has_neither_av1_above_it_nor_the_original(
    owner: Person, rich: Film, start: Start, get: Get
) -> None:
    ViewersPlan.objects.update(max_height=720)
    folder = folder_of(owner, rich, start)

    master = get(folder + "master.m3u8").content.decode()

    assert "1080" not in master
    for path in (
        "original.m3u8", "original/index.m3u8", "original/init.mp4", "original/00000.m4s",
        "video-1080-av1/index.m3u8", "video-1080-av1/00000.m4s", "video-1080/iframes.m3u8",
    ):  # fmt: skip
        assert get(folder + path).status_code == 404, path
    assert get(folder + "video-720/iframes.m3u8").status_code == 200


def test_a_film_without_an_original_has_no_master_of_it(
    owner: Person, night_train: Film, start: Start, get: Get
) -> None:
    make_segments(night_train.version, "video-720", "audio-0")
    folder = folder_of(owner, night_train, start)

    assert get(folder + "original.m3u8").status_code == 404
    assert get(folder + "original/index.m3u8").status_code == 404


def test_what_is_not_offered_yet_is_not_in_the_master(
    owner: Person, night_train: Film, start: Start, get: Get
) -> None:
    make_segments(night_train.version, "video-720", "video-240", "audio-0")
    Rendition.objects.filter(name="video-720").update(is_offered=False)

    master = get(folder_of(owner, night_train, start) + "master.m3u8").content.decode()

    assert [line for line in master.splitlines() if not line.startswith("#")] == ["video-240/index.m3u8"]
