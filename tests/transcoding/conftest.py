"""Films on their way through the factory."""

from pathlib import Path

import pytest

from tests.transcoding.films import make_film
from transcoding.models import Asset
from transcoding.services.ingest import add_source
from transcoding.services.stopping import carry_on
from transcoding.services.working import work_once


@pytest.fixture(autouse=True)
def nobody_was_told_to_stop() -> None:
    carry_on()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Five seconds of a test chart with a tone: two segments, two chunks."""
    return make_film(tmp_path / "film.mkv")


@pytest.fixture
def asset(db: None, film: Path) -> Asset:
    """A film that has just arrived."""
    return add_source(path=film, file_name="A film.mkv")


@pytest.fixture
def planned(asset: Asset) -> Asset:
    """A film that has been looked at; nothing of it is made."""
    assert work_once()
    asset.refresh_from_db()
    return asset


@pytest.fixture
def ready(planned: Asset) -> Asset:
    """A film that is whole."""
    while work_once():
        pass
    planned.refresh_from_db()
    return planned
