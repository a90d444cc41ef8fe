"""What ffprobe says, judged: real outputs of it, and made-up ones that lie."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from transcoding.engine.facts import believe_frames, display_size, first_shown, parse
from transcoding.engine.refusals import refusal, undecodable
from transcoding.errors import FailureCode, MediaError

PROBED = Path(__file__).with_name("probed")


def probed(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((PROBED / f"{name}.json").read_text())
    return data


def stream(**facts: Any) -> dict[str, Any]:
    return {
        "index": 0,
        "codec_type": "video",
        "codec_name": "h264",
        "width": 640,
        "height": 360,
        "avg_frame_rate": "25/1",
        "r_frame_rate": "25/1",
        "time_base": "1/12800",
        "duration": "4.0",
        **facts,
    }


def refused(*streams: dict[str, Any]) -> MediaError:
    with pytest.raises(MediaError) as caught:
        parse({"streams": list(streams), "format": {}}, size_bytes=1)
    return caught.value


def test_a_telephone_held_upright_films_upright() -> None:
    info = parse(probed("iphone"), size_bytes=1)

    assert (info.video.width, info.video.height) == (1920, 1080)
    assert (info.video.display_width, info.video.display_height) == (1080, 1920)
    assert info.video.rotation == 270
    assert info.video.hdr
    assert info.video.transfer == "arib-std-b67"
    assert [track.codec for track in info.audio] == ["aac"]


def test_the_largest_picture_is_used_and_the_other_named() -> None:
    info = parse(probed("two_videos"), size_bytes=1)

    assert (info.video.index, info.video.width, info.video.height) == (3, 480, 270)
    assert [(track.index, track.language) for track in info.audio] == [(1, "en"), (4, "en")]
    assert [(track.codec, track.text) for track in info.subtitles] == [("mov_text", True), ("mov_text", True)]
    assert info.notes == ("The file has 2 video tracks; the largest is used.",)


def test_pixels_that_are_not_square_are_shown_as_they_should_be() -> None:
    video = parse(probed("anamorphic"), size_bytes=1).video

    assert (video.display_width, video.display_height) == (1137, 640)
    assert video.start == 10


def test_a_cover_is_no_picture() -> None:
    with pytest.raises(MediaError) as caught:
        parse(probed("cover"), size_bytes=1)

    assert caught.value.code is FailureCode.NO_VIDEO_TRACK
    assert caught.value.sentence == "This file has sound but no picture. Upload a file with a video track."
    assert caught.value.permanent


def test_titles_are_one_line_without_control_characters() -> None:
    info = parse(probed("titles"), size_bytes=1)

    for title in [chapter.title for chapter in info.chapters] + [track.title for track in info.audio]:
        assert title.isprintable()
        assert len(title) <= 120


@pytest.mark.parametrize(
    ("streams", "code"),
    [
        ([], FailureCode.NO_VIDEO_TRACK),
        ([stream(width=16000, height=16000, codec_name="png")], FailureCode.RESOLUTION_LIMIT),
        ([stream(width=9000, height=16)], FailureCode.RESOLUTION_LIMIT),
        ([stream(codec_name="gif")], FailureCode.UNSUPPORTED_CODEC),
        ([stream(codec_name=None)], FailureCode.UNSUPPORTED_CODEC),
        ([stream(codec_tag_string="encv")], FailureCode.ENCRYPTED),
        ([stream(index=number) for number in range(33)], FailureCode.RESOURCE_LIMIT),
        ([stream(disposition={"attached_pic": 1})], FailureCode.NO_VIDEO_TRACK),
    ],
)
def test_what_cannot_be_used_is_refused_by_code(streams: list[dict[str, Any]], code: FailureCode) -> None:
    error = refused(*streams)

    assert error.code is code
    assert error.permanent
    assert error.sentence.endswith(".")


@pytest.mark.parametrize("lie", ["0/0", "N/A", "nan", "1/0", "", None, "inf"])
def test_numbers_that_are_none_are_not_believed(lie: object) -> None:
    described = {
        "streams": [
            stream(
                avg_frame_rate=lie, r_frame_rate=lie, duration=lie, start_time=lie, sample_aspect_ratio=lie
            )
        ],
        "format": {"duration": lie},
    }

    video = parse(described, size_bytes=1).video

    assert video.rate == 25
    assert video.start == 0
    assert video.sample_aspect == 1


def test_sound_in_an_unknown_format_is_left_out_and_named() -> None:
    sound = {"index": 1, "codec_type": "audio", "codec_name": "cook", "channels": 2, "sample_rate": "44100"}

    info = parse({"streams": [stream(), sound], "format": {}}, size_bytes=1)

    assert info.audio == ()
    assert info.notes == ("A sound track in a format that cannot be used (cook) is left out.",)


def test_decoded_frames_know_better_than_headers() -> None:
    video = parse({"streams": [stream(width=0, height=0)], "format": {}}, size_bytes=1).video
    frames = [
        {
            "width": 854,
            "height": 480,
            "interlaced_frame": 1,
            "color_transfer": "smpte2084",
            "color_space": "bt2020nc",
            "best_effort_timestamp_time": time,
        }
        for time in ("0.08", "0.04")
    ]

    believed = believe_frames(video, frames)

    assert (believed.width, believed.display_height) == (854, 480)
    assert believed.interlaced
    assert believed.hdr
    assert first_shown(frames) == Fraction(4, 100)


@pytest.mark.parametrize(
    ("size", "aspect", "rotation", "shown"),
    [
        ((640, 360), Fraction(2), 0, (1280, 360)),
        ((720, 576), Fraction(16, 15), 0, (768, 576)),
        ((720, 480), Fraction(8, 9), 0, (720, 540)),
        ((1920, 1080), Fraction(1), 90, (1080, 1920)),
        ((640, 360), Fraction(2), 270, (360, 1280)),
        ((640, 360), Fraction(1), 180, (640, 360)),
    ],
)
def test_display_size_is_upright_and_square(
    size: tuple[int, int], aspect: Fraction, rotation: int, shown: tuple[int, int]
) -> None:
    assert display_size(*size, aspect, rotation) == shown


@pytest.mark.parametrize(
    ("tail", "code"),
    [
        ("Format not on whitelist 'mov,mp4'", FailureCode.UNSUPPORTED_CONTAINER),
        ("moov atom not found", FailureCode.TRUNCATED),
        ("Invalid data found when processing input", FailureCode.NOT_A_VIDEO),
        ("", FailureCode.NOT_A_VIDEO),
    ],
)
def test_the_last_words_of_the_prober_give_the_code(tail: str, code: FailureCode) -> None:
    assert refusal(tail).code is code


def test_a_picture_that_does_not_decode_is_corrupt_unless_it_is_encrypted() -> None:
    assert undecodable("error while decoding MB").code is FailureCode.CORRUPT
    assert undecodable("stream is encrypted").code is FailureCode.ENCRYPTED


def vision(profile: int, compatible: int) -> dict[str, Any]:
    """A stream of Dolby Vision as ffprobe describes it."""
    side = {
        "side_data_type": "DOVI configuration record",
        "dv_profile": profile,
        "dv_bl_signal_compatibility_id": compatible,
    }
    return stream(codec_name="hevc", side_data_list=[side])


@pytest.mark.parametrize(("profile", "compatible"), [(5, 0), (10, 0)])
def test_dolby_vision_without_a_layer_for_other_screens_is_refused(profile: int, compatible: int) -> None:
    error = refused(vision(profile, compatible))

    assert error.code is FailureCode.UNSUPPORTED_CODEC
    assert "Export it as HDR10, HLG or SDR" in error.sentence


@pytest.mark.parametrize(("profile", "compatible"), [(7, 6), (8, 1), (8, 4), (4, 2), (10, 1)])
def test_dolby_vision_is_read_by_its_base_layer(profile: int, compatible: int) -> None:
    assert parse({"streams": [vision(profile, compatible)]}, size_bytes=1).video.codec == "hevc"


@pytest.mark.parametrize(
    ("side_data", "nits"),
    [
        ([], 1000),
        ([{"max_content": 0}], 1000),
        ([{"max_luminance": "40000000/10000"}, {"max_content": 1800}], 1800),
        ([{"max_luminance": "10000000/10000"}], 1000),
        ([{"max_content": 65535}], 4000),
        ([{"max_content": 20}], 600),
    ],
)
def test_the_light_of_hdr_is_believed_within_reason(side_data: list[dict[str, Any]], nits: int) -> None:
    video = parse({"streams": [stream()]}, size_bytes=1).video
    frame = {"width": 640, "height": 360, "side_data_list": side_data}

    assert believe_frames(video, [frame]).peak_nits == nits
