"""What is killed comes back, and the film is made all the same."""

import os
import signal
from pathlib import Path

import pytest

from tests.e2e.client import Client, wait_until
from tests.e2e.product import OPERATOR, processes_of, running_product

pytestmark = pytest.mark.e2e


def pids_of(home: Path, word: str) -> list[int]:
    """Processes of an installation whose command line has `word`."""
    return [pid for pid, command in processes_of(home).items() if word in command]


def test_a_worker_killed_while_it_encodes_costs_no_film(short_clip: Path, tmp_path: Path) -> None:
    with running_product(tmp_path / "home", CHUNK_LEASE_SECONDS="5") as product:
        operator = Client(product.address)
        operator.sign_in(OPERATOR, product.password)
        asset = operator.upload(short_clip)
        objects = product.home / "objects" / "assets"
        wait_until(
            lambda: any(objects.rglob("*.m4s")) and bool(pids_of(product.home, "ffmpeg")),
            60,
            "first segment with more to come",
        )
        finished = {path: path.stat().st_mtime_ns for path in objects.rglob("*.m4s")}
        encoders = pids_of(product.home, "ffmpeg")
        for pid in pids_of(product.home, "celery"):
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not {*encoders} & {*processes_of(product.home)}, 2, "end of ffmpeg")
        operator.wait_for_asset(asset, "READY", 180)
        assert {path: path.stat().st_mtime_ns for path in finished} == finished


def test_an_upload_survives_the_death_of_the_web_process(short_clip: Path, tmp_path: Path) -> None:
    with running_product(tmp_path / "home") as product:
        operator = Client(product.address)
        operator.sign_in(OPERATOR, product.password)
        tus = {"Tus-Resumable": "1.0.0"}
        content = short_clip.read_bytes()
        _, headers, _ = operator.request(
            "POST", "/api/uploads/", b"", {**tus, "Upload-Length": str(len(content))}
        )
        location = headers["location"]
        half = len(content) // 2
        patch = {**tus, "Content-Type": "application/offset+octet-stream"}
        operator.request("PATCH", location, content[:half], {**patch, "Upload-Offset": "0"})
        for pid in pids_of(product.home, "gunicorn"):
            os.kill(pid, signal.SIGKILL)

        def answers() -> bool:
            try:
                return operator.request("HEAD", location, None, tus)[1].get("upload-offset") == str(half)
            except OSError:
                return False

        wait_until(answers, 30, "web process again")
        status, headers, _ = operator.request(
            "PATCH", location, content[half:], {**patch, "Upload-Offset": str(half)}
        )
        assert status == 204
        assert headers["asset-id"]
