"""Reading and writing boxes, on bytes made here."""

import struct

import pytest

from tests.engine.bytes_of import init_of_sound
from transcoding.engine.boxes import box, boxes, codecs_of, find, fragments, packet_fragment, track_head


def test_a_written_segment_reads_back_as_it_was_meant() -> None:
    data = packet_fragment(3, 2048, 1024, [b"one", b"twotwo", b""])

    (fragment,) = fragments(data)

    assert fragment.sequence == 3
    assert fragment.decode_time == 2048
    assert fragment.durations == (1024, 1024, 1024)
    assert fragment.sizes == (3, 6, 0)
    assert fragment.starts_with_sync
    assert data[fragment.data_start :] == b"onetwotwo"


def test_the_data_offset_points_at_the_first_byte_of_media() -> None:
    data = packet_fragment(1, 0, 1024, [b"abc"])
    moof = data.index(b"moof") - 4
    trun = find(data, b"moof", b"traf", b"trun")
    assert trun is not None

    offset = struct.unpack_from(">i", data, trun[0] + 8)[0]

    assert data[moof + offset : moof + offset + 3] == b"abc"


def test_an_init_segment_tells_codec_and_time_scale() -> None:
    init = init_of_sound(48_000)

    assert codecs_of(init) == "mp4a.40.2"
    assert track_head(init).timescale == 48_000
    assert not track_head(init).has_edit_list


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x00",
        struct.pack(">I4s", 4, b"free"),
        struct.pack(">I4s", 400, b"moof"),
        struct.pack(">I4sQ", 1, b"moof", 2**60),
        packet_fragment(1, 0, 1024, [b"abcdef"])[:-3],
        packet_fragment(1, 0, 1024, [b"abcdef"])[:-14],
    ],
)
def test_bytes_that_are_cut_or_lie_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"box|moof|mdat"):
        list(fragments(data))


def test_a_box_may_have_a_long_size_or_reach_to_the_end() -> None:
    data = struct.pack(">I4sQ", 1, b"free", 20) + b"abcd" + struct.pack(">I4s", 0, b"mdat") + b"rest"

    assert [(kind, data[start:end]) for kind, start, end in boxes(data)] == [
        (b"free", b"abcd"),
        (b"mdat", b"rest"),
    ]


def test_what_is_not_there_is_not_found() -> None:
    assert find(box(b"moov", box(b"free")), b"moov", b"trak", b"mdia") is None
