"""A folder becomes titles with films in the queue; again, it changes nothing."""

import os
from pathlib import Path
from typing import Any

from django.core.serializers import serialize

from catalog.importing.reasons import Reason
from catalog.models import (
    Artwork,
    Credit,
    Episode,
    ImportedFile,
    ImportFolder,
    Season,
    Title,
    Video,
)
from catalog.services.create_movie import create_movie
from catalog.services.import_media.reporting import Report
from tests.importing.conftest import Import, Lay
from transcoding.models import Asset, Job, Sidecar
from vod.lib.storage import objects

MOVIE_NFO = """<?xml version="1.0" encoding="UTF-8"?>
<movie><title>The Other</title><originaltitle>L'autre</originaltitle><year>2001</year><plot>It begins.</plot>
<mpaa>Rated PG-13</mpaa><genre>Drama</genre><genre>Mystery</genre><director>Ida Marrow</director>
<actor><name>Nerys Vane</name><role>The keeper</role></actor></movie>
https://example.org/title/tt0000001/
"""


def everything() -> dict[str, str]:
    """All rows that an import may write, as text."""
    models = (Title, Season, Episode, Video, Credit, Artwork, ImportedFile, ImportFolder, Asset, Job, Sidecar)
    return {model.__name__: serialize("json", model._default_manager.order_by("pk")) for model in models}


def reasons(report: Report) -> dict[str, Reason]:
    return {one.path: one.reason for one in report.left_out}


def state_of(folder: Path) -> dict[str, Any]:
    """Names, bytes, times, modes and links of all that lies in a folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        facts = path.lstat()
        content = path.read_bytes() if path.is_file() else b""
        found[str(path)] = (content, facts.st_mtime_ns, facts.st_mode, facts.st_nlink, facts.st_ino)
    return found


def small_library(lay: Lay) -> None:
    lay(
        "Film (1999).mkv",
        "Film (1999).en.srt",
        "Film (1999).de.forced.srt",
        "Film (1999)-poster.jpg",
        "Film (1999)-trailer.mkv",
        "Other (2000)/other.mkv",
        "Other (2000)/fanart.jpg",
        "Show (2010)/Season 1/Show S01E01E02.mkv",
        "Show (2010)/Season 1/Show S01E03.mkv",
        "Show (2010)/Season 1/Show S01E03-thumb.jpg",
        "Show (2010)/Specials/Show S00E01.mkv",
        "Show (2010)/Season 1/Subs/Show S01E03/2_English.srt",
    )
    lay(**{"Other (2000)/movie.nfo": MOVIE_NFO})


def test_a_folder_becomes_titles_whose_films_wait_for_the_factory(
    lay: Lay, bring: Import, library: Path
) -> None:
    small_library(lay)
    before = state_of(library)

    report = bring()

    assert report.left_out == []
    assert (report.titles_made, report.films_queued, report.subtitles, report.pictures) == (3, 6, 3, 3)
    film = Title.objects.get(name="Film")
    assert (film.kind, film.year, film.published_at) == ("MOVIE", 1999, None)
    feature = film.videos.get(kind="FEATURE")
    assert feature.pending_asset is not None
    assert feature.pending_asset.file_name == "Film (1999).mkv"
    assert set(feature.pending_asset.sidecars.values_list("language", "is_forced")) == {
        ("en", False),
        ("de", True),
    }
    assert film.videos.get(kind="TRAILER").pending_asset is not None
    assert film.artwork.get().kind == "POSTER"
    other = Title.objects.get(name="The Other")
    assert (other.year, other.original_name, other.synopsis) == (2001, "L'autre", "It begins.")
    assert (other.maturity_rating, other.minimum_age) == ("PG-13", 13)
    assert set(other.genres.values_list("name", flat=True)) == {"Drama", "Mystery"}
    assert list(other.credits.values_list("person__name", "role", "character")) == [
        ("Ida Marrow", "Director", ""),
        ("Nerys Vane", "Actor", "The keeper"),
    ]
    show = Title.objects.get(kind="SERIES")
    episodes = Episode.objects.filter(season__series=show).order_by("season__number", "number")
    assert list(episodes.values_list("season__number", "number", "name")) == [
        (0, 1, "Episode 1"),
        (1, 1, "Episodes 1–2"),
        (1, 3, "Episode 3"),
    ]
    assert episodes.get(number=3).artwork.get().kind == "STILL"
    assert Job.objects.filter(kind="PROBE").count() == 6
    assert state_of(library) == before


def test_what_the_factory_has_is_its_own_and_not_the_original(lay: Lay, bring: Import) -> None:
    path = lay("Film (1999).mkv")
    bytes_before = path.read_bytes()
    bring()

    with path.open("r+b") as file:
        file.write(b"overwritten")

    assert objects().read_bytes(Asset.objects.get().source_key) == bytes_before


def test_a_second_run_changes_nothing(lay: Lay, bring: Import) -> None:
    small_library(lay)
    bring()
    before = everything()

    report = bring()

    assert everything() == before
    assert (report.lines, report.left_out, report.films_unchanged) == ([], [], 6)
    assert (report.titles_made, report.titles_extended, report.films_queued) == (0, 0, 0)


def test_a_dry_run_writes_nothing_and_says_what_the_real_one_does(lay: Lay, bring: Import) -> None:
    small_library(lay)
    before = everything()

    planned = bring(dry_run=True)

    assert everything() == before
    done = bring()
    assert planned.lines == done.lines
    assert planned.titles_made == done.titles_made


def test_a_film_that_changed_becomes_a_new_film_of_the_same_video(
    lay: Lay, bring: Import, one_film: bytes
) -> None:
    path = lay("Film (1999).mkv")
    bring()
    first = Asset.objects.get()
    path.write_bytes(one_film + b"\xec\x82ab")
    os.utime(path, (1_700_000_500, 1_700_000_500))

    report = bring()

    video = Video.objects.get()
    assert report.films_queued == 1
    assert Asset.objects.count() == 2
    assert video.pending_asset_id not in (None, first.pk)


def test_a_renamed_file_keeps_its_title_and_one_that_is_gone_is_only_told_of(
    lay: Lay, bring: Import, library: Path
) -> None:
    path = lay("Film (1999).mkv")
    gone = lay("Gone (2000).mkv")
    bring()
    titles = set(Title.objects.values_list("pk", flat=True))
    path.rename(library / "Something else (1998).mkv")
    gone.unlink()

    report = bring()

    assert set(Title.objects.values_list("pk", flat=True)) == titles
    assert report.films_queued == 0
    assert report.vanished == ["Gone (2000).mkv"]
    assert bring().lines == []


def test_a_film_is_added_to_the_title_that_is_there(lay: Lay, bring: Import) -> None:
    title = create_movie(name="Amélie", year=2001, synopsis="Written by hand.")
    lay(
        "Amelie (2001).mkv",
        **{"Amelie (2001).nfo": "<movie><title>Amelie</title><plot>Other.</plot></movie>"},
    )

    report = bring()

    title.refresh_from_db()
    assert report.titles_made == 0
    assert title.videos.get().pending_asset is not None
    assert (title.name, title.synopsis) == ("Amélie", "Written by hand.")


def test_what_was_removed_from_the_catalogue_stays_out_until_it_is_asked_for_again(
    lay: Lay, bring: Import
) -> None:
    lay("Film (1999).mkv")
    bring()
    Title.objects.all().delete()

    assert reasons(bring()) == {"Film (1999).mkv": Reason.REMOVED}
    assert Title.objects.count() == 0
    assert bring(again=True).titles_made == 1
