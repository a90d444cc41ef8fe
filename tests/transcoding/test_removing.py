"""What must not stay: objects of films that are gone, sources without rows, tools of work that is over."""

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.transcoding.films import make_film
from transcoding.models import Asset, Chunk, Removal, WorkState
from transcoding.services import ingest
from transcoding.services.cancel import cancel_asset
from transcoding.services.claiming import claim
from transcoding.services.delete import delete_asset
from transcoding.services.folders import clear_folders, root
from transcoding.services.ingest import add_source, source_folder
from transcoding.services.removing import remove_below
from transcoding.services.sweeping import sweep_factory
from transcoding.services.working import work_once
from vod.lib.rows import new_id
from vod.lib.storage import objects


def all_orders_are_due() -> None:
    Removal.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def test_an_object_that_comes_after_its_film_was_cancelled_does_not_stay(
    planned: Asset, tmp_path: Path
) -> None:
    """A worker was stopped between its last look and its write, and killed right after it."""
    cancel_asset(asset_id=planned.pk)
    sweep_factory()
    late = f"assets/{planned.pk}/v1/video-180/00000.m4s"
    objects().put_bytes(late, b"late")

    all_orders_are_due()
    sweep_factory()

    assert not objects().exists(late)
    assert objects().exists(planned.source_key)


def test_an_object_that_comes_after_its_film_was_deleted_does_not_stay(planned: Asset) -> None:
    delete_asset(asset_id=planned.pk)
    sweep_factory()
    objects().put_bytes(f"assets/{planned.pk}/v1/video-180/00000.m4s", b"late")

    all_orders_are_due()
    sweep_factory()

    assert objects().keys_below("assets") == []
    assert objects().keys_below("sources") == []


def test_orders_to_remove_are_forgotten_in_time(planned: Asset) -> None:
    delete_asset(asset_id=planned.pk)
    assert Removal.objects.count() == 2

    for _ in range(5):
        all_orders_are_due()
        sweep_factory()

    assert Removal.objects.count() == 0


def test_a_store_that_is_away_is_asked_again(planned: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    delete_asset(asset_id=planned.pk)
    with monkeypatch.context() as away:

        def refuse(_prefix: str) -> None:
            raise OSError("the store is away")

        away.setattr(objects(), "delete_prefix", refuse)
        sweep_factory()
    assert objects().keys_below("sources") != []

    all_orders_are_due()
    sweep_factory()

    assert objects().keys_below("sources") == []


def test_a_source_whose_rows_were_never_written_is_removed_and_its_file_is_still_there(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = make_film(tmp_path / "film.mkv")
    with monkeypatch.context() as crash:

        def die(*_args: object, **_options: object) -> None:
            raise KeyboardInterrupt

        crash.setattr(ingest, "keep_below", die)
        with pytest.raises(KeyboardInterrupt):
            add_source(path=film, file_name="film.mkv")
    assert film.exists()
    assert len(objects().keys_below("sources")) == 1

    sweep_factory()
    assert len(objects().keys_below("sources")) == 1
    all_orders_are_due()
    sweep_factory()

    assert objects().keys_below("sources") == []
    assert Asset.objects.count() == 0


def test_a_source_with_rows_is_never_ordered_away(planned: Asset) -> None:
    assert not Removal.objects.filter(prefix__startswith="sources/").exists()


def test_an_order_never_takes_the_source_of_a_film_that_is_there(planned: Asset) -> None:
    remove_below([source_folder(planned.pk)], after=timedelta(days=2))

    all_orders_are_due()
    sweep_factory()

    assert objects().exists(planned.source_key)
    assert Removal.objects.count() == 0


def test_a_film_that_arrives_twice_is_one_film(db: None, tmp_path: Path) -> None:
    key = new_id()
    taken: list[Asset] = []

    first = add_source(path=make_film(tmp_path / "a.mkv"), file_name="a.mkv", key=key, within=taken.append)
    again = add_source(path=make_film(tmp_path / "a.mkv"), file_name="a.mkv", key=key, within=taken.append)

    assert first == again
    assert taken == [first, again]
    assert Asset.objects.count() == 1
    assert objects().keys_below("sources") == [first.source_key]
    work_once()
    assert Chunk.objects.exists()


def test_a_tool_whose_worker_is_stopped_ends_with_its_work_and_others_go_on(planned: Asset) -> None:
    held = claim(Chunk)
    over = claim(Chunk)
    assert held is not None and over is not None
    folders = [root() / f"{hold.row.pk}-{hold.row.fence}" for hold in (held, over)]
    tools = []
    for folder in folders:
        folder.mkdir(parents=True)
        command = [sys.executable, "-c", "import time; time.sleep(60)", f"file:{folder}/00000.m4s"]
        tools.append(subprocess.Popen(command))
    # The kernel lets go of whoever starts a program a moment before it shows the program's arguments.
    while not all(Path(f"/proc/{tool.pid}/cmdline").read_bytes() for tool in tools):
        time.sleep(0.01)
    try:
        Chunk.objects.filter(pk=over.row.pk).update(state=WorkState.CANCELLED)

        clear_folders()

        assert tools[1].wait(5) == -9
        assert tools[0].poll() is None
        assert [folder.exists() for folder in folders] == [True, True]
    finally:
        for tool in tools:
            tool.kill()
            tool.wait()
