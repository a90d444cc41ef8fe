"""Real files: each is probed as its line of the manifest says, the small ones are made, the bad ones refused."""

import re
import time
from pathlib import Path

import pytest

from tests.hls.conftest import MEDIA
from tests.hls.judge import joined, likeness
from tests.hls.playlists import judge
from transcoding.engine.factory import transcode
from transcoding.engine.plan import make_plan
from transcoding.engine.probe import probe
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

# Shown upright and in square pixels, where the manifest's own columns do not say it in numbers.
DISPLAY = {
    "good/iphone_hlg_dv_vfr_rot90_editlist.mp4": (1080, 1920),
    "good/rotated_1080p_51.mp4": (1080, 1920),
    "good/sar_2x1.mp4": (1280, 360),
    "good/start10s_sar.mp4": (1137, 640),
    "good/nasa_2video_2audio_2subs.mp4": (480, 270),
}
REFUSED = {
    "zero_byte.mp4": FailureCode.NOT_A_VIDEO,
    "ftyp_only.mp4": FailureCode.TRUNCATED,
    "no_moov_cut60.mp4": FailureCode.TRUNCATED,
    "faststart_cut30.mp4": FailureCode.TRUNCATED,
    "image_png.mp4": FailureCode.NOT_A_VIDEO,
    "poster_bomb_16000x16000.png": FailureCode.NOT_A_VIDEO,
    "zip_with_zipslip.mp4": FailureCode.NOT_A_VIDEO,
    "notes.txt": FailureCode.NOT_A_VIDEO,
    "html_xss.mp4": FailureCode.NOT_A_VIDEO,
    "svg_as_mp4.mp4": FailureCode.NOT_A_VIDEO,
    "svg_as_poster.png": FailureCode.NOT_A_VIDEO,
    "hls_passwd.mp4": FailureCode.NOT_A_VIDEO,
    "hls_ssrf.mp4": FailureCode.NOT_A_VIDEO,
    "hls_local_media.mp4": FailureCode.NOT_A_VIDEO,
    "hls_self_loop.m3u8": FailureCode.NOT_A_VIDEO,
    "concat_sibling.mp4": FailureCode.NOT_A_VIDEO,
    "audio_only_aac51.mp4": FailureCode.NO_VIDEO_TRACK,
    "audio_with_cover.mp4": FailureCode.NO_VIDEO_TRACK,
    "mkv_5000_tracks.mkv": FailureCode.RESOURCE_LIMIT,
    "mkv_png_video_16000x16000.mkv": FailureCode.RESOLUTION_LIMIT,
    "gap_10h_two_frames.mkv": FailureCode.DURATION_LIMIT,
    "timescale_zero.mp4": FailureCode.DURATION_LIMIT,
    "mkv_duration_nan.mkv": FailureCode.NOT_A_VIDEO,
}
# What the manifest lets play, and for how many seconds at most.
PLAYABLE = {
    "midstream_zeroed_60k.mp4": 3.2,
    "claims_0x0.mp4": 3.2,
    "claims_136_years.mp4": 3.2,
    "fps_100000.mp4": 1.0,
    "mkv_attachment_traversal.mkv": 1.2,
    "meta_xss_sqli_ssti.mp4": 3.2,
    "poly_html_mp4.mp4": 3.2,
}


def test_a_good_file_is_what_its_line_says(tools: Tools, good_line: dict[str, str]) -> None:
    told = good_line["ffprobe"]
    pictures = [(int(width), int(height)) for width, height in re.findall(r"V:\w+ (\d+)x(\d+)", told)]
    # Lengths of tracks; the file's own, where tracks have none.
    lengths = re.findall(r"[VA]:[^;]*? (\d+\.\d+)s", told) or re.findall(r"; (\d+\.\d+)s", told)

    info = probe(MEDIA / good_line["path"], tools=tools)

    shown = DISPLAY.get(good_line["path"], pictures[0])
    assert (info.video.display_width, info.video.display_height) == shown
    assert len(info.audio) == told.count("A:")
    assert info.video.interlaced == ("field=" in told)
    assert info.video.hdr == ("arib-std-b67" in told or "smpte2084" in told)
    assert info.video.rate <= 60
    assert info.duration > 0
    if lengths:
        assert float(info.duration) == pytest.approx(max(map(float, lengths)), abs=0.06)


def test_a_small_good_file_becomes_a_stream_of_its_pictures(
    tools: Tools, small_line: dict[str, str], tmp_path: Path
) -> None:
    source = MEDIA / small_line["path"]
    plan = make_plan(probe(source, tools=tools), build=tools.build)

    report = transcode(source, tmp_path / "out", tools=tools)

    judge(tmp_path / "out" / "master.m3u8")
    top = plan.video[0]
    stream = joined(tmp_path / "out" / top.name, tmp_path / "stream.mp4")
    weave = "bwdif=mode=send_frame," if plan.picture.interlaced else ""
    prepare = f"{weave}fps={plan.rate},scale={top.width}:{top.height}"
    values = likeness(tools, source, stream, prepare=prepare, skip=plan.frames - plan.picture.frames)
    assert report.frames == plan.frames
    assert len(values) >= plan.picture.frames - 1
    assert sorted(values)[len(values) // 20] > 30


def test_a_bad_file_ends_as_its_line_says(tools: Tools, bad_line: dict[str, str]) -> None:
    name = Path(bad_line["path"]).name
    started = time.monotonic()

    if name in PLAYABLE:
        assert float(probe(MEDIA / bad_line["path"], tools=tools).duration) <= PLAYABLE[name]
    else:
        with pytest.raises(MediaError) as caught:
            probe(MEDIA / bad_line["path"], tools=tools)
        assert caught.value.code is REFUSED.get(name, FailureCode.NOT_A_VIDEO)
        assert caught.value.permanent
        assert caught.value.sentence.endswith(".")

    assert time.monotonic() - started < 30
