"""What the end of a tool means, and what is known of this machine's memory."""

import signal
from pathlib import Path

import pytest

from transcoding.engine.deaths import judge
from transcoding.engine.memory import memory_share, oom_kills
from transcoding.errors import FailureCode, KilledFromOutside, MediaError

GIB = 1024**3


def end(
    status: int, tail: str = "", *, program: str = "/x/ffmpeg", spent: float = 1, kernel: bool = False
) -> None:
    judge(status, tail, program=program, cpu_seconds=spent, cpu_limit=10, kernel_killed=kernel)


def verdict(status: int, tail: str = "", **options: object) -> tuple[FailureCode, bool]:
    """Code of the failure, and whether it is for good."""
    with pytest.raises(MediaError) as caught:
        end(status, tail, **options)  # type: ignore[arg-type]
    return caught.value.code, caught.value.permanent


@pytest.mark.parametrize("status", [0, 1, 8, 69, 183, 234, 254, -signal.SIGPIPE])
def test_an_end_of_its_own_is_the_callers_to_judge(status: int) -> None:
    end(status, "Invalid data found")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_kill_that_nobody_here_sent_came_from_outside(number: signal.Signals) -> None:
    with pytest.raises(KilledFromOutside) as caught:
        end(-number)

    assert caught.value.signal_name == number.name


@pytest.mark.parametrize("tail", ["", "[h264] error while decoding MB 3 4"])
def test_ffmpeg_catches_a_polite_kill_and_ends_with_255(tail: str) -> None:
    with pytest.raises(KilledFromOutside):
        end(255, tail, program="/somewhere/ffmpeg-linux-x86_64-v9.0.2")


@pytest.mark.parametrize(
    ("program", "tail"), [("/usr/bin/ffprobe", ""), ("/usr/bin/ffmpeg", "film.mp4: Operation not permitted")]
)
def test_255_for_what_is_not_permitted_or_of_another_tool_is_no_kill(program: str, tail: str) -> None:
    end(255, tail, program=program)


def test_the_kernels_kill_for_want_of_memory_is_no_kill_from_outside() -> None:
    assert verdict(-signal.SIGKILL, kernel=True) == (FailureCode.RESOURCE_LIMIT, False)


@pytest.mark.parametrize(
    "tail",
    [
        "[hls] parse_playlist error Cannot allocate memory",
        "x264 [error]: malloc of size 12345 failed",
        "terminate called after throwing an instance of 'std::bad_alloc'",
    ],
)
@pytest.mark.parametrize("status", [1, 244, -signal.SIGABRT, -signal.SIGSEGV])
def test_memory_that_was_refused_may_be_there_another_time(status: int, tail: str) -> None:
    assert verdict(status, tail) == (FailureCode.RESOURCE_LIMIT, False)


@pytest.mark.parametrize(
    ("status", "spent"),
    [(-signal.SIGXCPU, 10), (-signal.SIGXFSZ, 1), (-signal.SIGKILL, 15), (255, 10.1)],
    ids=["time", "size", "time, and deaf to it", "time, caught by ffmpeg"],
)
def test_what_another_start_would_need_again_is_for_good(status: int, spent: float) -> None:
    assert verdict(status, spent=spent) == (FailureCode.RESOURCE_LIMIT, True)


def lay(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.mark.parametrize(
    ("groups", "limits", "share"),
    [
        ("0::/\n", {}, 12 * GIB),
        ("0::/box/unit\n", {"box__unit__memory_DOT_max": "max\n"}, 12 * GIB),
        ("0::/box/unit\n", {"box__unit__memory_DOT_max": f"{4 * GIB}\n"}, 3 * GIB),
        (
            "0::/box/unit\n",
            {"box__unit__memory_DOT_max": "max\n", "box__memory_DOT_max": f"{8 * GIB}\n"},
            6 * GIB,
        ),
        ("0::/../host/path\n", {"memory_DOT_max": f"{2 * GIB}\n"}, 1.5 * GIB),
        ("4:memory:/box\n0::/\n", {"memory__box__memory_DOT_limit_in_bytes": f"{GIB}\n"}, 0.75 * GIB),
        ("4:memory:/on/host\n", {"memory__memory_DOT_limit_in_bytes": f"{GIB}\n"}, 0.75 * GIB),
        ("4:memory:/\n", {"memory__memory_DOT_limit_in_bytes": "9223372036854771712\n"}, 12 * GIB),
    ],
)
def test_a_call_gets_three_quarters_of_what_the_machine_or_its_group_has(
    tmp_path: Path, groups: str, limits: dict[str, str], share: float
) -> None:
    proc = lay(tmp_path / "proc", meminfo=f"MemTotal: {16 * 1024**2} kB\n", self__cgroup=groups)
    cgroup = lay(tmp_path / "cgroup", **limits)

    assert memory_share(proc=proc, cgroup=cgroup) == share


def test_kills_for_want_of_memory_are_counted_wherever_they_are_told(tmp_path: Path) -> None:
    proc = lay(tmp_path / "proc", vmstat="nr_free_pages 1\noom_kill 3\n", self__cgroup="0::/box\n")
    cgroup = lay(tmp_path / "cgroup", box__memory_DOT_events="low 0\noom 2\noom_kill 1\n")
    before = oom_kills(proc=proc, cgroup=cgroup)

    assert oom_kills(proc=proc, cgroup=cgroup) == before
    lay(tmp_path / "cgroup", box__memory_DOT_events="low 0\noom 3\noom_kill 2\n")
    assert oom_kills(proc=proc, cgroup=cgroup) != before


def test_this_machine_has_memory() -> None:
    assert memory_share() > GIB / 4
