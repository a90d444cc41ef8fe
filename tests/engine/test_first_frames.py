"""Frames in the words of ffmpeg's own filter, for builds of ffprobe that cannot decode."""

from transcoding.engine.first_frames import read_frames

SAID = """\
[Parsed_showinfo_0 @ 0x7fed] config in time_base: 1/12800, frame_rate: 25/1
[Parsed_showinfo_0 @ 0x7fed] n:   0 pts:  17152 pts_time:1.34    duration:    512 duration_time:0.04    \
fmt:yuv420p10le cl:left sar:64/45 s:320x180 i:T iskey:1 type:I
[Parsed_showinfo_0 @ 0x7fed]   side data - Content light level metadata: MaxCLL=1000, MaxFALL=200
[Parsed_showinfo_0 @ 0x7fed] color_range:tv color_space:bt2020nc color_primaries:bt2020 color_trc:arib-std-b67
[Parsed_showinfo_0 @ 0x7fed] n:   1 pts:  17664 pts_time:1.38    duration:    512 duration_time:0.04    \
fmt:yuv420p10le cl:left sar:0/1 s:320x180 i:P iskey:0 type:P
[Parsed_showinfo_0 @ 0x7fed] color_range:unknown color_space:unknown color_primaries:unknown color_trc:unknown
"""


def test_frames_are_told_as_the_prober_would() -> None:
    first, second = read_frames(SAID)

    assert first == {
        "best_effort_timestamp_time": "1.34",
        "pix_fmt": "yuv420p10le",
        "sample_aspect_ratio": "64:45",
        "width": 320,
        "height": 180,
        "interlaced_frame": 1,
        "top_field_first": 1,
        "color_range": "tv",
        "color_space": "bt2020nc",
        "color_primaries": "bt2020",
        "color_transfer": "arib-std-b67",
    }
    assert "color_space" not in second
    assert second["interlaced_frame"] == 0


def test_other_words_are_no_frames() -> None:
    assert read_frames("Conversion failed!\n[h264 @ 0x1] n: what") == []
