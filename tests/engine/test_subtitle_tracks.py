"""Which subtitle tracks are made, what they are called, which one is shown unasked."""

import pytest

from transcoding.engine.media import SubtitleTrack
from transcoding.engine.subtitles.tracks import subtitle_renditions


def track(index: int, **facts: object) -> SubtitleTrack:
    given = {
        "codec": "subrip",
        "language": "",
        "title": "",
        "text": True,
        "default": False,
        "forced": False,
        "hearing_impaired": False,
        **facts,
    }
    return SubtitleTrack(index=index, **given)  # type: ignore[arg-type]


def test_tracks_are_called_by_title_or_language_and_no_two_the_same() -> None:
    tracks = [
        track(2, language="de"),
        track(3, language="de", forced=True),
        track(4, language="de", hearing_impaired=True),
        track(5, language="de"),
        track(6, title="Director's words", language="en"),
        track(7),
        track(8, title="English SDH", language="en"),
        track(9, title="Forced", language="en"),
        track(10, codec="hdmv_pgs_subtitle", text=False),
    ]

    made = subtitle_renditions(tracks)

    assert [(one.name, one.source_index, one.label, one.forced, one.hearing_impaired) for one in made] == [
        ("subtitles-0", 2, "German", False, False),
        ("subtitles-1", 3, "German (forced)", True, False),
        ("subtitles-2", 4, "German CC", False, True),
        ("subtitles-3", 5, "German (2)", False, False),
        ("subtitles-4", 6, "Director's words", False, False),
        ("subtitles-5", 7, "Subtitles", False, False),
        ("subtitles-6", 8, "English SDH", False, True),
        ("subtitles-7", 9, "Forced", True, False),
    ]


@pytest.mark.parametrize(
    ("marks", "shown"),
    [([True, True], None), ([True], None), ([False, True], 1), ([True, True, False], 0), ([False], None)],
)
def test_one_is_shown_unasked_only_where_the_file_tells_them_apart(
    marks: list[bool], shown: int | None
) -> None:
    made = subtitle_renditions([track(number, default=mark) for number, mark in enumerate(marks)])

    assert [one.source_index for one in made if one.default] == ([] if shown is None else [shown])


def test_a_film_has_at_most_thirty_two_subtitle_tracks() -> None:
    made = subtitle_renditions([track(number) for number in range(40)])

    assert len(made) == 32
    assert len({one.label for one in made}) == 32
