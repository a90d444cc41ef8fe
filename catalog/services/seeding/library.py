"""Fills the catalogue with titles that never were."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from catalog import search
from catalog.models import (
    AlternativeName,
    Artwork,
    ArtworkKind,
    Credit,
    Episode,
    Genre,
    Marker,
    Publication,
    Season,
    Title,
    TitleKind,
    Video,
    VideoKind,
)
from catalog.services.changes import catalogue_changed
from catalog.services.genres import genres_named
from catalog.services.seeding.films import shared_films
from catalog.services.seeding.keys import key_at
from catalog.services.seeding.people import Company
from catalog.services.seeding.pictures import Picture, shared_pictures
from catalog.services.seeding.shapes import GENRES, Facts, episode_name, facts
from catalog.services.seeding.shelves import Tags, seed_collections
from catalog.services.seeding.tongues import Tongue, tongues
from catalog.services.seeding.translations import CALLED, translated
from catalog.services.slugs import free_slug, slug_of
from vod.lib.filling import put_rows
from vod.lib.transactions import in_transaction

_AT_ONCE = 2000
_YEARS_OF_ADDING = 6
_SERIES = 0.12
#: Of so many titles one is a series of a hundred episodes; so is the third.
_LONG_EVERY = 1500
_PICTURES = 24

Say = Callable[[str], None]


@dataclass
class _Batch:
    """Rows in the order in which they can be written."""

    titles: list[Title] = field(default_factory=list)
    publications: list[Publication] = field(default_factory=list)
    other_names: list[AlternativeName] = field(default_factory=list)
    genres: list[Any] = field(default_factory=list)
    tags: list[Any] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    seasons: list[Season] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    videos: list[Video] = field(default_factory=list)
    artwork: list[Artwork] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)

    def put(self) -> None:
        rows: Sequence[Sequence[models.Model]] = (
            self.titles, self.publications, self.other_names, self.genres, self.tags, self.credits, self.seasons,
            self.episodes, self.videos, self.artwork, self.markers,
        )  # fmt: skip
        for some in rows:
            put_rows(some)


def seed_titles(*, count: int, seed: int, say: Say) -> None:
    """Adds `count` titles with all that belongs to them: the same ones for the same seed, library and day.

    Four in a hundred cannot be seen: drafts, titles still to come, titles whose time is over. `say` is told how far it
    is. What is there already stays as it is.
    """
    dice = random.Random(f"{seed}:{Title.objects.count()}")  # noqa: S311 - no secret
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    maker = _Maker(dice, count, today)
    began = time.monotonic()
    done = 0
    for batch in maker.batches():
        in_transaction(batch.put)
        done += len(batch.titles)
        say(f"{done:,} of {count:,} titles, {time.monotonic() - began:.0f} s")
    in_transaction(lambda: seed_collections(dice, today))
    search.reindex_all(lambda line: say(f"Search: {line}"))
    catalogue_changed()


class _Maker:
    def __init__(self, dice: random.Random, count: int, today: datetime) -> None:
        self._dice = dice
        self._today = today
        span = timedelta(days=365 * _YEARS_OF_ADDING)
        # Keys grow with the time at which a title came in, as in a library that has grown.
        self._times = sorted(today - span * dice.random() ** 1.4 for _ in range(count))
        self._tongues = list(tongues().values())
        self._shares = [tongue.share for tongue in self._tongues]
        self._slugs = set(Title.objects.values_list("slug", flat=True))
        self._genres: dict[str, Genre] = {}
        self._tags = Tags(dice)
        self._films = shared_films()
        self._pictures = shared_pictures(dice, max(2, min(_PICTURES, count // 50)))
        self._company = Company(dice, count, today - span)

    def batches(self) -> Iterator[_Batch]:
        for start in range(0, len(GENRES), 10):
            some = list(GENRES)[start : start + 10]
            self._genres.update(zip(some, genres_named(some), strict=True))
        for name, genre in self._genres.items():
            # Names that an editor gave stay as they are.
            Genre.objects.filter(pk=genre.pk, names={}).update(names=CALLED.get(name, {}))
        self._tags.make()
        in_transaction(lambda: put_rows(self._company.rows))
        batch = _Batch()
        for number, at in enumerate(self._times):
            self._title(batch, number, at)
            if len(batch.titles) == _AT_ONCE:
                yield batch
                batch = _Batch()
        if batch.titles:
            yield batch

    def _title(self, batch: _Batch, number: int, at: datetime) -> None:
        dice = self._dice
        (tongue,) = dice.choices(self._tongues, self._shares)
        kind = "series" if dice.random() < _SERIES else "movie"
        if number % _LONG_EVERY == 2:
            kind = "long"
        made = facts(dice, tongue, tongues()["en"], this_year=at.year, kind=kind)
        names, synopses = translated(dice, tongue, made.name, made.original_name)
        title = Title(
            id=key_at(dice, at),
            created_at=at,
            names=names,
            synopses=synopses,
            kind=TitleKind.SERIES if made.seasons else TitleKind.MOVIE,
            slug=self._slug(made.name, made.year),
            name=made.name,
            folded_name=search.fold(made.name)[:400],
            original_name=made.original_name,
            original_language=made.language,
            synopsis=made.synopsis,
            # Of one in fifty nobody knows when it was made.
            year=made.year if dice.random() > 0.02 else None,
            countries=made.countries,
            languages=made.spoken,
            ratings=made.ratings,
            maturity_rating=made.rating,
            minimum_age=made.minimum_age,
            published_at=at,
            available_from=at,
            is_featured=dice.random() < min(0.05, 60 / len(self._times)),
        )
        self._hide(title, dice.random())
        batch.titles.append(title)
        self._history(batch, title, at)
        self._other_names(batch, title, made, tongue)
        through = Title.genres.through
        batch.genres += [through(title_id=title.pk, genre_id=self._genres[name].pk) for name in made.genres]
        batch.tags += self._tags.of(title.pk, made.genres[0])
        batch.credits += self._company.credits(title.pk, tongue)
        batch.artwork += [
            self._picture(ArtworkKind.POSTER, at, title_id=title.pk),
            self._picture(ArtworkKind.BACKDROP, at, title_id=title.pk),
        ]
        if made.seasons:
            self._episodes(batch, title, made.seasons, at)
        else:
            self._video(batch, title, VideoKind.FEATURE, at, marked=dice.random() < 0.2)
        if dice.random() < 0.08:
            self._video(batch, title, VideoKind.TRAILER, at, name="Trailer")

    def _hide(self, title: Title, chance: float) -> None:
        if chance < 0.02:
            title.published_at = None
            # Half of them were shown for a while.
            title.withdrawn_at = self._today - timedelta(days=7) if chance < 0.01 else None
        elif chance < 0.03:
            title.available_from = self._today + timedelta(days=30)
        elif chance < 0.04:
            title.available_until = self._today - timedelta(days=1)

    def _history(self, batch: _Batch, title: Title, at: datetime) -> None:
        if title.published_at is None and title.withdrawn_at is None:
            return
        batch.publications.append(
            Publication(
                id=key_at(self._dice, at),
                created_at=at,
                title_id=title.pk,
                published_at=at,
                withdrawn_at=title.withdrawn_at,
                available_from=title.available_from,
                available_until=title.available_until,
            )
        )

    def _other_names(self, batch: _Batch, title: Title, made: Facts, tongue: Tongue) -> None:
        """One in eight is known by one or two more names, one of them in its own language."""
        dice = self._dice
        if dice.random() > 1 / 8:
            return
        for position in range(dice.choice((1, 1, 2))):
            batch.other_names.append(
                AlternativeName(
                    id=key_at(dice, title.created_at),
                    created_at=title.created_at,
                    title_id=title.pk,
                    name=(tongue if position == 0 else tongues()["en"]).film(dice)[:200],
                    language=tongue.code if position == 0 else "en",
                    country=made.countries[0] if position == 0 else "",
                    position=position,
                )
            )

    def _slug(self, name: str, year: int) -> str:
        slug = free_slug(slug_of(name, "title"), self._slugs.__contains__, hint=str(year))
        self._slugs.add(slug)
        return slug

    def _picture(self, kind: ArtworkKind, at: datetime, **of: Any) -> Artwork:
        picture: Picture = self._dice.choice(self._pictures[kind])
        return Artwork(
            id=key_at(self._dice, at),
            created_at=at,
            kind=kind,
            key=picture.key,
            width=picture.encoded.width,
            height=picture.encoded.height,
            blurhash=picture.encoded.blurhash,
            is_made=True,
            **of,
        )

    def _episodes(self, batch: _Batch, title: Title, seasons: list[int], at: datetime) -> None:
        dice = self._dice
        marked = dice.random() < 0.25
        for number, episodes in enumerate(seasons, start=1):
            season = Season(id=key_at(dice, at), created_at=at, series_id=title.pk, number=number)
            batch.seasons.append(season)
            for place in range(1, episodes + 1):
                episode = Episode(
                    id=key_at(dice, at),
                    created_at=at,
                    season_id=season.pk,
                    number=place,
                    name=episode_name(dice, tongues()["en"], place),
                    synopsis=title.synopsis if place == 1 else "",
                )
                batch.episodes.append(episode)
                batch.artwork.append(self._picture(ArtworkKind.STILL, at, episode_id=episode.pk))
                self._video(batch, title, VideoKind.EPISODE, at, episode=episode.pk, marked=marked)

    def _video(
        self,
        batch: _Batch,
        title: Title,
        kind: VideoKind,
        at: datetime,
        *,
        episode: UUID | None = None,
        name: str = "",
        marked: bool = False,
    ) -> None:
        dice = self._dice
        use = {VideoKind.FEATURE: "film", VideoKind.EPISODE: "episode"}.get(kind, "trailer")
        asset = dice.choice(self._films[use])
        video = Video(
            id=key_at(dice, at),
            created_at=at,
            title_id=title.pk,
            episode_id=episode,
            kind=kind,
            name=name,
            asset_id=asset.pk,
            chapters=self._chapters(asset.duration_seconds or 0.0) if kind == VideoKind.FEATURE else None,
        )
        batch.videos.append(video)
        if marked:
            end = asset.duration_seconds or 0.0
            stretches = [(Marker.Kind.CREDITS, end - dice.uniform(60, 240), end)]
            if episode is not None:
                intro = dice.uniform(0, 90)
                stretches.append((Marker.Kind.INTRO, intro, intro + dice.uniform(20, 70)))
            batch.markers += [
                Marker(
                    id=key_at(dice, at),
                    created_at=at,
                    video_id=video.pk,
                    kind=what,
                    start_seconds=start,
                    end_seconds=stop,
                )
                for what, start, stop in stretches
            ]

    def _chapters(self, seconds: float) -> list[dict[str, object]] | None:
        """An editor's chapters for one film in ten; the others have those of their file."""
        if self._dice.random() > 0.1:
            return None
        parts = self._dice.randint(4, 12)
        return [
            {"title": f"Part {part + 1}", "start_seconds": round(seconds * part / parts, 3)}
            for part in range(parts)
        ]
