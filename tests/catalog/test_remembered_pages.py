"""How long pages of titles are remembered: while a film is being made for seconds, longer once it is whole."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.services.attach_asset import attach_asset
from tests.catalog.conftest import MakeAsset, MakeTitle, feature_of
from tests.conftest import Ask
from tests.people import Person
from transcoding.models import AssetState

# Who asks, and the editions.
REMEMBERED = 2
PARTS = (
    "isPlayable readiness",
    "... on Movie { video { isPlayable } }",
    "... on Movie { video { readiness } }",
    "... on Movie { video { durationSeconds } }",
    "... on Movie { video { previewUrl } }",
    "... on Movie { video { audioTracks { label } } }",
    "... on Movie { video { subtitleTracks { label } } }",
)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("state", [AssetState.ENCODING, AssetState.PLAYABLE, AssetState.READY])
def test_a_page_is_asked_anew_after_seconds_only_while_its_film_is_made(
    gql: Ask,
    owner: Person,
    movie: MakeTitle,
    asset: MakeAsset,
    state: AssetState,
    part: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    title = movie("Lamp")
    attach_asset(video_id=feature_of(title).pk, asset_id=asset(state=state, progress=0.5).pk)
    ask = f'{{ title(slug: "lamp") {{ name {part} }} }}'

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert "errors" not in gql(ask, as_=owner)
        return len(asked)

    statements()
    assert statements() == REMEMBERED

    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 12)
    shows_it = state != AssetState.ENCODING or part in PARTS[:1] + PARTS[2:3]
    assert (statements() == REMEMBERED) == (state == AssetState.READY or not shows_it)
