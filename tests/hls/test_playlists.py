"""Every playlist of a finished folder by the rules, and a judge that can say no."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.hls import films
from tests.hls.playlists import attributes_of, judge, read_media
from transcoding.engine.factory import transcode
from transcoding.engine.tools import Tools


@pytest.fixture(scope="module")
def folder(tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of ten seconds and a bit, with sound, in two rungs and three segments, the last a short one."""
    place = tmp_path_factory.mktemp("playlists")
    # Browsers play it, but at a rate above the rung's cap: it has an original.
    playable = ("-x264-params", "colorprim=bt709")
    source = films.film(tools, place / "film.mkv", *playable, rate="30000/1001", seconds=9.5)
    transcode(source, place / "out", tools=tools)
    return place / "out"


def test_a_finished_folder_keeps_every_rule(folder: Path) -> None:
    master = judge(folder / "master.m3u8")

    assert [uri for _attributes, uri in master.variants] == ["video-360/index.m3u8", "video-240/index.m3u8"]
    assert [one["URI"] for one in master.key_frames] == ["video-360/iframes.m3u8", "video-240/iframes.m3u8"]
    assert [one["GROUP-ID"] for one in master.media] == ["stereo"]


def test_each_range_of_key_frames_is_a_picture_by_itself(tools: Tools, folder: Path, tmp_path: Path) -> None:
    media = read_media(folder / "video-240" / "iframes.m3u8")
    assert media.init is not None and len(media.parts) == 3

    for part in media.parts:
        alone = tmp_path / "alone.mp4"
        data = part.path.read_bytes()[part.start : part.start + part.size]
        alone.write_bytes(media.init.read_bytes() + data)
        shown = subprocess.run(
            [str(tools.ffmpeg), "-nostdin", "-v", "info", "-i", str(alone), "-map", "0:v", "-frames:v", "1",
             "-f", "framemd5", "-"],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        assert len([line for line in shown.stdout.splitlines() if not line.startswith("#")]) == 1


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("master.m3u8", r"BANDWIDTH=\d+", "BANDWIDTH=1000"),
        ("master.m3u8", r'CODECS="avc1', 'CODECS="avc3'),
        ("master.m3u8", r'AUDIO="stereo",', 'AUDIO="other",'),
        ("master.m3u8", r"AUTOSELECT=YES", "AUTOSELECT=NO"),
        ("master.m3u8", r"FRAME-RATE=29.970", "FRAME-RATE=30.000"),
        ("master.m3u8", r"RESOLUTION=640x360", "RESOLUTION=640x362"),
        ("master.m3u8", r"CHANNELS=\"2\"", "CHANNELS=2"),
        ("master.m3u8", r"DEFAULT=YES", "DEFAULT=YES,DEFAULT=YES"),
        ("master.m3u8", r"video-240/index", "video-999/index"),
        ("audio-0/index.m3u8", r"TARGETDURATION:4", "TARGETDURATION:5"),
        ("video-240/index.m3u8", r"EXTINF:4.\d+", "EXTINF:9.000000"),
        ("video-240/index.m3u8", r"00002.m4s", "00001.m4s"),
        ("video-240/index.m3u8", r"#EXT-X-ENDLIST\n", ""),
        ("video-240/iframes.m3u8", r"BYTERANGE:(\d+)@", r"BYTERANGE:1\1@"),
        ("video-240/iframes.m3u8", r"@(\d+)", "@0"),
    ],
)
def test_the_judge_sees_each_of_these_faults(
    folder: Path, tmp_path: Path, file: str, before: str, after: str
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    text = (copy / file).read_text()
    spoilt = re.sub(before, after, text, count=1)
    assert spoilt != text
    (copy / file).write_text(spoilt)

    with pytest.raises(AssertionError):
        judge(copy / "master.m3u8")


def test_attributes_are_read_as_the_rfc_writes_them() -> None:
    media = 'TYPE=AUDIO,GROUP-ID="a",NAME="x, y=z",DEFAULT=NO,AUTOSELECT=NO,URI="u"'

    assert attributes_of("EXT-X-MEDIA", media)["NAME"] == "x, y=z"
    for wrong in (media + ",", media.replace(",DEFAULT", " ,DEFAULT"), media + ",TYPE=AUDIO", media[:-8]):
        with pytest.raises(AssertionError):
            attributes_of("EXT-X-MEDIA", wrong)


def test_the_original_beside_the_master_keeps_every_rule_too(folder: Path) -> None:
    """The chart is far above the cap of its rung, so it is not the ladder's top but stands beside it."""
    original = judge(folder / "original.m3u8")

    assert [uri for _attributes, uri in original.variants] == ["original/index.m3u8"]
    assert [one["URI"] for one in original.media] == ["audio-0/original.m3u8"]
    assert original.key_frames == []
    assert "original" not in (folder / "master.m3u8").read_text()
