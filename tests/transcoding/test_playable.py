"""Films that can be watched while they are made: by their copy at once, beside others, and without a break at the end."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.transcoding.test_copies import film
from transcoding.engine.package import media_playlist
from transcoding.engine.plan import Plan
from transcoding.models import Asset, AssetState, AssetVersion, Chunk, Rendition, WorkState
from transcoding.selectors.delivery import master_playlist
from transcoding.selectors.speeds import film_of
from transcoding.services.ingest import add_source
from transcoding.services.promising import offer_renditions
from transcoding.services.working import work_once


def named(version: AssetVersion) -> list[str]:
    """The variants of the master that viewers get."""
    text = master_playlist(AssetVersion.objects.get(pk=version.pk), max_height=2160)
    return [line.split("/")[0] for line in text.splitlines() if not line.startswith("#")]


def end_chunk(chunk: Chunk, *, wall_seconds: float) -> None:
    """As if a worker had made it just now."""
    now = timezone.now()
    Chunk.objects.filter(pk=chunk.pk).update(
        state=WorkState.DONE, progress=1, started_at=now - timedelta(seconds=wall_seconds), finished_at=now
    )


def test_a_copied_film_can_be_watched_before_anything_is_encoded(db: None, tmp_path: Path) -> None:
    asset = add_source(path=film(tmp_path / "film.mp4", 50), file_name="A film.mp4")
    while asset.state != AssetState.PLAYABLE:
        assert work_once()
        asset.refresh_from_db()
        done = Chunk.objects.filter(version__asset=asset, kind="VIDEO", state=WorkState.DONE)
        assert done.count() <= 1

    version = asset.versions.get()
    assert named(version) == ["video-360"]
    assert asset.current_version == version
    # Who is there by the copy alone was promised nothing of the encoded rungs.
    assert version.promised_at is None
    assert not Rendition.objects.get(version=version, name="video-240").is_offered


def test_nothing_can_be_watched_without_its_sound(planned: Asset) -> None:
    version = planned.versions.get()
    plan = Plan.from_json(version.plan)
    for chunk in version.chunks.filter(kind="VIDEO"):
        end_chunk(chunk, wall_seconds=1)

    offer_renditions(planned, version, plan)
    planned.refresh_from_db()
    assert planned.state == AssetState.ENCODING

    end_chunk(version.chunks.get(kind="AUDIO"), wall_seconds=1)
    offer_renditions(planned, version, plan)
    planned.refresh_from_db()
    assert planned.state == AssetState.PLAYABLE
    assert set(version.renditions.filter(is_offered=True).values_list("name", flat=True)) == {
        "video-180",
        "audio-0",
    }


def test_a_new_film_waits_where_it_would_break_the_promise_of_another(
    planned: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = planned.versions.get()
    plan = Plan.from_json(version.plan)
    end_chunk(version.chunks.get(kind="AUDIO"), wall_seconds=1)
    for chunk in version.chunks.filter(kind="VIDEO"):
        end_chunk(chunk, wall_seconds=1)
    other = Asset.objects.create(
        file_name="other.mkv", size_bytes=1, source_key="s", state=AssetState.PLAYABLE, duration_seconds=5
    )
    rival = AssetVersion.objects.create(
        asset=other, number=1, plan=version.plan, key_prefix="assets/x/v1",
        promised_at=timezone.now() - timedelta(seconds=60),
    )  # fmt: skip
    Chunk.objects.create(version=rival, kind="VIDEO", number=0, first_segment=0, end_segment=2)

    # Its viewers have come to the end long ago, and nothing of it is made.
    offer_renditions(planned, version, plan)
    planned.refresh_from_db()
    assert planned.state == AssetState.ENCODING

    end_chunk(Chunk.objects.get(version=rival), wall_seconds=1)
    offer_renditions(planned, version, plan)
    planned.refresh_from_db()
    assert planned.state == AssetState.PLAYABLE


def test_the_speed_of_a_film_is_that_of_its_last_pieces_or_of_other_films(planned: Asset) -> None:
    version = planned.versions.get()
    plan = Plan.from_json(version.plan)

    def cost(of: AssetVersion) -> float | None:
        found = film_of(of, plan, list(of.chunks.filter(kind="VIDEO")))
        return None if found is None else found.costs.all

    assert cost(version) is None

    end_chunk(version.chunks.get(kind="VIDEO", number=0), wall_seconds=8)
    assert cost(version) == pytest.approx(2.0, rel=0.01)
    # It had two cores for itself: with a worker on each it takes twice as long.
    version.chunks.filter(kind="VIDEO", number=0).update(cpu_seconds=16)
    assert cost(version) == pytest.approx(4.0, rel=0.01)

    fresh = AssetVersion.objects.create(asset=planned, number=2, plan=version.plan, key_prefix="assets/x/v2")
    Chunk.objects.create(version=fresh, kind="VIDEO", number=0, first_segment=0, end_segment=2)
    assert cost(fresh) == pytest.approx(4.0, rel=0.01)


def test_what_is_promised_goes_before_the_ladders_of_others_and_after_first_pieces(planned: Asset) -> None:
    version = planned.versions.get()
    plan = Plan.from_json(version.plan)
    end_chunk(version.chunks.get(kind="AUDIO"), wall_seconds=1)
    end_chunk(version.chunks.get(kind="VIDEO", number=0), wall_seconds=0.001)
    waiting = version.chunks.get(kind="VIDEO", number=1)
    before = waiting.priority
    end_chunk(waiting, wall_seconds=0.001)
    # No film at all, so it is there in time.
    later = Chunk.objects.create(version=version, kind="VIDEO", number=2, priority=before + 1,
                                 first_segment=2, end_segment=2)  # fmt: skip

    offer_renditions(planned, version, plan)

    later.refresh_from_db()
    assert 3 < later.priority < before


def test_a_growing_playlist_is_the_beginning_of_the_finished_one(planned: Asset) -> None:
    """So a player that reloads finds what it knows, and then more."""
    plan = Plan.from_json(planned.versions.get().plan)

    def body(text: str) -> list[str]:
        return [line for line in text.splitlines() if "PLAYLIST-TYPE" not in line]

    for name in ("video-180", "audio-0"):
        whole = body(media_playlist(plan, name))
        for made in range(plan.segment_count + 1):
            grown = body(media_playlist(plan, name, segments=made))
            assert whole[: len(grown)] == grown
