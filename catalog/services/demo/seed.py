"""Titles of the demo library, with people, genres and pictures, so that browsing works before any film is made."""

import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings

from catalog.demo.kinds import Clip, Entry, Film, Movie, Series
from catalog.demo.programme import PACKAGE, Showing, showings
from catalog.demo.render import render_clip_still, render_still
from catalog.models import ArtworkKind, Episode, Title, TitleKind
from catalog.services.artwork import put_artwork
from catalog.services.create_episode import create_episode
from catalog.services.create_movie import create_movie
from catalog.services.create_series import create_series
from catalog.services.demo.record import demo_folder, remember, seeded
from catalog.services.publish_title import publish_title
from catalog.services.set_credits import CreditLine, set_credits
from transcoding.engine.tools import Tools
from vod.lib.transactions import transactional

#: Pictures that are made side by side; each takes a second of one core.
AT_ONCE = 2


def seed_library(*, tools: Tools, say: Callable[[str], None]) -> int:
    """Makes the titles that were never made before and returns how many. Raises MediaError when ffmpeg fails."""
    folder = demo_folder()
    names = seeded()
    # The last to be published stands first among what is new, so the first film comes last.
    missing = [showing for showing in reversed(showings(folder)) if showing.entry.name not in names]
    if not missing:
        return 0
    root = Path(settings.WORK_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="demo-", dir=root) as work, ThreadPoolExecutor(AT_ONCE) as pool:
        pictures = [
            pool.submit(_draw, showing, folder, Path(work) / str(place), tools)
            for place, showing in enumerate(missing)
        ]
        for place, (showing, drawn) in enumerate(zip(missing, pictures, strict=True), 1):
            stills = drawn.result()
            title = _make_title(showing)
            _hang(title, showing, stills)
            publish_title(title_id=title.pk)
            names.append(showing.entry.name)
            remember(names)
            say(f"Demo library: {place} of {len(missing)}, {showing.entry.name}")
    return len(missing)


def _draw(showing: Showing, folder: Path, work: Path, tools: Tools) -> list[Path]:
    """One frame of a film or clip; of a series, one for each episode in order."""
    work.mkdir()
    if isinstance(showing, Clip):
        return [
            render_clip_still(
                folder / PACKAGE / showing.file_name, showing.still_at, work / "still.png", tools
            )
        ]
    films: list[Film] = (
        [showing.film]
        if isinstance(showing, Movie)
        else [part.film for _, parts in showing.seasons for part in parts]
    )
    return [render_still(film, work / f"{film.key}.png", tools) for film in films]


@transactional
def _make_title(showing: Showing) -> Title:
    """The draft, or the one that a start which was cut short has left."""
    entry = showing.entry
    kind = TitleKind.SERIES if isinstance(showing, Series) else TitleKind.MOVIE
    left = Title.objects.filter(kind=kind, name=entry.name, year=entry.year).first()
    if left is not None:
        return left
    title = _create(kind, entry)
    if isinstance(showing, Series):
        for season, (season_name, parts) in enumerate(showing.seasons, 1):
            for number, part in enumerate(parts, 1):
                create_episode(
                    series_id=title.pk,
                    season_number=season,
                    season_name=season_name,
                    number=number,
                    name=part.name,
                    synopsis=part.synopsis,
                )
    set_credits(
        title_id=title.pk,
        credits=[CreditLine(one.name, one.role, one.character) for one in entry.people],
    )
    return title


def _create(kind: TitleKind, entry: Entry) -> Title:
    create = create_series if kind == TitleKind.SERIES else create_movie
    return create(
        name=entry.name,
        year=entry.year,
        synopsis=entry.synopsis,
        maturity_rating=entry.rating,
        genres=entry.genres,
        original_language=entry.language,
        is_featured=entry.is_featured,
    )


def _hang(title: Title, showing: Showing, stills: list[Path]) -> None:
    """Poster and backdrop of the title, and a still for each episode."""
    # Of a series, the second episode's picture is the most telling one.
    best = stills[1] if isinstance(showing, Series) else stills[0]
    put_artwork(source=best, kind=ArtworkKind.BACKDROP, title=title, is_made=True)
    put_artwork(source=best, kind=ArtworkKind.POSTER, title=title, lettering=title.name, is_made=True)
    if isinstance(showing, Series):
        episodes = Episode.objects.filter(season__series=title).order_by("season__number", "number")
        for episode, still in zip(episodes, stills, strict=True):
            put_artwork(source=still, kind=ArtworkKind.STILL, episode=episode, is_made=True)
