"""NFO files of media centres, and those that mean harm."""

import time

import pytest

from catalog.importing.nfo import MAX_BYTES, NfoCredit, UnreadableNfo, read_nfo


def test_a_films_nfo_is_read_with_its_people_and_ratings() -> None:
    (facts,) = read_nfo(
        b"""\xef\xbb\xbf<?xml version="1.0" encoding="utf-8" standalone="yes"?>
        <movie><title>Film &amp; more</title><originaltitle>Filme</originaltitle><premiered>1999-03-02</premiered>
        <plot>One.\n\nTwo.</plot><certification>US:Rated R / DE:12</certification><genre>Drama / Crime</genre>
        <genre>drama</genre><director>A</director><credits>B</credits>
        <actor><name>C</name><role>The keeper</role></actor><actor><role>Nobody</role></actor></movie>"""
    ).facts

    assert (facts.kind, facts.name, facts.original_name, facts.year) == (
        "movie",
        "Film & more",
        "Filme",
        1999,
    )
    assert facts.synopsis == "One.\n\nTwo."
    assert facts.ratings == ("R", "FSK 12")
    assert [genre.casefold() for genre in facts.genres] == ["drama", "crime"]
    assert facts.credits == (
        NfoCredit("A", "Director"),
        NfoCredit("B", "Writer"),
        NfoCredit("C", "Actor", "The keeper"),
    )


def test_a_file_of_two_episodes_says_both() -> None:
    facts = read_nfo(
        b"<episodedetails><title>A</title><season>1</season><episode>2</episode></episodedetails>\n"
        b"<episodedetails><title>B</title><season>1</season><episode>3</episode></episodedetails>"
    ).facts

    assert [(one.name, one.season, one.number) for one in facts] == [("A", 1, 2), ("B", 1, 3)]


@pytest.mark.parametrize("end", [b"", b"\n<movie><title>Film</title></movie>"])
def test_an_address_is_accepted_and_fetched_by_nobody(end: bytes) -> None:
    nfo = read_nfo(b"https://www.example.org/title/tt0000001/" + end)

    assert nfo.has_address
    assert [facts.name for facts in nfo.facts] == (["Film"] if end else [])


@pytest.mark.parametrize(
    "data",
    [
        "<movie><title>Tom & Jerry é</title></movie>".encode("utf-16"),
        b'<?xml version="1.0" encoding="ISO-8859-1"?><movie><title>Tom & Jerry \xe9</title></movie>',
        b"<movie><title>Tom & Jerry \xe9\x07</title></movie>",
    ],
)
def test_careless_files_are_read_nevertheless(data: bytes) -> None:
    assert read_nfo(data).facts[0].name == "Tom & Jerry é"


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE m [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><movie><title>&b;</title></movie>',
        b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><movie><title>&x;</title></movie>',
        b"<movie/></nfo><!DOCTYPE m><nfo>",
        b"<movie>" + b"<a>" * 100_000,
        b"<a>" * 30 + b"</a>" * 30,
        b"<movie>" + b"<a/>" * 60_000 + b"</movie>",
        b"<movie><title>open",
        b"<" * 1_000_000,
        b"&" * 1_900_000 + b"<movie/",
        b"<html></html>",
        b"\x00\xff\xfe\x89PNG",
        b"",
        b"x" * (MAX_BYTES + 1),
    ],
)
def test_what_is_no_nfo_is_refused_soon_and_with_a_sentence(data: bytes) -> None:
    # In the thread's own time: on a busy machine a second lasts longer.
    began = time.thread_time()

    with pytest.raises(UnreadableNfo) as refusal:
        read_nfo(data)

    assert str(refusal.value).endswith(".")
    assert time.thread_time() - began < 2


def test_words_are_cut_and_made_plain() -> None:
    title = "\u202eEvil\u200f " + "x" * 5000

    (facts,) = read_nfo(f"<movie><title>{title}</title><year>99999</year></movie>".encode()).facts

    assert facts.name.startswith("Evil x")
    assert len(facts.name) == 200
    assert facts.year is None
