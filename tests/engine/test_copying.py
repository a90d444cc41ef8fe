"""Copies without ffmpeg: what a stream says of itself, where it may be cut, and how the pieces are written."""

import struct
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.engine.films import SOUND, film
from transcoding.engine import boxes, muxing, nal
from transcoding.engine.borders import Copyable
from transcoding.engine.copies import all_copies, copy_chunks
from transcoding.engine.copying import might_copy
from transcoding.engine.plan import Plan, make_plan


class Written:
    """Bits, the highest first, as parameter sets have them."""

    def __init__(self) -> None:
        self.bits = ""

    def put(self, value: int, count: int) -> "Written":
        self.bits += f"{value:0{count}b}"
        return self

    def ue(self, *values: int) -> "Written":
        for value in values:
            code = f"{value + 1:b}"
            self.bits += "0" * (len(code) - 1) + code
        return self

    def unit(self, kind: int) -> bytes:
        bits = self.bits + "1"
        bits += "0" * (-len(bits) % 8)
        payload = int(bits, 2).to_bytes(len(bits) // 8, "big")
        return bytes([0x60 | kind]) + payload.replace(b"\x00\x00\x00", b"\x00\x00\x03\x00")


def sequence(
    *, profile: int = 100, level: int = 40, crop: bool = True, progressive: bool = True, full_range: int = 0
) -> bytes:
    """1920x1080 in High, with square pixels and colours of BT.709."""
    bits = Written().put(profile, 8).put(0, 8).put(level, 8).ue(0)
    if profile == 100:
        bits.ue(1, 0, 0).put(0, 2)
    bits.ue(4, 0, 6, 4).put(0, 1)
    bits.ue(119, 67 if progressive else 33).put(int(progressive), 1)
    if not progressive:
        bits.put(1, 1)
    bits.put(1, 1).put(int(crop), 1)
    if crop:
        bits.ue(0, 0, 0, 4 if progressive else 2)
    bits.put(1, 1).put(1, 1).put(1, 8).put(0, 1)
    bits.put(1, 1).put(5, 3).put(full_range, 1).put(1, 1).put(1, 8).put(1, 8).put(1, 8)
    return bits.put(0, 1).put(0, 1).put(0, 1).put(0, 1).put(0, 1).unit(nal.SEQUENCE)


PICTURE_SET = Written().ue(0, 0).put(1, 1).put(0, 1).ue(0, 2, 0).put(0, 3).unit(nal.PICTURE)


def sample(*units: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(unit)) + unit for unit in units)


def test_a_parameter_set_says_what_is_shown() -> None:
    read = nal.read_sequence(sequence())

    assert (read.profile, read.level, read.chroma, read.depth) == (100, 40, 1, 8)
    assert (read.width, read.height, read.aspect) == (1920, 1080, (1, 1))
    assert read.progressive and not read.full_range and not read.has_gaps
    assert (read.primaries, read.transfer, read.matrix) == (1, 1, 1)


def test_fields_and_full_range_are_seen() -> None:
    read = nal.read_sequence(sequence(progressive=False, full_range=1, profile=77))

    assert not read.progressive and read.full_range
    assert (read.width, read.height) == (1920, 1080)


@pytest.mark.parametrize("length", range(2, len(sequence()) - 3))
def test_a_parameter_set_that_is_cut_off_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="parameter set"):
        nal.read_sequence(sequence()[:length])


def test_slice_groups_are_seen() -> None:
    grouped = Written().ue(0, 0).put(1, 1).put(0, 1).ue(1, 0).unit(nal.PICTURE)

    assert nal.has_slice_groups(grouped)
    assert not nal.has_slice_groups(PICTURE_SET)


