"""Where a required sandbox does not work, films wait and say so; nothing is opened, counted or failed."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.people import Person
from transcoding.checks import sandbox_holds
from transcoding.engine import sandbox as sandboxes
from transcoding.engine.sandbox import Bubblewrap
from transcoding.errors import FailureCode
from transcoding.models import Asset, AssetState, Chunk, Job, JobKind, WorkState
from transcoding.selectors.waiting import why_films_wait
from transcoding.services.toolbox import able_to_work, tools
from transcoding.services.working import job_once, work_once

ROOT = Path(__file__).resolve().parents[2]
PATH = os.environ["PATH"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def untried(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """As in a process that has tried no sandbox yet, of an installation that requires one."""
    monkeypatch.setattr(sandboxes, "_proved", {})
    monkeypatch.setattr(sandboxes, "_refused", {})
    settings.SANDBOX = "required"


@pytest.fixture
def no_bubblewrap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")


def put_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody installed it, and the time until the next trial is over."""
    monkeypatch.setenv("PATH", PATH)
    sandboxes._refused.clear()


def test_a_probe_waits_uncounted_until_the_sandbox_works(
    asset: Asset, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    assert [work_once() for _ in range(7)] == [False] * 7

    job = Job.objects.get(kind=JobKind.PROBE)
    asset.refresh_from_db()
    assert (job.state, job.attempt, job.not_before) == (WorkState.WAITING, 0, None)
    assert job.failure_code == FailureCode.SANDBOX_UNAVAILABLE
    assert "apt install bubblewrap" in job.failure_message
    assert (asset.state, asset.failure_code) == (AssetState.UPLOADED, "")
    assert sum("pieces of work wait" in record.getMessage() for record in caplog.records) == 1
    assert why_films_wait() == job.failure_message

    put_right(monkeypatch)
    assert able_to_work()
    assert why_films_wait() == ""
    assert work_once()
    asset.refresh_from_db()
    job.refresh_from_db()
    assert asset.state == AssetState.ENCODING
    assert (job.state, job.attempt, job.failure_code) == (WorkState.DONE, 1, "")


@pytest.mark.usefixtures("asset", "no_bubblewrap")
def test_the_admin_says_why_films_wait(operator: Person) -> None:
    work_once()
    client = Client()
    client.force_login(operator.user)

    for name in ("asset", "job", "chunk"):
        page = client.get(f"/admin/transcoding/{name}/").content.decode()
        assert "Films wait, because SANDBOX=required and the sandbox does not work" in page


def test_chunks_wait_uncounted_while_a_publishing_goes_on(
    planned: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandboxes._proved.clear()
    monkeypatch.setenv("PATH", "/nowhere")
    publishing = Job.objects.create(asset=planned, kind=JobKind.PUBLISH)

    job_once()
    assert not work_once()

    publishing.refresh_from_db()
    assert publishing.attempt == 1
    assert {(chunk.state, chunk.attempt, chunk.failure_code) for chunk in Chunk.objects.all()} == {
        (WorkState.WAITING, 0, FailureCode.SANDBOX_UNAVAILABLE.value)
    }


@pytest.mark.usefixtures("no_bubblewrap")
def test_the_check_of_a_deployment_names_a_required_sandbox_that_is_missing() -> None:
    (message,) = sandbox_holds(None)

    assert message.id == "transcoding.E005"
    assert message.is_serious()
    assert message.hint == "Install bubblewrap (on Debian or Ubuntu: apt install bubblewrap)."


@pytest.mark.parametrize(("mode", "mark"), [("auto", "transcoding.W002"), ("off", "transcoding.W003")])
@pytest.mark.usefixtures("no_bubblewrap")
def test_an_installation_without_a_sandbox_is_told_by_the_check(
    settings: Settings, mode: str, mark: str
) -> None:
    settings.SANDBOX = mode

    assert [message.id for message in sandbox_holds(None)] == [mark]


@pytest.mark.parametrize("mode", ["auto", "required"])
def test_where_it_works_it_is_used_and_the_check_is_content(settings: Settings, mode: str) -> None:
    settings.SANDBOX = mode

    assert sandbox_holds(None) == []
    assert isinstance(tools().sandbox, Bubblewrap)


@pytest.mark.parametrize(("kind", "mode"), [("production", "required"), ("embedded", "auto")])
def test_production_requires_it(tmp_path: Path, kind: str, mode: str) -> None:
    asked = subprocess.run(
        [sys.executable, "-c", "from vod import settings; print(settings.SANDBOX)"],
        env={
            "VOD_ENV": kind,
            "VOD_HOME": str(tmp_path),
            "SECRET_KEY": secrets.token_urlsafe(48),
            "ALLOWED_HOSTS": "a.example",
            "ALLOW_SQLITE": "1",
            "EMAIL_URL": "none:",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert asked.stdout == f"{mode}\n"
