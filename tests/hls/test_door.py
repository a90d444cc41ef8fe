"""Hostile files that lie in a store: read through the door of the sandbox, with and without ffmpeg's own guards."""

import socket
from pathlib import Path

import pytest

from tests.hls import films
from tests.hls.conftest import MEDIA, manifest
from tests.hls.test_walls import CHART, canary, was_called
from transcoding.engine.ffmpeg import Completed, Limits, run
from transcoding.engine.sources import Remote, input_guard, input_of
from transcoding.engine.tools import Tools
from transcoding.errors import MediaError

__all__ = ["canary"]

LIMITS = Limits(wall_seconds=20, cpu_seconds=10, memory_bytes=512 * 1024**2)
ANYTHING = ("-protocol_whitelist", "file,crypto,data,tcp,udp,http,https,pipe,subfile,concat,unix")


def film(content: bytes) -> Remote:
    return Remote(len(content), lambda first, length: content[first : first + length])


def probed(tools: Tools, content: bytes, *options: str, show: str = "-show_packets") -> Completed:
    source = film(content)
    return run(
        [
            *(str(tools.ffprobe), "-hide_banner", "-loglevel", "error", *options),
            *(show, "-show_data", "-of", "json", *input_of(source)),
        ],
        limits=LIMITS,
        sandbox=tools.sandbox,
        reads=[source],
    )


@pytest.mark.parametrize(
    "entry",
    [
        "http://127.0.0.1:{port}/a.ts",
        "tcp://127.0.0.1:{port}",
        "http://127.0.0.1:8080/other.ts",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "{secret}",
        "unix:/run/anything",
    ],
)
def test_a_playlist_in_a_store_reaches_nobody_and_nothing(
    tools: Tools, tmp_path: Path, canary: socket.socket, entry: str
) -> None:
    secret = films.make(tools, tmp_path / "secret.ts", *CHART, "-c:v", "libx264", "-f", "mpegts")
    named = entry.format(port=canary.getsockname()[1], secret=secret)
    content = f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10.0,\n{named}\n#EXT-X-ENDLIST\n".encode()
    options = ("-allowed_extensions", "ALL", "-extension_picky", "0", "-f", "hls")

    unguarded = probed(tools, content, *ANYTHING, *options)

    assert b'"data"' not in unguarded.stdout
    assert not was_called(canary)
    guarded = probed(tools, content, *input_guard(film(content)))
    assert guarded.returncode != 0
    assert b'"data"' not in guarded.stdout


def test_the_bait_is_good(tools: Tools, tmp_path: Path) -> None:
    """A playlist that names the film behind the door itself is one that the tool follows."""
    secret = films.make(tools, tmp_path / "secret.ts", *CHART, "-c:v", "libx264", "-f", "mpegts").read_bytes()
    playlist = (
        b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10.0,\nhttp://127.0.0.1:8080/film\n#EXT-X-ENDLIST\n"
    )
    answers = iter([playlist])
    # At first a playlist, and a film whenever it is asked for again.
    source = Remote(len(secret), lambda first, length: next(answers, secret[first : first + length]))

    completed = run(
        [
            *(str(tools.ffprobe), "-hide_banner", "-loglevel", "error", *ANYTHING),
            *("-allowed_extensions", "ALL", "-extension_picky", "0", "-f", "hls"),
            *("-show_packets", "-show_data", "-of", "json", *input_of(source)),
        ],
        limits=LIMITS,
        sandbox=tools.sandbox,
        reads=[source],
    )

    assert b'"data"' in completed.stdout


def test_no_shared_hostile_file_reaches_anybody_from_a_store(tools: Tools, canary: socket.socket) -> None:
    for line in manifest("bad"):
        content = (MEDIA / line["path"]).read_bytes()
        try:
            completed = probed(tools, content, *ANYTHING, "-allowed_extensions", "ALL", show="-show_format")
        except MediaError:
            continue
        assert b"root:" not in completed.stdout, line["path"]
    assert not was_called(canary)
