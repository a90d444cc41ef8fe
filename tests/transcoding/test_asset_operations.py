"""Operators' GraphQL: assets, retry, cancel, delete; and that others get nothing."""

from pathlib import Path

import pytest

from tests.conftest import Ask
from tests.people import Person
from tests.stores.files import path_of
from transcoding.errors import FailureCode
from transcoding.models import Asset, AssetState, Chunk, Rendition, Segment, WorkState
from transcoding.services.claiming import LostHold, claim
from transcoding.services.failing import fail_asset
from transcoding.services.frames import best_frames, best_moments, grab_frame
from transcoding.services.making import make_chunk
from transcoding.services.working import work_once
from vod.lib.graphql.ids import encode_id

MUTATIONS = ("RetryAsset", "CancelAsset", "DeleteAsset")


def id_of(asset: Asset) -> str:
    return encode_id("Asset", asset.pk)


def stored(asset: Asset) -> list[str]:
    """Every file of the asset that lies in the store."""
    found = []
    for prefix in (f"assets/{asset.pk}", f"sources/{asset.pk}"):
        folder = path_of(prefix)
        found += [path.name for path in folder.rglob("*") if path.is_file()]
    return sorted(found)


def test_an_operator_sees_an_asset_and_what_is_made_of_it(gql: Ask, operator: Person, ready: Asset) -> None:
    body = gql("Asset", {"id": id_of(ready)}, as_=operator)

    asset = body["data"]["asset"]
    assert asset["fileName"] == "A film.mkv"
    assert (asset["state"], asset["progress"], asset["failure"]) == ("READY", 1.0, None)
    assert asset["durationSeconds"] == pytest.approx(5.0, abs=0.05)
    kinds = {row["kind"]: row for row in asset["renditions"]}
    assert kinds["VIDEO"]["codec"] == "h264"
    assert (kinds["VIDEO"]["width"], kinds["VIDEO"]["height"]) == (320, 180)
    assert kinds["AUDIO"]["bitrate"] > 0
    assert {row["state"] for row in asset["renditions"]} == {"READY"}


def test_a_failed_asset_says_why(gql: Ask, operator: Person, db: None, tmp_path: Path) -> None:
    from transcoding.services.ingest import add_source

    path = tmp_path / "x.mp4"
    path.write_bytes(b"no film")
    asset = add_source(path=path, file_name="x.mp4")
    work_once()

    body = gql("Asset", {"id": id_of(asset)}, as_=operator)

    failure = body["data"]["asset"]["failure"]
    assert failure["code"] == "NOT_A_VIDEO"
    assert failure["message"].endswith(".")


def test_assets_are_listed_by_state_in_pages(gql: Ask, operator: Person, db: None) -> None:
    for number in range(3):
        Asset.objects.create(file_name=f"{number}", size_bytes=5_000_000_000, source_key="s")
    Asset.objects.create(file_name="ready", size_bytes=1, source_key="s", state=AssetState.READY)

    first = gql("Assets", {"state": "UPLOADED", "first": 2}, as_=operator)["data"]["assets"]
    cursor = first["pageInfo"]["endCursor"]
    rest = gql("Assets", {"state": "UPLOADED", "first": 2, "after": cursor}, as_=operator)["data"]["assets"]

    assert first["totalCount"] == 3
    assert [edge["node"]["fileName"] for edge in first["edges"]] == ["2", "1"]
    assert [edge["node"]["fileName"] for edge in rest["edges"]] == ["0"]
    assert first["edges"][0]["node"]["sizeBytes"] == 5_000_000_000


