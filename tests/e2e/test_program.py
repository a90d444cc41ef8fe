"""The main job as a program does it: only the contract's operations, a bearer token and HTTP."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.e2e.client import Client
from tests.e2e.film import Film
from tests.e2e.product import Product
from transcoding.engine.probe import probe
from transcoding.engine.tools import find_tools

pytestmark = pytest.mark.e2e


def fetch_stream(client: Client, manifest: str, folder: Path) -> list[Path]:
    """Saves a whole stream as it would lie on a disk; answers the media playlists."""
    base, _, name = manifest.rpartition("/")
    todo, playlists, saved = [name], [], set[str]()
    while todo:
        path = todo.pop()
        status, headers, body = client.request("GET", f"{base}/{path}")
        assert status == 200, f"{path}: {status}"
        assert headers["x-content-type-options"] == "nosniff"
        saved.add(path)
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        if not path.endswith(".m3u8"):
            continue
        if path != name:
            playlists.append(target)
        text = body.decode()
        children = re.findall(r'URI="([^"]+)"', text) + [
            x for x in text.splitlines() if x and not x.startswith("#")
        ]
        assert not [child for child in children if child.startswith("/") or ":" in child], (
            "a child is not relative"
        )
        inside = path.rpartition("/")[0]
        todo += sorted({f"{inside}/{child}" if inside else child for child in children} - saved - set(todo))
    return playlists


def count_frames(media: Path) -> int:
    """How many pictures ffmpeg decodes from a film or from a media playlist."""
    decoded = subprocess.run(
        [
            str(find_tools().ffmpeg), "-hide_banner", "-nostdin", "-v", "error", "-xerror",
            *(("-allowed_extensions", "ALL") if media.suffix == ".m3u8" else ()), "-i", str(media), "-map", "0:v:0", "-f", "framemd5", "-",
        ],
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    return sum(1 for line in decoded.stdout.splitlines() if line and not line.startswith("#"))


def test_an_upload_becomes_ready_and_its_progress_never_falls(film: Film) -> None:
    progress = [asset["progress"] for asset in film.seen]
    assert progress == sorted(progress)
    assert progress[-1] == 1
    source = probe(film.source, tools=find_tools())
    assert film.seconds == pytest.approx(float(source.duration), abs=0.1)
    videos = [r for r in film.seen[-1]["renditions"] if r["kind"] == "VIDEO"]
    # Nothing is above the source's own size, and that is there.
    assert max(r["height"] for r in videos) == source.video.display_height
    assert {r["state"] for r in film.seen[-1]["renditions"]} == {"READY"}


def test_a_program_finds_watches_and_resumes(film: Film, viewer: Client, tmp_path: Path) -> None:
    found = viewer.run("Search", text=film.name[:5].lower())["search"]["edges"]
    assert film.title_id in [edge["node"]["id"] for edge in found]
    title = viewer.run("TitlePage", slug=film.slug)["title"]
    assert title["video"]["isPlayable"] is True

    session = viewer.change("StartPlayback", videoId=title["video"]["id"], deviceName="A program")["session"]
    assert session["resumeSeconds"] == 0
    anybody = Client(viewer.address)  # the path alone is the key: a television sends no header
    playlists = fetch_stream(anybody, session["manifestUrl"], tmp_path)
    videos = [path for path in playlists if path.match("video-*/index.m3u8")]
    # By height, since the source's own picture stands beside the ladder and not in its master.
    heights = {r["height"] for r in film.seen[-1]["renditions"] if r["kind"] == "VIDEO"}
    assert len(videos) == len(heights)
    frames = count_frames(film.source)
    assert {path.parent.name: count_frames(path) for path in videos} == {
        path.parent.name: frames for path in videos
    }

    viewer.change("Heartbeat", sessionId=session["id"], positionSeconds=12.5, state="PLAYING")
    viewer.change("StopPlayback", sessionId=session["id"], positionSeconds=14.0)
    assert anybody.request("GET", session["manifestUrl"])[0] == 403
    again = viewer.change("StartPlayback", videoId=title["video"]["id"], deviceName="A program")["session"]
    assert again["resumeSeconds"] == pytest.approx(14.0, abs=5)
    shelf = viewer.run("Shelf")["viewer"]["activeProfile"]["continueWatching"]["edges"]
    assert [edge["node"]["title"]["id"] for edge in shelf] == [film.title_id]


def test_the_storyboard_of_a_stream_names_pictures_that_are_there(film: Film, viewer: Client) -> None:
    session = viewer.change("StartPlayback", videoId=film.video_id, deviceName="A program")["session"]
    status, _, body = viewer.request("GET", session["storyboardUrl"])
    assert status == 200
    sheets = set(re.findall(r"^([\w.-]+)#xywh=", body.decode(), re.MULTILINE))
    assert sheets
    base = session["storyboardUrl"].rpartition("/")[0]
    for sheet in sheets:
        status, headers, picture = viewer.request("GET", f"{base}/{sheet}")
        assert (status, headers["content-type"], picture[:2]) == (200, "image/jpeg", b"\xff\xd8")


def test_what_is_no_video_is_refused_with_a_code_and_a_sentence(operator: Client, tmp_path: Path) -> None:
    note = tmp_path / "holiday.mp4"
    note.write_text("Dear diary, the film did not come out.\n" * 40)
    asset = operator.upload(note)
    seen = operator.wait_for_asset(asset, "FAILED", 30)
    failure = seen[-1]["failure"]
    assert failure["code"] in {"NOT_A_VIDEO", "UNSUPPORTED_CONTAINER"}
    assert failure["message"].endswith(".")
    assert operator.address not in failure["message"]


def test_a_stranger_may_not_upload_or_operate(product: Product, viewer: Client) -> None:
    status, _, _ = viewer.request(
        "POST", "/api/uploads/", b"", {"Tus-Resumable": "1.0.0", "Upload-Length": "10"}
    )
    assert status == 403
    status, _, _ = Client(product.address).request(
        "POST", "/api/uploads/", b"", {"Tus-Resumable": "1.0.0", "Upload-Length": "10"}
    )
    assert status in {401, 403}
    payload = viewer.run("CreateMovie", input={"name": "Mine"})["createMovie"]
    assert payload["movie"] is None
    assert [error["code"] for error in payload["errors"]] == ["FORBIDDEN"]
