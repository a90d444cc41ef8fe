"""Segments that are sent encrypted: what a player gets, what nobody gets, and that a real one reads it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Plan
from tests.edge.installation import SECRET
from tests.people import Person, make_person, make_user
from tests.playback.conftest import Say, Start
from tests.playback.library import Film, make_film, make_segments, segment_bytes
from tests.playback.served import Serve
from tests.playback.served import serve as serve
from tests.servers.browser import find_chromium
from tests.servers.deployed import ROOT
from transcoding.engine.tools import find_tools
from transcoding.models import Segment
from vod.lib.graphql.ids import encode_id
from vod.lib.storage import objects

NAME = "video-720"
HLS = ROOT / "frontend" / "node_modules" / "hls.js" / "dist" / "hls.js"
_KEY = re.compile(r'#EXT-X-KEY:METHOD=AES-128,URI="\.\./(aes-128/[0-9a-f]{8}/[a-z0-9-]+\.key)"\n')


@pytest.fixture(autouse=True)
def encryption(settings: Settings) -> None:
    settings.SEGMENT_ENCRYPTION = "aes-128"


@pytest.fixture
def made(night_train: Film) -> Film:
    make_segments(night_train.version, *night_train.version.renditions.values_list("name", flat=True))
    return night_train


@pytest.fixture
def folder(owner: Person, made: Film, start: Start) -> str:
    url: str = start(owner, made)["session"]["manifestUrl"]
    return url.removesuffix("master.m3u8")


def get(path: str, method: str = "GET", **headers: str) -> HttpResponse:
    sent = Client().generic(method, path, **headers)  # type: ignore[arg-type]
    whole = HttpResponse(sent.getvalue(), status=sent.status_code, headers=sent.headers)
    sent.close()
    return whole


def playlist(folder: str, name: str = NAME) -> tuple[str, list[str]]:
    """The path of the key, and those of the segments, relative to the folder."""
    text = get(f"{folder}{name}/index.m3u8").content.decode()
    key = _KEY.search(text)
    assert key is not None, text
    # The init section comes before the key, so it is none of the key's.
    assert text.index("#EXT-X-MAP") < key.start() < text.index("#EXTINF")
    paths = [line.removeprefix("../") for line in text.splitlines() if line and line[0] != "#"]
    return key[1], paths


def decrypt(body: bytes, key: bytes, number: int) -> bytes:
    decryptor = Cipher(algorithms.AES(key), modes.CBC(number.to_bytes(16, "big"))).decryptor()
    unpadder = PKCS7(128).unpadder()
    return unpadder.update(decryptor.update(body) + decryptor.finalize()) + unpadder.finalize()


@pytest.mark.parametrize("name", [NAME, "audio-0"])
def test_a_segment_and_its_key_give_what_was_made(folder: str, name: str) -> None:
    key_path, paths = playlist(folder, name)
    key = get(folder + key_path)

    assert (key.status_code, len(key.content), key["Content-Type"]) == (200, 16, "application/octet-stream")
    assert key["Cache-Control"] == "private, no-store"
    for number, path in enumerate(paths):
        sent = get(folder + path)
        assert sent["Cache-Control"] == "private, max-age=31536000, immutable"
        assert sent["Content-Length"] == str(len(sent.content))
        assert b"secret bytes" not in sent.content
        assert decrypt(sent.content, key.content, number) == segment_bytes(name, number)
        part = get(folder + path, HTTP_RANGE="bytes=5-20")
        assert (part.status_code, part.content) == (206, sent.content[5:21])
        assert get(folder + path, HTTP_IF_NONE_MATCH=sent["ETag"]).status_code == 304
        assert get(folder + path, "HEAD")["Content-Length"] == sent["Content-Length"]
    assert get(f"{folder}{name}/init.mp4").content == f"init of {name}".encode()


def test_each_rendition_and_each_version_has_a_key_of_its_own(
    folder: str, owner: Person, start: Start
) -> None:
    keys = {get(folder + playlist(folder, name)[0]).content for name in (NAME, "video-1080", "audio-0")}
    assert len(keys) == 3


def test_the_playlist_of_a_published_film_names_the_encrypted_ones_too(folder: str, made: Film) -> None:
    text = '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:4,\n00000.m4s\n#EXT-X-ENDLIST\n'
    objects().put_bytes(f"{made.version.key_prefix}/{NAME}/index.m3u8", text.encode())
    made.version.published_at = timezone.now()
    made.version.save()

    answer = get(f"{folder}{NAME}/index.m3u8")

    assert answer["Cache-Control"] == "private, no-cache"
    assert re.search(rf"\n\.\./aes-128/[0-9a-f]{{8}}/{NAME}/00000\.m4s\n", answer.content.decode())


def test_clear_segments_have_no_address(folder: str) -> None:
    for path in (f"{NAME}/00000.m4s", "audio-0/00001.m4s", "original/00000.m4s", f"{NAME}/iframes.m3u8"):
        answer = get(folder + path)
        assert (answer.status_code, answer.content) == (404, b""), path
    assert b"I-FRAME" not in get(f"{folder}master.m3u8").content


def test_encrypted_ones_have_none_where_nothing_is_encrypted(folder: str, settings: Settings) -> None:
    key, (path, *_) = playlist(folder)
    settings.SEGMENT_ENCRYPTION = "none"
    assert [get(folder + each).status_code for each in (key, path, f"{NAME}/00000.m4s")] == [404, 404, 200]


def test_a_key_needs_the_streams_token_its_lease_and_its_plan(
    owner: Person, stranger: Person, made: Film, folder: str, start: Start, say: Say
) -> None:
    session = start(owner, made, device="Desk")["session"]
    here = session["manifestUrl"].removesuffix("master.m3u8")
    key, _ = playlist(here)
    high, _ = playlist(here, "video-1080")
    assert get(here + key).status_code == get(here + high).status_code == 200
    Plan.objects.update(max_height=720)
    assert (get(here + key).status_code, get(here + high).status_code) == (200, 404)

    assert get(here.replace("/stream/", "/stream/x") + key).status_code in (403, 404)
    say("StopPlayback", owner, sessionId=session["id"])
    answer = get(here + key)
    assert (answer.status_code, answer.content) == (403, b"")
    assert encode_id("PlaybackSession", made.video.pk) != session["id"]


@pytest.mark.parametrize(
    "change",
    [
        ("aes-128", "AES-128"),
        (".key", ".KEY"),
        (".key", ".key/"),
        ("/aes-128/", "/aes-128//"),
        (NAME, "video-9999999"),
    ],
)
def test_no_second_spelling_gets_a_key(folder: str, change: tuple[str, str]) -> None:
    key, _ = playlist(folder)
    assert get((folder + key).replace(*change)).status_code == 404
    assert get(folder + re.sub("[0-9a-f]{8}", "00000000", key)).status_code == 404


def test_a_secret_that_is_being_retired_still_opens_what_it_closed(folder: str, settings: Settings) -> None:
    key, (path, *_) = playlist(folder)
    before = get(folder + key).content, get(folder + path).content
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret, of no less than fifty characters, made for this test"

    assert (get(folder + key).content, get(folder + path).content) == before
    assert playlist(folder)[0] != key


def test_an_edge_is_told_of_an_object_that_is_encrypted_once(folder: str, settings: Settings) -> None:
    key, (path, *_) = playlist(folder)
    settings.DELIVERY, settings.EDGE_SECRET = "nginx", SECRET
    asked = {"HTTP_LANTERN_EDGE": SECRET, "HTTP_LANTERN_ADDRESS": folder + path}

    first, second = (get("/internal/stream-auth", **asked) for _ in range(2))

    assert first.status_code == second.status_code == 204
    assert (
        first["Lantern-Key"]
        == second["Lantern-Key"]
        != Segment.objects.get(rendition__name=NAME, number=0).key
    )
    body = objects().read_bytes(first["Lantern-Key"])
    assert str(len(body)) == first["Lantern-Size"]
    # The application answers for keys itself, and sends no segment.
    assert decrypt(body, get(folder + key).content, 0) == segment_bytes(NAME, 0)
    assert get(folder + path).status_code == 421
    assert get("/internal/stream-auth", **{**asked, "HTTP_LANTERN_ADDRESS": folder + key}).status_code == 401


def test_a_real_player_reads_it(folder: str, made: Film, tmp_path: Path) -> None:
    """ffmpeg reads the very answers, saved below one folder: every picture, and nothing without the key."""
    frames = _make_real(made, tmp_path)
    key, paths = playlist(folder)
    for path in (f"{NAME}/index.m3u8", f"{NAME}/init.mp4", key, *paths):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(get(folder + path).content)
    # The film of the test is longer than what is made of it.
    text = (tmp_path / NAME / "index.m3u8").read_text()
    (tmp_path / NAME / "index.m3u8").write_text(text + "#EXT-X-ENDLIST\n")

    assert _decoded(tmp_path / NAME / "index.m3u8") == frames

    (tmp_path / key).write_bytes(bytes(16))
    assert _decoded(tmp_path / NAME / "index.m3u8") == 0


def test_hls_js_plays_it_in_a_browser(serve: Serve, settings: Settings, tmp_path: Path) -> None:
    person = make_person(make_user("olive@example.org"), "Olive")
    film = make_film()
    make_segments(film.version, NAME)
    _make_real(film, tmp_path)
    # The test's own home, where the segments lie.
    served = serve(SEGMENT_ENCRYPTION="aes-128", VOD_HOME=str(settings.VOD_HOME))
    session = served.change("StartPlayback", person, videoId=film.id, deviceName="hls.js")["session"]
    playlist = session["manifestUrl"].replace("master.m3u8", f"{NAME}/index.m3u8")
    program = str(Path(__file__).with_name("plays_in_browser.py"))
    address = f"http://127.0.0.1:{served.port}"

    done = subprocess.run(
        [sys.executable, program, find_chromium(), address, playlist, str(HLS)],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["faults"] == []
    assert (seen["height"], seen["frames"] > 0, seen["at"] > 1, seen["buffered"] > 7) == (
        72,
        True,
        True,
        True,
    ), seen
    media = [path for path in seen["asked"] if "/stream/" in path]
    assert [path for path in media if path.endswith(".m4s") and "/aes-128/" not in path] == []
    assert any(path.endswith(f"{NAME}.key") for path in media)


def _make_real(film: Film, folder: Path) -> int:
    """The film's first two segments, and its init, become real ones; answers how many pictures they have."""
    made = folder / "made"
    made.mkdir()
    command = [
        *(
            str(find_tools().ffmpeg),
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc=size=128x72:rate=25:duration=8",
        ),
        *(
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv420p",
            "-preset",
            "ultrafast",
            "-g",
            "100",
            "-keyint_min",
            "100",
            "-sc_threshold",
            "0",
        ),
        *("-f", "hls", "-hls_time", "4", "-hls_segment_type", "fmp4", "-hls_playlist_type", "vod"),
        *("-hls_segment_filename", f"{made}/%05d.m4s", f"{made}/index.m3u8"),
    ]
    subprocess.run(command, check=True)
    objects().put_bytes(f"{film.version.key_prefix}/{NAME}/init.mp4", (made / "init.mp4").read_bytes())
    for row in Segment.objects.filter(rendition__name=NAME):
        body = (made / f"{row.number:05d}.m4s").read_bytes()
        objects().put_bytes(row.key, body)
        Segment.objects.filter(pk=row.pk).update(size_bytes=len(body))
    return 200


def _decoded(playlist: Path) -> int:
    command = [
        *(str(find_tools().ffmpeg), "-v", "quiet", "-allowed_extensions", "ALL", "-extension_picky", "0"),
        *("-i", str(playlist), "-map", "0:v:0", "-f", "framemd5", "-"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return sum(1 for line in done.stdout.splitlines() if line and not line.startswith("#"))