def test_others_may_not_ask_for_assets(gql: Ask, owner: Person, asset: Asset) -> None:
    for operation, variables in (("Assets", {}), ("Asset", {"id": id_of(asset)})):
        refused = gql(operation, variables, as_=owner)
        nobody = gql(operation, variables)
        assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        assert nobody["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert gql("Node", {"id": id_of(asset)}, as_=owner)["data"]["node"] is None


@pytest.mark.parametrize("operation", MUTATIONS)
def test_others_may_not_change_assets(gql: Ask, owner: Person, asset: Asset, operation: str) -> None:
    Asset.objects.update(state=AssetState.FAILED)
    field = operation[0].lower() + operation[1:]

    refused = gql(operation, {"input": {"assetId": id_of(asset)}}, as_=owner)
    nobody = gql(operation, {"input": {"assetId": id_of(asset)}})

    assert refused["data"][field]["errors"][0]["code"] == "FORBIDDEN"
    assert nobody["data"][field]["errors"][0]["code"] == "UNAUTHENTICATED"
    assert Asset.objects.get().state == AssetState.FAILED


@pytest.mark.parametrize("operation", MUTATIONS)
def test_what_is_no_asset_is_not_found(gql: Ask, operator: Person, asset: Asset, operation: str) -> None:
    field = operation[0].lower() + operation[1:]

    for wrong in ("nonsense", encode_id("Movie", asset.pk), encode_id("Asset", operator.profile.pk)):
        body = gql(operation, {"input": {"assetId": wrong}}, as_=operator)
        assert body["data"][field]["errors"][0]["code"] == "NOT_FOUND"


def test_a_failed_film_is_tried_again_without_making_twice_what_is_made(
    gql: Ask, operator: Person, planned: Asset
) -> None:
    work_once()
    segment = Segment.objects.get()
    made = path_of(segment.key).stat().st_mtime_ns
    Chunk.objects.exclude(state=WorkState.DONE).update(state=WorkState.CANCELLED, attempt=5)
    Asset.objects.update(state=AssetState.FAILED, failure_code="ENCODER_FAILED", failure_message="Stopped.")

    body = gql("RetryAsset", {"input": {"assetId": id_of(planned)}}, as_=operator)["data"]["retryAsset"]

    assert body["errors"] == []
    assert (body["asset"]["state"], body["asset"]["failure"]) == ("ENCODING", None)
    while work_once():
        pass
    planned.refresh_from_db()
    assert planned.state == AssetState.READY
    assert planned.versions.count() == 1
    assert path_of(segment.key).stat().st_mtime_ns == made


def test_a_film_that_is_well_cannot_be_tried_again(gql: Ask, operator: Person, asset: Asset) -> None:
    body = gql("RetryAsset", {"input": {"assetId": id_of(asset)}}, as_=operator)["data"]["retryAsset"]

    assert body["asset"] is None
    assert body["errors"][0]["code"] == "INVALID_STATE"
    assert body["errors"][0]["field"] == "assetId"


def test_cancelling_ends_work_that_runs_and_leaves_only_the_source(
    gql: Ask,
    operator: Person,
    planned: Asset,
    django_capture_on_commit_callbacks: object,
    settings: object,
) -> None:
    work_once()
    hold = claim(Chunk)
    assert hold is not None

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        body = gql("CancelAsset", {"input": {"assetId": id_of(planned)}}, as_=operator)["data"]
    with pytest.raises(LostHold):
        make_chunk(hold)

    assert body["cancelAsset"]["asset"]["state"] == "CANCELLED"
    assert stored(planned) == ["source"]
    assert Rendition.objects.count() == 0
    assert not work_once()
    assert list((settings.WORK_ROOT / "chunks").iterdir()) == []  # type: ignore[attr-defined]


def test_a_cancelled_film_can_be_made_again_under_new_addresses(
    gql: Ask, operator: Person, planned: Asset
) -> None:
    gql("CancelAsset", {"input": {"assetId": id_of(planned)}}, as_=operator)

    gql("RetryAsset", {"input": {"assetId": id_of(planned)}}, as_=operator)
    while work_once():
        pass

    planned.refresh_from_db()
    assert planned.state == AssetState.READY
    assert planned.current_version is not None
    assert planned.current_version.key_prefix.endswith("/v2")


def test_deleting_removes_rows_and_every_object(
    gql: Ask, operator: Person, ready: Asset, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        body = gql("DeleteAsset", {"input": {"assetId": id_of(ready)}}, as_=operator)["data"]

    assert body["deleteAsset"] == {"deletedAssetId": id_of(ready), "errors": []}
    assert Asset.objects.count() == Segment.objects.count() == Chunk.objects.count() == 0
    assert stored(ready) == []


def test_deleting_ends_work_that_runs(
    gql: Ask, operator: Person, planned: Asset, django_capture_on_commit_callbacks: object
) -> None:
    hold = claim(Chunk)
    assert hold is not None

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        gql("DeleteAsset", {"input": {"assetId": id_of(planned)}}, as_=operator)
    with pytest.raises(LostHold):
        make_chunk(hold)

    assert stored(planned) == []


def test_a_frame_can_be_taken_from_a_film_that_was_looked_at(planned: Asset, tmp_path: Path) -> None:
    picture = grab_frame(asset=planned, seconds=2.0, target=tmp_path / "frame.jpg")

    assert picture.read_bytes()[:3] == b"\xff\xd8\xff"


def test_the_best_frames_of_a_film_are_taken_at_moments_inside_it(planned: Asset, tmp_path: Path) -> None:
    moments = best_moments(asset=planned, count=1)
    frames = best_frames(asset=planned, count=1, folder=tmp_path / "stills")

    assert len(moments) == len(frames) == 1
    assert 0 <= moments[0] < (planned.duration_seconds or 0)
    assert frames[0].read_bytes()[:3] == b"\xff\xd8\xff"


def test_the_admin_shows_every_row_of_the_factory(ready: Asset, operator: Person, client: object) -> None:
    client.force_login(operator.user)  # type: ignore[attr-defined]

    for name in ("asset", "assetversion", "rendition", "chunk", "job", "segment", "upload"):
        listed = client.get(f"/admin/transcoding/{name}/")  # type: ignore[attr-defined]
        assert listed.status_code == 200, name
    page = client.get(f"/admin/transcoding/asset/{ready.pk}/change/")  # type: ignore[attr-defined]
    assert page.status_code == 200
    assert b"A film.mkv" in page.content


@pytest.mark.parametrize("permanent", [True, False])
def test_a_failure_says_whether_trying_again_can_help(
    planned: Asset, gql: Ask, operator: Person, permanent: bool
) -> None:
    fail_asset(
        asset_id=planned.pk, code=FailureCode.TIMEOUT, sentence="It took too long.", permanent=permanent
    )

    answer = gql(
        "query ($id: ID!) { asset(id: $id) { failure { code canRetry } } }",
        {"id": id_of(planned)},
        as_=operator,
    )

    assert answer["data"]["asset"]["failure"] == {"code": "TIMEOUT", "canRetry": not permanent}