def test_a_configuration_record_reads_back() -> None:
    record = nal.configuration_record(sequence(), [PICTURE_SET])

    assert nal.parameter_sets(record) == ((sequence(),), (PICTURE_SET,))
    assert record[:4] == bytes([1]) + sequence()[1:4]
    for length in range(len(record) - 4):
        with pytest.raises(ValueError, match="configuration record"):
            nal.parameter_sets(record[:length])


@pytest.mark.parametrize(
    "broken",
    [b"\x00\x00\x00", b"\x00\x00\x00\x00\x65", b"\x00\x00\x00\x09\x65aaa", sample(*[b"\x0c"] * 2001)],
)
def test_a_sample_that_does_not_add_up_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match="unit"):
        list(nal.units(broken))


def message(kind: int, content: bytes) -> bytes:
    return bytes([kind, len(content)]) + content


def test_captions_stay_and_what_a_camera_wrote_goes() -> None:
    captions = message(4, b"\xb5\x00\x31GA94\x03")
    place = message(5, bytes(16) + b"+48.2082+016.3738/")
    picture = b"\x65picture"
    both = b"\x06" + nal._escaped(captions + place + b"\x80")

    kept = nal.stripped(
        sample(b"\x09\xf0", sequence(), PICTURE_SET, both, b"\x06" + place + b"\x80", picture)
    )

    assert kept == sample(b"\x06" + captions + b"\x80", picture)


def test_a_message_that_is_not_understood_goes() -> None:
    assert nal.stripped(sample(b"\x06\x04\xff\x10short\x80", b"\x65picture")) == sample(b"\x65picture")


def copyable(*frames: int, end: int, size: int = 500_000) -> Copyable:
    """At 24 frames a second, groups of this many bytes from these frames on."""
    return Copyable(
        width=1920,
        height=1080,
        frames=end,
        time_base=Fraction(1, 12288),
        key_times=tuple(frame * 512 for frame in frames),
        end_time=end * 512,
        key_bytes=(size,) * len(frames),
        key_frames=frames,
    )


def plan_of(found: Copyable, **video: Any) -> Plan:
    info = film(frames=found.frames, duration=Fraction(found.frames, 24), **video)
    sound = replace(SOUND, duration=Fraction(found.frames, 24))
    return make_plan(replace(info, audio=(sound,)), build="test", copyable=found)


def test_boundaries_are_the_key_frames_nearest_to_four_seconds_apart() -> None:
    plan = plan_of(copyable(0, 48, 90, 100, 140, 200, 320, 400, end=480))

    assert plan.boundaries == (0, 100, 200, 320, 400, 480)
    assert [rung.copied for rung in plan.video] == [True, *[False] * (len(plan.video) - 1)]
    assert plan.original is None
    assert plan.copies == ("video-1080",)
    assert Plan.from_json(plan.to_json()) == plan


def test_each_picture_a_key_frame_makes_segments_of_four_seconds() -> None:
    assert plan_of(copyable(*range(240), end=240, size=10_000)).boundaries == (0, 96, 192, 240)


def test_six_seconds_are_a_rung_and_more_are_the_original() -> None:
    assert plan_of(copyable(0, 144, end=240)).boundaries == (0, 144, 240)

    plan = plan_of(copyable(0, 145, end=240))

    assert plan.copied is None
    assert plan.boundaries == (0, 96, 192, 240)
    assert plan.original is not None
    assert plan.original.boundaries == (0, 145 * 512, 240 * 512)
    assert plan.segment_durations("original") == (Fraction(145, 24), Fraction(95, 24))
    assert (plan.original.width, plan.original.bitrate) == (1920, int(4_000_000 / Fraction(95, 24)))
    assert Plan.from_json(plan.to_json()) == plan


def test_a_rate_is_within_the_cap_on_average_and_in_each_segment_within_the_buffer() -> None:
    # 6,000,000 bits a second, 12,000,000 in the buffer.
    steady = copyable(0, 96, 192, end=288, size=3_000_000)
    assert plan_of(steady).copied is not None
    assert plan_of(replace(steady, key_bytes=(3_000_000, 3_000_001, 3_000_000))).copied is None
    assert plan_of(replace(steady, key_bytes=(4_500_000, 1_000_000, 1_000_000))).copied is not None
    assert plan_of(replace(steady, key_bytes=(4_500_001, 1_000_000, 1_000_000))).copied is None


