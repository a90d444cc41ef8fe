"""A film whose lowest rungs go first: rows, playlists and progress on the way, and the same film in the end."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.transcoding.films import make_film
from transcoding.engine.plan import Plan
from transcoding.errors import FailureCode
from transcoding.models import (
    Asset,
    AssetState,
    AssetVersion,
    Chunk,
    ChunkPart,
    Rendition,
    RenditionState,
    Segment,
    WorkState,
)
from transcoding.promise import Film, costs_from
from transcoding.selectors.delivery import master_playlist, media_object
from transcoding.selectors.speeds import piece_of
from transcoding.services.claiming import Hold, LostHold, claim
from transcoding.services.failing import fail_asset
from transcoding.services.ingest import add_source
from transcoding.services.making import make_chunk
from transcoding.services.promising import settle_part
from transcoding.services.retry import retry_asset
from transcoding.services.working import work_once
from vod.lib.storage import objects


@pytest.fixture
def tall(db: None, tmp_path: Path) -> Asset:
    """A film of two segments with three rungs, looked at; nothing of it is made."""
    asset = add_source(path=make_film(tmp_path / "tall.mkv", size="768x432"), file_name="tall.mkv")
    assert work_once()
    return asset


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A factory that is too slow for the whole ladder."""
    monkeypatch.setattr("transcoding.services.promising.film_of", _slow_film)
    monkeypatch.setattr("transcoding.services.promising.next_part", lambda *_args, **_options: ChunkPart.LOW)


def _slow_film(_version: AssetVersion, plan: Plan, rows: Sequence[Chunk], *, rivals: int = 0) -> Film:
    pieces = tuple(piece_of(plan, [row for row in rows if row.number == number]) for number in (0, 1))
    return Film(pieces, costs_from(100.0 * (1 + rivals), low_share=0.1), workers=1)


def claim_first(asset: Asset) -> Hold[Chunk]:
    hold = claim(Chunk)
    assert hold is not None and (hold.row.kind, hold.row.number) == ("VIDEO", 0)
    return hold


def settle(hold: Hold[Chunk]) -> ChunkPart:
    return settle_part(hold, Plan.from_json(hold.row.version.plan))


def parts() -> list[tuple[int, str, str]]:
    return list(
        Chunk.objects.filter(kind="VIDEO").order_by("number", "part").values_list("number", "part", "state")
    )


def test_a_fresh_factory_makes_the_first_piece_whole(tall: Asset) -> None:
    assert settle(claim_first(tall)) == ChunkPart.ALL
    assert parts() == [(0, "ALL", "RUNNING"), (1, "ALL", "WAITING")]


def test_a_split_piece_keeps_its_weight_and_its_rest_waits_behind_all_that_is_lowest(
    tall: Asset, slow: None
) -> None:
    before = Chunk.objects.get(kind="VIDEO", number=0).weight
    hold = claim_first(tall)

    assert settle(hold) == ChunkPart.LOW

    assert parts() == [(0, "LOW", "RUNNING"), (0, "REST", "WAITING"), (1, "ALL", "WAITING")]
    low, rest = Chunk.objects.filter(kind="VIDEO", number=0).order_by("part")
    assert low.weight + rest.weight == pytest.approx(before)
    assert low.weight < rest.weight
    assert (rest.first_segment, rest.end_segment) == (low.first_segment, low.end_segment)
    # All of the lowest come first, or the promise would wait for the rest of every piece.
    assert rest.priority > Chunk.objects.get(kind="VIDEO", number=1).priority


def test_a_piece_is_split_once_whoever_takes_it_again(tall: Asset, slow: None) -> None:
    hold = claim_first(tall)
    settle(hold)
    hold.hand_back()

    again = claim_first(tall)

    assert settle(again) == ChunkPart.LOW
    assert parts() == [(0, "LOW", "RUNNING"), (0, "REST", "WAITING"), (1, "ALL", "WAITING")]


