"""A full disk, or a limit on files that somebody set for the worker, is no fault of the film's."""

import signal
import sys
from pathlib import Path

import pytest

from transcoding.engine.deaths import judge
from transcoding.engine.ffmpeg import Limits, NoSandbox, run
from transcoding.errors import FailureCode, MediaError

_LIMITED = """
import resource, sys
sys.path.insert(0, sys.argv[1])
from transcoding.engine.ffmpeg import Limits, NoSandbox, run
from transcoding.errors import MediaError
# After the imports: Python does not notice that what it remembers of a module was cut off.
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    run([sys.executable, "-I", "-c", sys.argv[2]], limits=Limits(file_bytes=1_000_000), sandbox=NoSandbox())
except MediaError as error:
    print(error.code, error.permanent)
"""
_WRITER = (
    "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\nopen({!r}, 'wb').write(b'x' * 10_000_000)"
)


def test_a_tool_that_finds_no_room_waits_for_some() -> None:
    with pytest.raises(MediaError) as caught:
        run(
            [sys.executable, "-I", "-c", "open('/dev/full', 'wb', buffering=0).write(b'x')"],
            limits=Limits(wall_seconds=20),
            sandbox=NoSandbox(),
        )

    assert (caught.value.code, caught.value.permanent) == (FailureCode.STORAGE_FAILED, False)


def test_a_file_limit_of_the_workers_own_is_a_full_disk(tmp_path: Path) -> None:
    script = _WRITER.format(str(tmp_path / "big"))
    completed = run(
        [sys.executable, "-c", _LIMITED, str(Path(__file__).parents[2]), script],
        limits=Limits(wall_seconds=20),
        sandbox=NoSandbox(),
    )

    assert completed.stdout.decode().split() == ["STORAGE_FAILED", "False"]


def test_a_file_limit_of_ours_is_the_films_fault() -> None:
    with pytest.raises(MediaError) as caught:
        judge(-signal.SIGXFSZ, "", program="ffmpeg", cpu_seconds=0, cpu_limit=0, kernel_killed=False)

    assert (caught.value.code, caught.value.permanent) == (FailureCode.RESOURCE_LIMIT, True)
