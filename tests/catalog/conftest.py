"""Titles, films and pictures for the catalogue's tests."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from catalog.models import Title, TitleKind, Video
from catalog.services.create_movie import create_movie
from catalog.services.create_series import create_series
from catalog.services.publish_title import publish_title
from transcoding.models import Asset, AssetState

MakeTitle = Callable[..., Title]
MakeAsset = Callable[..., Asset]


@pytest.fixture
def movie(db: None) -> MakeTitle:
    """`movie("Name", **facts)`: a published film; `published=False` for a draft."""

    def make(name: str, *, published: bool = True, **facts: Any) -> Title:
        title = create_movie(name=name, **facts)
        return publish_title(title_id=title.pk) if published else title

    return make


@pytest.fixture
def series(db: None) -> MakeTitle:
    """`series("Name", **facts)`: a published series without seasons."""

    def make(name: str, **facts: Any) -> Title:
        return publish_title(title_id=create_series(name=name, **facts).pk)

    return make


@pytest.fixture
def asset(db: None) -> MakeAsset:
    """`asset("film.mp4", state=...)`: a row of the factory, without any bytes."""

    def make(name: str = "film.mp4", **facts: Any) -> Asset:
        given = {"state": AssetState.READY, "progress": 1.0, "duration_seconds": 90.0, **facts}
        return Asset.objects.create(file_name=name, size_bytes=1000, source_key=f"sources/{name}", **given)

    return make


@pytest.fixture
def picture(tmp_path: Path) -> Callable[..., Path]:
    """`picture(width, height)`: a PNG file with a gradient."""

    def make(width: int = 640, height: int = 360, name: str = "picture.png") -> Path:
        path = tmp_path / name
        Image.linear_gradient("L").resize((width, height)).convert("RGB").save(path)
        return path

    return make


def feature_of(title: Title) -> Video:
    """The film of a movie."""
    assert title.kind == TitleKind.MOVIE
    return title.videos.get()
