"""The demo library's programme: whole, varied, and every picture and sound of it can be made."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from catalog.demo.bunny import CLIPS, CREDIT_LINE
from catalog.demo.films import MOVIES
from catalog.demo.kinds import Entry, Film
from catalog.demo.programme import PACKAGE, showings, videos
from catalog.demo.render import render_film, render_still
from catalog.demo.rule_book import RULE_BOOK
from catalog.maturity import minimum_age
from transcoding.engine.probe import probe
from transcoding.engine.tools import find_tools

EPISODES = [part.film for _, parts in RULE_BOOK.seasons for part in parts]
FILMS = [movie.film for movie in MOVIES] + EPISODES
ENTRIES = [movie.entry for movie in MOVIES] + [RULE_BOOK.entry] + [clip.entry for clip in CLIPS]


def test_the_programme_is_a_small_cinema() -> None:
    assert len(MOVIES) + 1 >= 9
    assert [len(parts) for _, parts in RULE_BOOK.seasons] == [2, 3]
    assert {film.rate for film in FILMS} == {24, 25, 30}
    assert {film.height for film in FILMS} == {720, 1080}
    assert len({film.key for film in FILMS}) == len(FILMS)
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_each_title_says_what_it_is(entry: Entry) -> None:
    assert 60 <= len(entry.synopsis) <= 300
    assert entry.genres
    assert len(entry.people) >= 2
    assert minimum_age(entry.rating) is not None
    assert "!" not in entry.name + entry.synopsis


def test_the_clips_carry_their_credit_line() -> None:
    assert len(CLIPS) == 3
    assert all(clip.entry.synopsis.endswith(CREDIT_LINE) for clip in CLIPS)


def test_clips_that_are_not_there_are_left_out(tmp_path: Path) -> None:
    assert len(showings(tmp_path)) == len(MOVIES) + 1
    clip = tmp_path / PACKAGE / CLIPS[0].file_name
    clip.parent.mkdir(parents=True)
    clip.touch()
    assert len(showings(tmp_path)) == len(MOVIES) + 2
    sources = [wanted.source for wanted in videos(tmp_path)]
    assert clip in sources
    # The first to be made is short and made here, so that it plays soon.
    assert sources[0] is MOVIES[0].film


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.key)
def test_each_film_gives_a_picture_worth_showing(film: Film, tmp_path: Path) -> None:
    # given
    small = replace(film, width=320, height=180)
    # when
    picture = Image.open(render_still(small, tmp_path / "still.png", find_tools())).convert("L")
    # then
    assert picture.size == (320, 180)
    seen = ImageStat.Stat(picture)
    assert seen.mean[0] > 4
    assert seen.stddev[0] > 5


@pytest.mark.parametrize("film", [*FILMS[:9], EPISODES[0]], ids=lambda film: film.key)
def test_each_film_can_be_made_with_sound(film: Film, tmp_path: Path) -> None:
    # given
    short = replace(film, width=320, height=180, seconds=4.0)
    # when
    tools = find_tools()
    info = probe(render_film(short, tmp_path / "film.mp4", tools), tools=tools)
    # then
    assert info.video is not None
    assert (info.video.display_width, info.video.display_height) == (320, 180)
    assert info.video.rate == film.rate
    assert float(info.duration) == pytest.approx(4.0, abs=0.1)
    assert [track.channels for track in info.audio] == [2]
