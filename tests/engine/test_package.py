"""Playlists as text."""

from dataclasses import replace
from fractions import Fraction

from tests.engine.films import SOUND, film
from transcoding.engine.master import master_playlist, quoted
from transcoding.engine.package import (
    RenditionFacts,
    SegmentFact,
    average_bandwidth,
    media_playlist,
    peak_bandwidth,
)
from transcoding.engine.plan import Plan, make_plan


def facts(plan: Plan, *names: str) -> list[RenditionFacts]:
    return [
        RenditionFacts(
            name,
            "mp4a.40.2" if name.startswith("audio") else "avc1.640028",
            tuple(
                SegmentFact(1000 * (number + 1), length)
                for number, length in enumerate(plan.segment_durations(name))
            ),
        )
        for name in names
    ]


def test_a_finished_film_is_a_vod_playlist_with_every_segment() -> None:
    plan = make_plan(film(frames=120, duration=Fraction(5), sounds=()), build="x")

    assert media_playlist(plan, "video-1080") == (
        "#EXTM3U\n"
        "#EXT-X-VERSION:7\n"
        "#EXT-X-TARGETDURATION:4\n"
        "#EXT-X-MEDIA-SEQUENCE:0\n"
        "#EXT-X-PLAYLIST-TYPE:VOD\n"
        "#EXT-X-INDEPENDENT-SEGMENTS\n"
        '#EXT-X-MAP:URI="init.mp4"\n'
        "#EXTINF:4.000000,\n"
        "00000.m4s\n"
        "#EXTINF:1.000000,\n"
        "00001.m4s\n"
        "#EXT-X-ENDLIST\n"
    )


def test_a_growing_film_is_an_event_without_an_end() -> None:
    playlist = media_playlist(make_plan(film(), build="x"), "video-720", segments=3)

    assert "#EXT-X-PLAYLIST-TYPE:EVENT" in playlist
    assert playlist.count(".m4s") == 3
    assert "#EXT-X-ENDLIST" not in playlist


def test_a_growing_film_that_has_all_its_segments_ends() -> None:
    playlist = media_playlist(make_plan(film(), build="x"), "video-720", segments=8)

    assert playlist.endswith("00007.m4s\n#EXT-X-ENDLIST\n")


def test_the_target_duration_bounds_every_segment() -> None:
    plan = make_plan(film(rate=Fraction(179, 6), frames=895, duration=Fraction(30)), build="x")

    for name in ("video-1080", "audio-0"):
        target = int(media_playlist(plan, name).split("#EXT-X-TARGETDURATION:")[1].split("\n")[0])
        assert all(round(length) <= target for length in plan.segment_durations(name))


def test_the_master_says_all_that_a_player_chooses_by() -> None:
    sound = replace(SOUND, duration=Fraction(4))
    plan = make_plan(film(frames=96, duration=Fraction(4), sounds=(sound,)), build="x")

    assert master_playlist(plan, facts(plan, "video-1080", "audio-0")).splitlines()[:5] == [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="stereo",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,'
        'CHANNELS="2",URI="audio-0/index.m3u8"',
        "#EXT-X-STREAM-INF:BANDWIDTH=3995,AVERAGE-BANDWIDTH=3995,"
        'CODECS="avc1.640028,mp4a.40.2",RESOLUTION=1920x1080,FRAME-RATE=24.000,VIDEO-RANGE=SDR,AUDIO="stereo",'
        "CLOSED-CAPTIONS=NONE",
    ]


def test_the_master_names_only_what_is_there() -> None:
    plan = make_plan(film(), build="x")

    master = master_playlist(plan, facts(plan, "video-360", "video-240"))

    assert [line for line in master.splitlines() if not line.startswith("#")] == [
        "video-360/index.m3u8",
        "video-240/index.m3u8",
    ]
    assert "AUDIO=" not in master


def test_a_plan_of_a_lower_height_leaves_out_the_rungs_above() -> None:
    plan = make_plan(film(), build="x")

    master = master_playlist(plan, facts(plan, *(rung.name for rung in plan.video)), max_height=540)

    assert "video-720" not in master
    assert "video-540" in master


def test_a_height_below_every_rung_leaves_the_lowest() -> None:
    plan = make_plan(film(), build="x")

    master = master_playlist(plan, facts(plan, "video-360", "video-240"), max_height=100)

    assert [line for line in master.splitlines() if not line.startswith("#")] == ["video-240/index.m3u8"]


def test_only_one_sound_is_the_default() -> None:
    plan = make_plan(film(sounds=(SOUND, replace(SOUND, index=2))), build="x")

    assert master_playlist(plan, facts(plan, "video-240", "audio-0", "audio-1")).count("DEFAULT=YES") == 1


def test_a_title_cannot_break_out_of_its_quotes() -> None:
    assert quoted('a"b\r\n#EXT-X-KEY:\u202eend') == '"a\'b#EXT-X-KEY:end"'


def test_peak_is_the_dearest_segment_and_average_the_whole() -> None:
    segments = [SegmentFact(1000, Fraction(4)), SegmentFact(3000, Fraction(4)), SegmentFact(400, Fraction(1))]

    assert peak_bandwidth(segments) == 6000
    assert average_bandwidth(segments) == 3912


def test_a_last_segment_of_one_frame_does_not_set_the_peak() -> None:
    assert peak_bandwidth([SegmentFact(5000, Fraction(4)), SegmentFact(5, Fraction(1, 24))]) == 10_000
    # Only together with the one before it: 5,500 bytes in 4 and 1/24 seconds.
    assert peak_bandwidth([SegmentFact(5000, Fraction(4)), SegmentFact(500, Fraction(1, 24))]) == 10_887
