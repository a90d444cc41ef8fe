"""A film that crashes the encoder on one of its chunks, with a real ffmpeg that really dies of a signal."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.transcoding.films import make_film
from transcoding.engine.tools import find_tools
from transcoding.models import Asset, AssetState, Chunk, WorkState
from transcoding.queue import MAX_ATTEMPTS
from transcoding.services.ingest import add_source
from transcoding.services.retry import retry_asset
from transcoding.services.working import work_once

_POISON = """#!/bin/sh
case " $* " in
  *{folder}*.m4s*) [ -e {marker} ] && case " $* " in *{source}*) kill -{signal} $$ ;; esac ;;
esac
exec {ffmpeg} "$@"
"""


@pytest.fixture
def poison(planned: Asset, settings: Settings, tmp_path: Path) -> Path:
    """While this file is there, ffmpeg dies of the signal that it names over the picture of `planned`."""
    marker, script = tmp_path / "poisoned", tmp_path / "ffmpeg"
    found = find_tools()
    marker.touch()
    script.write_text(
        _POISON.format(
            folder="video-180", marker=marker, source=planned.pk, signal="SEGV", ffmpeg=found.ffmpeg
        )
    )
    script.chmod(0o755)
    # Longer than a slow machine takes for everything else, so that each start is one of the test's own rounds.
    settings.CHUNK_PAUSE_SECONDS = 600
    # A script finds no shell in the sandbox.
    settings.FFMPEG, settings.FFPROBE, settings.SANDBOX = str(script), str(found.ffprobe), "off"
    return marker


def everything_may_start() -> None:
    Chunk.objects.update(not_before=None)


def test_a_film_that_crashes_the_encoder_fails_alone_and_can_be_revived(
    planned: Asset, poison: Path, tmp_path: Path
) -> None:
    other = add_source(path=make_film(tmp_path / "other.mkv"), file_name="other.mkv")
    pauses = []

    for _ in range(MAX_ATTEMPTS):
        while work_once():
            pass
        chunk = Chunk.objects.get(version__asset=planned, kind="VIDEO", number=0)
        if chunk.not_before is not None and chunk.started_at is not None:
            pauses.append(round((chunk.not_before - chunk.started_at).total_seconds()))
        planned.refresh_from_db()
        if planned.state == AssetState.FAILED:
            break
        everything_may_start()

    other.refresh_from_db()
    assert other.state == AssetState.READY
    assert (planned.state, planned.failure_code) == (AssetState.FAILED, "ENCODER_FAILED")
    assert planned.failure_message.startswith("The program that reads this file crashed.")
    assert not planned.failure_permanent
    assert max(Chunk.objects.filter(version__asset=planned).values_list("attempt", flat=True)) == MAX_ATTEMPTS
    assert pauses[:4] == sorted(pauses[:4]) and pauses[0] < pauses[3]
    assert Chunk.objects.filter(version__asset=planned, state=WorkState.RUNNING).count() == 0

    poison.unlink()
    retry_asset(asset_id=planned.pk)
    while work_once():
        pass
    planned.refresh_from_db()
    assert planned.state == AssetState.READY


def test_an_encoder_that_somebody_kills_costs_no_start(planned: Asset, poison: Path, tmp_path: Path) -> None:
    script = tmp_path / "ffmpeg"
    script.write_text(script.read_text().replace("-SEGV", "-KILL"))

    for _ in range(MAX_ATTEMPTS + 1):
        while work_once():
            pass
        everything_may_start()

    planned.refresh_from_db()
    chunk = Chunk.objects.get(version__asset=planned, kind="VIDEO", number=0)
    assert planned.state in (AssetState.ENCODING, AssetState.PLAYABLE)
    assert (chunk.attempt, chunk.state) == (0, WorkState.WAITING)

    poison.unlink()
    everything_may_start()
    while work_once():
        pass
    planned.refresh_from_db()
    assert planned.state == AssetState.READY
