"""The master playlist: sound in groups, subtitles, key frames, AV1, and what may be said while a film grows."""

from dataclasses import replace
from fractions import Fraction

from tests.engine.films import SOUND, film
from transcoding.engine.master import SubtitleFacts, master_playlist, original_playlist
from transcoding.engine.package import (
    RenditionFacts,
    SegmentFact,
    bandwidth_bound,
    durations_of,
    iframe_playlist,
    media_playlist,
    original_target_duration,
    peak_bandwidth,
    subtitle_playlist,
    target_duration,
)
from transcoding.engine.plan import Plan, make_plan
from transcoding.engine.renditions import AudioRendition, OriginalRendition

HEARING_IMPAIRED = SubtitleFacts("subtitles-2", "English", "en", hearing_impaired=True, bytes=30)


def plan_of(*sounds: AudioRendition) -> Plan:
    """28 s in seven segments of 4 s."""
    plan = make_plan(film(frames=672, duration=Fraction(28), sounds=()), build="x")
    return replace(plan, audio=sounds)


def sound(
    number: int, *, language: str = "en", surround: bool = False, default: bool = False
) -> AudioRendition:
    return AudioRendition(
        name=f"audio-{number}{'-surround' if surround else ''}",
        source_index=number + 1,
        source_channels=6,
        language=language,
        label={"en": "English", "fr": "Français", "": "Audio"}[language],
        channels=6 if surround else 2,
        bitrate=384_000 if surround else 160_000,
        default=default,
        group="surround" if surround else "stereo",
    )


def fact(plan: Plan, name: str, *, size: int = 4000, count: int | None = None) -> RenditionFacts:
    codecs = "mp4a.40.2" if name.startswith("audio") else "avc1.640028"
    lengths = durations_of(plan, name)[:count]
    key_frame = None if name.startswith("audio") else (80, 1000)
    return RenditionFacts(name, codecs, tuple(SegmentFact(size, length, key_frame) for length in lengths))


def tags(playlist: str, name: str) -> list[str]:
    return [line.partition(":")[2] for line in playlist.splitlines() if line.startswith(f"#{name}:")]


def test_each_variant_stands_once_for_each_group_of_sound() -> None:
    plan = plan_of(sound(0, default=True), sound(0, surround=True, default=True), sound(1, language="fr"))
    facts = [fact(plan, "video-1080"), fact(plan, "video-240"), fact(plan, "audio-0"), fact(plan, "audio-1"),
             fact(plan, "audio-0-surround", size=9000)]  # fmt: skip

    master = master_playlist(plan, facts)

    assert tags(master, "EXT-X-MEDIA") == [
        'TYPE=AUDIO,GROUP-ID="stereo",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",'
        'URI="audio-0/index.m3u8"',
        'TYPE=AUDIO,GROUP-ID="stereo",NAME="Français",LANGUAGE="fr",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",'
        'URI="audio-1/index.m3u8"',
        'TYPE=AUDIO,GROUP-ID="surround",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="6",'
        'URI="audio-0-surround/index.m3u8"',
        'TYPE=AUDIO,GROUP-ID="surround",NAME="Français",LANGUAGE="fr",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",'
        'URI="audio-1/index.m3u8"',
    ]
    variants = list(zip(tags(master, "EXT-X-STREAM-INF"), master.split("\n")[8::2], strict=False))
    assert [(inf.split('AUDIO="')[1].split('"')[0], uri.split("/")[0]) for inf, uri in variants[:4]] == [
        ("stereo", "video-1080"), ("stereo", "video-240"), ("surround", "video-1080"), ("surround", "video-240"),
    ]  # fmt: skip
    # 4,000 bytes in 4 s of picture; with the dearest sound of the group, whose segments are a little shorter at least.
    stereo, surround = (int(variants[at][0].split("BANDWIDTH=")[1].split(",")[0]) for at in (0, 2))
    assert stereo == 8000 + peak_bandwidth(facts[2].segments)
    assert surround == 8000 + peak_bandwidth(facts[4].segments)


def test_a_film_without_5_1_has_one_group() -> None:
    plan = plan_of(sound(0))

    master = master_playlist(plan, [fact(plan, "video-240"), fact(plan, "audio-0")])

    assert "surround" not in master
    assert len(tags(master, "EXT-X-STREAM-INF")) == 1