def test_what_fills_no_grid_is_the_original() -> None:
    plan = plan_of(replace(copyable(0, 96, end=192), key_frames=()), variable_rate=True)

    assert plan.copied is None
    assert plan.original is not None


def test_sound_far_beyond_the_picture_leaves_nothing_to_copy() -> None:
    found = copyable(0, 96, end=192)
    info = film(frames=192, duration=Fraction(8))

    short = make_plan(replace(info, audio=(replace(SOUND, duration=Fraction(9)),)), build="", copyable=found)
    far = make_plan(
        replace(info, audio=(replace(SOUND, duration=Fraction(91, 10)),)), build="", copyable=found
    )

    assert (short.frames, short.duration) == (192, Fraction(9))
    assert short.copied is not None
    assert far.copied is None and far.original is None
    assert far.frames == 219


def test_a_ladder_of_one_rung_is_encoded() -> None:
    size = {"width": 320, "height": 180, "display_width": 320, "display_height": 180}

    plan = plan_of(copyable(0, 96, end=192, size=1000), **size)

    assert [rung.copied for rung in plan.video] == [False]
    assert plan.original is not None


def test_a_copy_is_made_in_a_short_run_and_then_in_longer_ones() -> None:
    plan = plan_of(copyable(*range(0, 24 * 300, 48), end=24 * 300, size=1000))

    runs = [
        (chunk.number, chunk.first_segment, chunk.end_segment) for chunk in copy_chunks(all_copies(plan)[0])
    ]

    assert runs == [(0, 0, 1), (1, 1, 31), (2, 31, 61), (3, 61, 75)]


@pytest.mark.parametrize(
    "video",
    [
        {"codec": "hevc"},
        {"pixel_format": "yuv420p10le"},
        {"pixel_format": "yuv422p"},
        {"interlaced": True},
        {"hdr": True},
        {"full_range": True},
        {"rotation": 90},
        {"sample_aspect": Fraction(4, 3)},
        {"width": 1919},
    ],
)
def test_what_speaks_against_a_copy_saves_the_reading(video: dict[str, Any]) -> None:
    assert might_copy(film())
    assert not might_copy(film(**video))
    assert not might_copy(replace(film(), container="avi"))


def test_a_fragment_reads_back_as_it_was_written() -> None:
    samples = [
        muxing.PictureSample(1000, 0, True, b"key"),
        muxing.PictureSample(1000, 2000, False, b"later"),
        muxing.PictureSample(1000, -1000, False, b"sooner"),
    ]
    record = nal.configuration_record(sequence(), [PICTURE_SET])
    init = muxing.init_of_picture(record, 1920, 1080, 24000)

    data = init + muxing.picture_fragment(7, 96_000, samples)

    head = boxes.track_head(init)
    assert (head.timescale, head.width, head.height) == (24000, 1920, 1080)
    assert head.codecs == "avc1.640028"
    assert not head.has_edit_list
    (fragment,) = boxes.fragments(data)
    assert (fragment.sequence, fragment.decode_time, fragment.durations) == (7, 96_000, (1000,) * 3)
    assert fragment.offsets == (0, 2000, -1000)
    assert [bool(flags & 0x1_0000) for flags in fragment.flags] == [False, True, True]
    assert data[fragment.data_start :] == b"keylatersooner"


def test_ticks_are_fine_and_whole() -> None:
    assert [muxing.fine_ticks(rate) * rate for rate in (24, 25, 179, 24000, 30000)] == [
        24_000,
        25_000,
        17_900,
        24_000,
        30_000,
    ]