def test_who_lost_the_piece_splits_nothing(tall: Asset, slow: None) -> None:
    late = claim_first(tall)
    late.hand_back()
    claim_first(tall)

    with pytest.raises(LostHold):
        settle(late)

    assert parts() == [(0, "ALL", "RUNNING"), (1, "ALL", "WAITING")]


def test_the_lowest_rungs_have_progress_of_their_own(tall: Asset, slow: None) -> None:
    make_chunk(claim_first(tall))

    rows = {row.name: (row.state, row.progress) for row in Rendition.objects.filter(kind="VIDEO")}
    assert rows == {
        "video-432": (RenditionState.WAITING, 0.0),
        "video-360": (RenditionState.WAITING, 0.0),
        "video-240": (RenditionState.ENCODING, 0.5),
    }


def test_the_master_of_a_slow_film_grows_by_what_is_promised_and_ends_whole(tall: Asset, slow: None) -> None:
    version = tall.versions.get()
    offered: list[tuple[str, ...]] = []
    progress: list[float] = []
    while work_once():
        tall.refresh_from_db()
        version.refresh_from_db()
        progress.append(tall.progress)
        text = master_playlist(version, max_height=2160)
        lines = tuple(line.split("/")[0] for line in text.splitlines() if line.endswith("index.m3u8"))
        if tall.state in (AssetState.PLAYABLE, AssetState.READY) and (not offered or offered[-1] != lines):
            offered.append(lines)

    assert offered[0] == ("video-240",)
    assert offered[-1] == ("video-432", "video-360", "video-240")
    assert tall.state == AssetState.READY
    assert progress == sorted(progress)
    assert [state for _number, _part, state in parts()] == [WorkState.DONE] * 4
    assert Segment.objects.filter(rendition__kind="VIDEO").count() == 6
    for name in ("video-432", "video-360", "video-240"):
        found = media_object(version, f"{name}/index.m3u8")
        assert found is not None and objects().read_bytes(found.key).endswith(b"#EXT-X-ENDLIST\n")


def test_all_of_the_lowest_rungs_are_made_before_the_rest_of_any_piece(tall: Asset, slow: None) -> None:
    made: list[tuple[int, str]] = []
    while work_once():
        done = Chunk.objects.filter(kind="VIDEO", state=WorkState.DONE).values_list("number", "part")
        made += sorted(set(done) - set(made))

    assert made == [(0, "LOW"), (1, "LOW"), (0, "REST"), (1, "REST")]


def test_an_original_that_can_be_asked_for_changes_nothing(tall: Asset, slow: None) -> None:
    version = tall.versions.get()
    Rendition.objects.create(version=version, name="original", kind="VIDEO", codec="h264", is_copied=True,
                             is_offered=True)  # fmt: skip

    assert settle(claim_first(tall)) == ChunkPart.LOW


def test_a_piece_is_made_whole_once_an_upper_rung_is_offered(tall: Asset, slow: None) -> None:
    Rendition.objects.filter(name="video-360").update(is_offered=True)

    assert settle(claim_first(tall)) == ChunkPart.ALL


def test_a_film_called_off_is_not_split(tall: Asset, slow: None) -> None:
    hold = claim_first(tall)
    Asset.objects.update(state=AssetState.FAILED)

    with pytest.raises(LostHold):
        settle(hold)

    assert not Chunk.objects.filter(part="REST").exists()


def test_a_film_that_failed_is_promised_anew_when_it_is_tried_again(tall: Asset, slow: None) -> None:
    while tall.state != AssetState.PLAYABLE:
        assert work_once()
        tall.refresh_from_db()
    fail_asset(asset_id=tall.pk, code=FailureCode.TIMEOUT, sentence="It took too long.", permanent=False)

    retry_asset(asset_id=tall.pk)

    tall.refresh_from_db()
    version = tall.versions.get()
    assert (tall.state, version.promised_at) == (AssetState.ENCODING, None)
    assert not version.renditions.filter(is_offered=True).exists()
    states = []
    while work_once():
        tall.refresh_from_db()
        states.append(tall.state)
    assert states[-1] == AssetState.READY
