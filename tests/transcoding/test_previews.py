"""Previews: made of what is there once a film is ready, in nobody's way, and durable as all work is."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.transcoding.films import make_film
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.outputs import RenditionOutput
from transcoding.engine.plan import ChunkSpec, Plan, make_plan
from transcoding.engine.preview import verify_clip
from transcoding.engine.probe import probe
from transcoding.engine.tools import find_tools
from transcoding.errors import FailureCode, MediaError
from transcoding.models import (
    Asset,
    AssetState,
    AssetVersion,
    Chunk,
    ChunkKind,
    Job,
    JobKind,
    Rendition,
    RenditionKind,
    RenditionState,
    Segment,
    WorkState,
)
from transcoding.queue import MAX_ATTEMPTS, Lane
from transcoding.services.delete import delete_asset
from transcoding.services.order_previews import order_failed_again, order_previews
from transcoding.services.retry import retry_asset
from transcoding.services.sweeping import sweep_factory
from transcoding.services.working import work_once
from transcoding.tasks import order_previews as order_previews_task
from vod.lib.storage import objects

SECONDS = 16
Ladder = tuple[Plan, RenditionOutput]


@pytest.fixture(scope="module")
def ladder(tmp_path_factory: pytest.TempPathFactory) -> Ladder:
    """A film's plan and its only rung, encoded once for all tests here."""
    folder, tools = tmp_path_factory.mktemp("previews"), find_tools()
    source = make_film(folder / "film.mkv", seconds=SECONDS)
    plan = make_plan(probe(source, tools=tools), build=tools.build)
    whole = ChunkSpec(0, 0, plan.segment_count)
    (output,) = encode_video_chunk(source, plan, whole, folder, tools=tools).renditions
    return plan, output


@pytest.fixture
def whole(db: None, ladder: Ladder) -> AssetVersion:
    """A film that is ready, as the factory leaves it; its source is gone."""
    return make_version(ladder)


def make_version(
    ladder: Ladder, *, build: str = "", number: int = 1, asset: Asset | None = None
) -> AssetVersion:
    plan, output = ladder
    asset = asset or Asset.objects.create(
        file_name="film.mkv", size_bytes=1, source_key="sources/x/source", state=AssetState.READY, progress=1
    )
    described = plan.to_json()
    described["build"] = build or plan.build
    version = AssetVersion.objects.create(
        asset=asset, number=number, plan=described, key_prefix=f"assets/{asset.pk}/v{number}"
    )
    rung = plan.video[0]
    init = f"{version.key_prefix}/{rung.name}/init.mp4"
    rendition = Rendition.objects.create(
        version=version, name=rung.name, kind=RenditionKind.VIDEO, codec="h264", width=rung.width,
        height=rung.height, init_digest="x", init_key=init, state=RenditionState.READY, is_offered=True,
    )  # fmt: skip
    objects().put_absent(init, output.init)
    for segment in output.segments:
        key = f"{version.key_prefix}/{rung.name}/{segment.number:05d}.m4s"
        objects().put_absent(key, segment.path)
        Segment.objects.create(
            rendition=rendition, number=segment.number, key=key, size_bytes=segment.bytes,
            duration_seconds=float(segment.seconds),
        )  # fmt: skip
    asset.current_version = version
    asset.save()
    return version


def the_chunk(version: AssetVersion) -> Chunk:
    return Chunk.objects.get(version=version, kind=ChunkKind.PREVIEW)


def state_of(version: AssetVersion) -> tuple[str, str, bool]:
    """Of the work, where the preview lies below the version, and whether the film shows it."""
    version.refresh_from_db()
    asset = Asset.objects.get(pk=version.asset_id)
    key = version.preview_key.removeprefix(f"{version.key_prefix}/")
    return the_chunk(version).state, key, asset.preview_of == version.pk


def test_a_preview_is_a_small_silent_clip_beside_the_film(whole: AssetVersion, tmp_path: Path) -> None:
    assert order_previews() == 1

    assert work_once([Lane.BACKGROUND])

    assert state_of(whole) == ("DONE", "preview.mp4", True)
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(objects().read_bytes(whole.preview_key))
    verify_clip(clip, tools=find_tools(), frames=8 * 25)
    assert whole.preview_bytes == clip.stat().st_size < 800_000
    # Players find their way before the last byte is there.
    assert b"moov" in clip.read_bytes()[:200]
    # It is no rendition, and says nothing new about the film.
    assert [row.kind for row in whole.renditions.all()] == [RenditionKind.VIDEO]
    assert (whole.asset.state, whole.asset.progress) == (AssetState.READY, 1.0)


def test_a_preview_is_ordered_once_for_each_making(whole: AssetVersion, ladder: Ladder) -> None:
    assert (order_previews(), order_previews()) == (1, 0)

    anew = make_version(ladder, number=2, asset=whole.asset)

    assert (order_previews(), order_previews()) == (1, 0)
    assert the_chunk(anew).state == WorkState.WAITING


def test_only_films_that_are_ready_get_one(whole: AssetVersion) -> None:
    for state in (AssetState.PLAYABLE, AssetState.FAILED, AssetState.CANCELLED):
        Asset.objects.update(state=state)
        assert order_previews() == 0


def test_an_installation_may_want_none(whole: AssetVersion, settings: Any) -> None:
    settings.PREVIEWS = "none"
    order_previews_task()
    assert not Chunk.objects.exists()
    settings.PREVIEWS = "all"
    order_previews_task()
    assert Chunk.objects.count() == 1