def test_a_player_selects_one_of_two_tracks_that_it_cannot_tell_apart() -> None:
    plan = plan_of(sound(0), sound(1, default=True))

    media = tags(master_playlist(plan, [fact(plan, f"audio-{number}") for number in (0, 1)]), "EXT-X-MEDIA")

    assert ["AUTOSELECT=YES" in line for line in media] == [False, True]
    assert 'NAME="English"' in media[0] and 'NAME="English (2)"' in media[1]


def test_subtitles_say_what_they_are_for() -> None:
    plan = plan_of()
    subtitles = [
        SubtitleFacts("subtitles-0", "English", "en", default=True, bytes=300),
        SubtitleFacts("subtitles-1", "English (forced)", "en", default=True, forced=True, bytes=30),
        HEARING_IMPAIRED,
        SubtitleFacts("subtitles-3", "Unknown"),
    ]

    master = master_playlist(plan, [fact(plan, "video-240")], subtitles=subtitles)

    assert tags(master, "EXT-X-MEDIA") == [
        'TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,'
        'URI="subtitles-0/index.m3u8"',
        'TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="English (forced)",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,'
        'FORCED=YES,URI="subtitles-1/index.m3u8"',
        'TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="English (2)",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,'
        'CHARACTERISTICS="public.accessibility.describes-music-and-sound,'
        'public.accessibility.transcribes-spoken-dialog",URI="subtitles-2/index.m3u8"',
        'TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="Unknown",DEFAULT=NO,AUTOSELECT=YES,URI="subtitles-3/index.m3u8"',
    ]
    (variant,) = tags(master, "EXT-X-STREAM-INF")
    assert 'SUBTITLES="subtitles"' in variant
    # 300 bytes in 28 s beside the picture's 8,000.
    assert variant.startswith("BANDWIDTH=8086,")


def test_subtitles_are_one_file_for_the_whole_film() -> None:
    assert subtitle_playlist(Fraction(301, 10)) == (
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:30\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n"
        "#EXTINF:30.100000,\n00000.vtt\n#EXT-X-ENDLIST\n"
    )


def test_key_frames_are_ranges_of_the_segments() -> None:
    plan = make_plan(film(frames=120, duration=Fraction(5), sounds=()), build="x")

    assert iframe_playlist(plan, fact(plan, "video-240")) == (
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n"
        '#EXT-X-I-FRAMES-ONLY\n#EXT-X-MAP:URI="init.mp4"\n'
        "#EXTINF:4.000000,\n#EXT-X-BYTERANGE:1000@80\n00000.m4s\n"
        "#EXTINF:1.000000,\n#EXT-X-BYTERANGE:1000@80\n00001.m4s\n#EXT-X-ENDLIST\n"
    )


def test_a_rung_of_before_key_frames_were_stored_has_no_such_playlist() -> None:
    plan = plan_of()
    old = fact(plan, "video-240")
    old = replace(old, segments=(*old.segments[:-1], replace(old.segments[-1], key_frame=None)))

    assert iframe_playlist(plan, old) is None
    assert "I-FRAME" not in master_playlist(plan, [old])
    assert iframe_playlist(plan, fact(plan, "video-240", count=3)) is None


def test_av1_joins_when_it_is_whole_and_has_no_key_frames_of_its_own() -> None:
    plan = plan_of()
    rung = replace(plan.video[1], name="video-720-av1", codec="av1")
    plan = replace(plan, av1=(rung,))
    h264, part, whole = fact(plan, "video-240"), fact(plan, rung.name, count=3), fact(plan, rung.name)

    assert "av1" not in master_playlist(plan, [h264, part])
    master = master_playlist(plan, [h264, replace(whole, codecs="av01.0.08M.08")])

    assert [line for line in master.splitlines() if not line.startswith("#")] == [
        "video-240/index.m3u8",
        "video-720-av1/index.m3u8",
    ]
    assert 'CODECS="av01.0.08M.08"' in master
    assert len(tags(master, "EXT-X-I-FRAME-STREAM-INF")) == 1
    assert "av1" not in master_playlist(plan, [h264, whole], max_height=540)


def original_of(plan: Plan) -> Plan:
    original = OriginalRendition("original", 1920, 800, 8_000_000, Fraction(1, 24), (0, 192, 672))
    return replace(plan, original=original)


