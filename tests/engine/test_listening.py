"""What of a file's sound is believed once it was listened to."""

from dataclasses import replace

from tests.engine.films import SOUND, film
from transcoding.engine.listening import Heard, believe_ears, read_heard

TWO = (SOUND, replace(SOUND, index=2, codec="ac3", language="de"))


def test_packets_and_frames_are_counted_by_track() -> None:
    heard = read_heard(
        [
            "packet|stream_index=1|side_datum/skip_samples:side_data_type=Skip Samples",
            "packet|stream_index=2",
            "frame|stream_index=1|channels=2|channel_layout=stereo",
            "frame|stream_index=1|channels=1|channel_layout=unknown",
            "frame|stream_index=N/A",
            "",
        ]
    )

    assert heard == {1: Heard(1, [(2, "stereo"), (1, "")]), 2: Heard(1, [])}


def test_a_track_of_which_nothing_decodes_is_left_out_with_a_note() -> None:
    info = believe_ears(film(sounds=TWO), {1: Heard(16, []), 2: Heard(16, [(2, "stereo")] * 15)})

    assert [track.index for track in info.audio] == [2]
    assert info.notes == ("A sound track that cannot be decoded (aac) is left out.",)


def test_a_track_that_has_hardly_begun_is_kept() -> None:
    truehd = replace(SOUND, index=3, codec="truehd")

    info = believe_ears(film(sounds=(*TWO, truehd)), {1: Heard(15, []), 3: Heard(128, [])})

    assert [track.index for track in info.audio] == [1, 2, 3]
    assert info.notes == ()


def test_channels_are_what_the_decoder_gives_most_of_the_time() -> None:
    frames = [(2, "stereo"), *[(6, "5.1(side)")] * 10]

    info = believe_ears(film(), {1: Heard(16, frames)})

    assert (info.audio[0].channels, info.audio[0].layout) == (6, "5.1(side)")