def test_any_build_makes_it_and_that_of_an_old_making_is_not_shown_for_a_new_one(
    db: None, ladder: Ladder
) -> None:
    old = make_version(ladder, build="an older build")
    order_previews()
    make_version(ladder, number=2, asset=old.asset)

    work_once()

    assert state_of(old) == ("DONE", "preview.mp4", False)


def test_a_film_of_a_few_seconds_has_none_and_is_done(whole: AssetVersion) -> None:
    plan = Plan.from_json(whole.plan).to_json()
    plan["boundaries"] = plan["boundaries"][:3]
    AssetVersion.objects.update(plan=plan)
    order_previews()

    work_once()

    assert state_of(whole) == ("DONE", "", False)


def test_a_preview_that_cannot_be_made_is_given_up_and_the_film_stays(whole: AssetVersion) -> None:
    """Also while the film is made anew, when a failure of its ladder would end it."""
    Asset.objects.update(state=AssetState.ENCODING)
    Segment.objects.filter(number=1).delete()
    Chunk.objects.create(version=whole, kind=ChunkKind.PREVIEW, number=0)

    for start in range(1, MAX_ATTEMPTS + 1):
        assert work_once()
        chunk = the_chunk(whole)
        assert (chunk.attempt, chunk.not_before is not None) == (start, start < MAX_ATTEMPTS)
        Chunk.objects.update(not_before=None)
    sweep_factory()

    chunk = the_chunk(whole)
    assert (chunk.state, chunk.failure_code) == (WorkState.FAILED, FailureCode.INTERNAL)
    assert Asset.objects.get().state == AssetState.ENCODING
    assert not work_once()


def test_what_was_given_up_can_be_started_again(whole: AssetVersion) -> None:
    order_previews()
    Chunk.objects.update(state=WorkState.FAILED, attempt=MAX_ATTEMPTS)

    assert (order_previews(), order_failed_again()) == (0, 1)

    assert (the_chunk(whole).state, the_chunk(whole).attempt) == (WorkState.WAITING, 0)


def test_a_worker_that_dies_between_object_and_row_costs_nothing(
    whole: AssetVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_previews()

    class Killed(BaseException):
        pass

    def killed(*_args: object, **_options: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("transcoding.services.making.finish_preview", killed)
        # No hand is left to write anything.
        patch.setattr("transcoding.services.working._leave", lambda _hold: None)
        with pytest.raises(Killed):
            work_once()
    left = f"{whole.key_prefix}/preview.mp4"
    bytes_left = objects().read_bytes(left)
    assert state_of(whole) == ("RUNNING", "", False)

    Chunk.objects.update(lease_until="2020-01-01T00:00:00Z")
    sweep_factory()
    Chunk.objects.update(not_before=None)
    assert work_once()

    assert state_of(whole) == ("DONE", "preview.mp4", True)
    assert objects().read_bytes(left) == bytes_left
    assert whole.preview_bytes == len(bytes_left)


def test_a_torn_clip_without_a_row_gives_way(whole: AssetVersion) -> None:
    objects().put_bytes(f"{whole.key_prefix}/preview.mp4", b"half of something")
    order_previews()

    work_once()

    assert state_of(whole) == ("DONE", "preview.mp4", True)
    assert whole.preview_bytes == objects().size(whole.preview_key) > 10_000


def test_where_late_writers_are_let_in_the_key_is_the_claims_own(
    whole: AssetVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(objects().__dict__, "refuses_late_writers", False)
    objects().put_bytes(f"{whole.key_prefix}/preview.f9.mp4", b"of a claim that did not live to clear it")
    order_previews()

    work_once()

    assert state_of(whole) == ("DONE", "preview.f1.mp4", True)
    assert [key for key in objects().keys_below(whole.key_prefix) if "preview" in key] == [whole.preview_key]


def test_who_lost_the_work_writes_nothing(whole: AssetVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    order_previews()

    def lose(*_args: object, **_options: object) -> Any:
        Chunk.objects.update(fence=7)
        raise MediaError(FailureCode.ENCODER_FAILED, "late")

    monkeypatch.setattr("transcoding.services.makers.preview.make_clip", lose)
    work_once()

    chunk = the_chunk(whole)
    assert (chunk.state, chunk.fence, chunk.failure_code) == (WorkState.RUNNING, 7, "")
    assert state_of(whole)[1:] == ("", False)


def test_it_goes_with_the_film(whole: AssetVersion) -> None:
    order_previews()
    work_once()

    delete_asset(asset_id=whole.asset_id)
    sweep_factory()

    assert list(objects().keys_below(f"assets/{whole.asset_id}")) == []


def test_the_command_makes_them_here_and_says_how_far_it_is(
    whole: AssetVersion, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("make_previews", "--here", "--again")

    said = capsys.readouterr().out
    assert "1 of 1 films ordered" in said
    assert "1 films are done, 0 were given up." in said
    assert state_of(whole) == ("DONE", "preview.mp4", True)


def test_a_film_that_failed_anew_is_published_again_without_waiting_for_its_preview(
    whole: AssetVersion,
) -> None:
    order_previews()
    Asset.objects.update(state=AssetState.FAILED)

    retry_asset(asset_id=whole.asset_id)

    assert Job.objects.get().kind == JobKind.PUBLISH