def test_the_original_stands_in_a_master_of_its_own_when_it_is_whole() -> None:
    plan = original_of(plan_of(sound(0)))
    facts = [fact(plan, "video-240"), fact(plan, "audio-0"), fact(plan, "original", size=9_000_000)]

    original = original_playlist(plan, facts)

    assert original is not None
    assert [line for line in original.splitlines() if not line.startswith("#")] == ["original/index.m3u8"]
    assert "RESOLUTION=1920x800" in original
    assert "original" not in master_playlist(plan, facts)
    assert original_playlist(plan, [*facts[:2], fact(plan, "original", count=1)]) is None
    assert original_playlist(plan_of(), facts) is None


def test_the_original_is_for_plans_that_allow_its_class() -> None:
    plan = original_of(plan_of())
    facts = [fact(plan, "original")]

    # 1920x800 is of the class of 1080.
    assert original_playlist(plan, facts, max_height=1080) is not None
    assert original_playlist(plan, facts, max_height=1079) is None


def test_sound_beside_the_original_has_the_originals_target_duration() -> None:
    plan = original_of(plan_of(sound(0)))

    assert (target_duration(plan), original_target_duration(plan)) == (4, 20)
    assert "#EXT-X-TARGETDURATION:4\n" in media_playlist(plan, "audio-0")
    assert "#EXT-X-TARGETDURATION:20\n" in media_playlist(plan, "audio-0", beside_original=True)
    assert "#EXT-X-TARGETDURATION:20\n" in media_playlist(plan, "original")
    assert 'URI="audio-0/original.m3u8"' in str(
        original_playlist(plan, [fact(plan, "original"), fact(plan, "audio-0")])
    )


def test_what_a_growing_master_says_of_a_rung_stays_true_whatever_comes() -> None:
    plan = plan_of()
    rung = plan.video[0]

    told = {
        tags(master_playlist(plan, [fact(plan, rung.name, size=size, count=count)]), "EXT-X-STREAM-INF")[0]
        .split("BANDWIDTH=")[1]
        .split(",")[0]
        for count in (1, 3, 6)
        for size in (1000, 2_000_000)
    }

    assert told == {str(bandwidth_bound(plan, rung))}
    # The cap for four seconds and the encoder's whole buffer at once, and what the container adds.
    assert rung.maxrate * 3 // 2 < bandwidth_bound(plan, rung) < rung.maxrate * 32 // 20


def test_a_rung_that_is_whole_says_its_own_peak() -> None:
    plan = plan_of()

    (variant,) = tags(master_playlist(plan, [fact(plan, "video-1080")]), "EXT-X-STREAM-INF")

    assert variant.startswith("BANDWIDTH=8000,AVERAGE-BANDWIDTH=8000,")


def test_all_playlists_of_picture_and_sound_have_one_target_duration() -> None:
    # Segments of 3.499 s, which round to 3; of the sound, cut at whole packets, some last 3.52 s.
    track = replace(SOUND, duration=Fraction(150))
    plan = make_plan(film(rate=Fraction(1000), frames=150_000, sounds=(track,)), build="x")
    plan = replace(plan, boundaries=(*range(0, 149_000, 3499), 150_000))

    assert max(plan.segment_durations("video-240")) < Fraction(7, 2) < max(plan.segment_durations("audio-0"))
    for name in ("video-240", "audio-0"):
        assert "#EXT-X-TARGETDURATION:4\n" in media_playlist(plan, name)


def test_a_plan_of_before_groups_and_copies_has_the_master_that_it_had() -> None:
    plan = make_plan(film(frames=672, duration=Fraction(28)), build="x")
    stored = plan.to_json()
    for field in ("av1", "original", "subtitles", "reads"):
        stored.pop(field, None)
    for rung in stored["video"]:
        del rung["codec"], rung["copied"]
    for audio in stored["audio"]:
        del audio["group"], audio["copied"]

    old = Plan.from_json({**stored, "version": 1})
    master = master_playlist(old, [fact(old, "video-240"), fact(old, "audio-0")])

    assert [line for line in master.splitlines() if not line.startswith("#")] == ["video-240/index.m3u8"]
    assert 'AUDIO="stereo"' in master
