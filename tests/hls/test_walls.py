"""Layer two by itself: the guards of ffmpeg taken off, hostile files still get nothing."""

import os
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engine.processes import with_word
from tests.hls import films
from tests.hls.conftest import MEDIA
from transcoding.engine import sandbox as sandboxes
from transcoding.engine.factory import transcode
from transcoding.engine.ffmpeg import Completed, Limits, NoSandbox, ShouldStop, quiet_options, run
from transcoding.engine.sandbox import Bubblewrap, SandboxMode, choose_sandbox, try_sandbox
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, KilledFromOutside, MediaError

LIMITS = Limits(wall_seconds=60, cpu_seconds=20)
SMALL = Limits(wall_seconds=60, cpu_seconds=10, memory_bytes=512 * 1024**2)
CHART = ("-f", "lavfi", "-i", "testsrc2=size=64x36:rate=25:duration=1")
WORDS = re.compile(rb"alert\(|DROP TABLE|onerror|7\*7|<script|\xe2\x80\xae")


def unguarded(
    tools: Tools,
    source: Path,
    *options: str,
    limits: Limits = LIMITS,
    also: tuple[Path, ...] = (),
    should_stop: ShouldStop = None,
) -> Completed:
    """ffprobe decodes what it finds, with every protocol and container allowed to it."""
    anything = ("-protocol_whitelist", "file,crypto,data,tcp,http,https,pipe,subfile,concat")
    return run(
        [
            *(str(tools.ffprobe), "-hide_banner", "-loglevel", "error", *anything, *options),
            *("-show_packets", "-show_data", "-of", "json", "-i", f"file:{source}"),
        ],
        limits=limits,
        sandbox=tools.sandbox,
        reads=[source, *also],
        should_stop=should_stop,
    )


@pytest.fixture
def canary() -> Iterator[socket.socket]:
    """Somebody on loopback who must not be called."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.3)
        yield listener


@pytest.fixture
def secret(tools: Tools, tmp_path: Path) -> Path:
    """A film of somebody else's, beside the hostile file."""
    return films.make(tools, tmp_path / "secret.ts", *CHART, "-c:v", "libx264", "-f", "mpegts")


def playlist(target: Path, entry: str) -> Path:
    target.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10.0,\n{entry}\n#EXT-X-ENDLIST\n")
    return target


def test_films_are_opened_in_the_sandbox_here(tools: Tools) -> None:
    assert isinstance(tools.sandbox, Bubblewrap)


@pytest.mark.parametrize("form", ["{}", "file:{}", "file://{}"])
def test_a_playlist_cannot_name_another_file(tools: Tools, tmp_path: Path, secret: Path, form: str) -> None:
    source = playlist(tmp_path / "film.m3u8", form.format(secret))

    # The bait is good: where both are given, the film is read.
    both = unguarded(tools, source, "-allowed_extensions", "ALL", also=(secret,))
    alone = unguarded(tools, source, "-allowed_extensions", "ALL")

    assert b'"data"' in both.stdout
    assert b'"data"' not in alone.stdout


def test_a_concat_script_cannot_name_another_file(tools: Tools, tmp_path: Path, secret: Path) -> None:
    source = tmp_path / "film.mp4"
    source.write_text(f"ffconcat version 1.0\nfile {secret.name}\nfile {secret}\nfile /etc/passwd\n")

    both = unguarded(tools, source, "-safe", "0", "-f", "concat", also=(secret,))
    alone = unguarded(tools, source, "-safe", "0", "-f", "concat")

    assert b'"data"' in both.stdout
    assert b'"data"' not in alone.stdout
    assert "No such file or directory" in alone.tail


def test_a_playlist_cannot_call_anybody(tools: Tools, tmp_path: Path, canary: socket.socket) -> None:
    port = canary.getsockname()[1]
    source = playlist(tmp_path / "film.m3u8", f"http://127.0.0.1:{port}/a.ts")

    unguarded(tools, source, "-allowed_extensions", "ALL")

    assert not was_called(canary)
    # The bait is good: without walls it calls.
    with pytest.raises(MediaError) as caught:
        unguarded(
            replace(tools, sandbox=NoSandbox()),
            source,
            "-allowed_extensions",
            "ALL",
            should_stop=lambda: was_called(canary),
        )
    assert caught.value.code is FailureCode.CANCELLED


def was_called(canary: socket.socket) -> bool:
    try:
        canary.accept()[0].close()
    except TimeoutError:
        return False
    return True


def test_a_picture_that_unfolds_is_stopped_by_the_limits(tools: Tools, tmp_path: Path) -> None:
    source = films.make(
        tools, tmp_path / "bomb.png", "-f", "lavfi", "-i", "color=black:size=16000x16000:rate=1,format=monob",
        "-frames:v", "1", "-c:v", "png",
    )  # fmt: skip
    with pytest.raises(MediaError) as caught:
        run(
            [
                *(str(tools.ffmpeg), "-v", "error", "-threads", "1", "-i", f"file:{source}"),
                *("-vf", "format=rgb48", "-f", "null", "-"),
            ],
            limits=SMALL,
            sandbox=tools.sandbox,
            reads=[source],
        )

    assert caught.value.code is FailureCode.RESOURCE_LIMIT
    assert not caught.value.permanent


def test_a_playlist_that_names_itself_ends_by_a_limit(tools: Tools, tmp_path: Path) -> None:
    source = tmp_path / "loop.m3u8"
    source.write_text(f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWITH=1\n{source.name}\n")
    try:
        completed = unguarded(tools, source, limits=SMALL)
    except MediaError as error:
        assert error.code in (FailureCode.RESOURCE_LIMIT, FailureCode.TIMEOUT)
    else:
        assert completed.returncode != 0


def test_a_shared_hostile_file_reads_nothing_without_the_guards(
    tools: Tools, bad_line: dict[str, str]
) -> None:
    source = MEDIA / bad_line["path"]

    try:
        completed = unguarded(tools, source, "-allowed_extensions", "ALL", limits=SMALL)
    except MediaError as error:
        assert error.code in (FailureCode.RESOURCE_LIMIT, FailureCode.TIMEOUT, FailureCode.ENCODER_FAILED)
    else:
        assert b"root:" not in completed.stdout


def test_nothing_a_container_says_gets_into_an_output(tools: Tools, tmp_path: Path) -> None:
    evil = "\"><script>alert(1)</script>{{7*7}}'; DROP TABLE films;--"
    chapters = tmp_path / "chapters"
    chapters.write_text(f";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=3000\ntitle={evil}\n")
    tags = [f"{key}={evil}" for key in ("title", "artist", "comment", "encoder")]
    source = films.make(
        tools, tmp_path / "film.mkv",
        *("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=3", "-f", "lavfi", "-i", "sine=duration=3"),
        *("-i", str(chapters), "-map", "0", "-map", "1", "-map_metadata", "2", "-map_chapters", "2"),
        *(part for tag in tags for part in ("-metadata", tag)),
        *("-metadata:s:v", f"title={evil}", "-metadata:s:a", f"handler_name={evil}"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"),
    )  # fmt: skip
    assert WORDS.search(source.read_bytes())

    transcode(source, tmp_path / "out", tools=tools)

    assert names_with_words(tmp_path / "out") == []


def test_nothing_a_shared_container_says_gets_into_an_output(
    tools: Tools, tmp_path: Path, hostile_line: dict[str, str]
) -> None:
    source = MEDIA / hostile_line["path"]
    assert WORDS.search(source.read_bytes())

    transcode(source, tmp_path / "out", tools=tools)

    assert names_with_words(tmp_path / "out") == []


def names_with_words(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".mp4", ".m4s", ".jpg", ".vtt", ".m3u8"}
    return [path.name for path in files if WORDS.search(path.read_bytes())]


@pytest.mark.parametrize(
    "walls", [True, False], ids=["bubblewrap", "a program of that name that hides nothing"]
)
def test_a_sandbox_is_trusted_only_after_it_held(
    tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, walls: bool
) -> None:
    monkeypatch.setattr(sandboxes, "_proved", {})
    monkeypatch.setattr(sandboxes, "_refused", {})
    if not walls:
        fake = tmp_path / "bwrap"
        fake.write_text('#!/bin/sh\nwhile [ "$1" != "--" ]; do shift; done\nshift\nexec "$@"\n')
        fake.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    sandbox, reason = try_sandbox(tools.ffmpeg)

    if walls:
        assert (type(sandbox), reason) == (Bubblewrap, "")
    else:
        assert (sandbox, reason) == (None, "a tool in the sandbox could read a file that was not given to it")
        with pytest.raises(MediaError):
            choose_sandbox(SandboxMode.REQUIRED, tools.ffmpeg)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL, signal.SIGHUP])
def test_an_encoder_that_somebody_kills_is_not_blamed(
    tools: Tools, tmp_path: Path, number: signal.Signals
) -> None:
    target = tmp_path / "out.mp4"
    chart = ("-re", "-f", "lavfi", "-i", "testsrc2=size=64x36:rate=25:duration=60")

    def kill(line: str) -> None:
        if line == "progress=continue":
            with suppress(ProcessLookupError, IndexError):
                os.kill(with_word(str(target))[-1], number)

    with pytest.raises(KilledFromOutside):
        run(
            [str(tools.ffmpeg), *quiet_options(), *chart, "-c:v", "libx264", str(target)],
            limits=LIMITS,
            sandbox=tools.sandbox,
            writes=[tmp_path],
            on_line=kill,
        )
