"""The seccomp profile of workers: what bubblewrap needs, and nothing that Docker's own refuses beside it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.confined import rules
from transcoding.engine.sandbox import SandboxMode
from transcoding.engine.tools import find_tools

ROOT = Path(__file__).resolve().parents[2]
PROFILE = ROOT / "deploy" / "seccomp" / "worker.json"
# CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET (clone(2)): Docker's default lets a clone have none.
_NAMESPACES = 0x7E020000
_FOR_BUBBLEWRAP = {"clone", "mount", "pivot_root", "sethostname", "setns", "umount2", "unshare"}
# What Docker's documentation of its default names as blocked, and has a history of holes or changes the machine.
_NEVER = {
    *(
        "acct",
        "add_key",
        "bpf",
        "clock_adjtime",
        "clock_settime",
        "delete_module",
        "finit_module",
        "init_module",
    ),
    *("io_uring_enter", "io_uring_register", "io_uring_setup", "ioperm", "iopl", "kcmp", "kexec_file_load"),
    *("kexec_load", "keyctl", "lookup_dcookie", "mbind", "move_pages", "nfsservctl", "open_by_handle_at"),
    *(
        "perf_event_open",
        "process_vm_readv",
        "process_vm_writev",
        "ptrace",
        "quotactl",
        "reboot",
        "request_key",
    ),
    *(
        "settimeofday",
        "swapoff",
        "swapon",
        "syslog",
        "umount",
        "uselib",
        "userfaultfd",
        "ustat",
        "vhangup",
    ),
    *("fsconfig", "fsmount", "fsopen", "fspick", "mount_setattr", "move_mount", "open_tree", "fanotify_init"),
}


@pytest.fixture(scope="module")
def ours() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(PROFILE.read_text(encoding="utf-8"))
    return found


def as_docker_has_it(profile: dict[str, Any]) -> dict[str, Any]:
    """Ours without what it adds for bubblewrap: a clone makes processes and threads, no namespaces."""
    plain = [entry for entry in profile["syscalls"] if set(entry["names"]) != _FOR_BUBBLEWRAP]
    assert len(plain) == len(profile["syscalls"]) - 1
    clone = {
        "names": ["clone"],
        "action": "SCMP_ACT_ALLOW",
        "args": [{"index": 0, "value": _NAMESPACES, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}],
    }
    return {**profile, "syscalls": [*plain, clone]}


def tried(profile: Path, folder: Path) -> str:
    ffmpeg = find_tools(None, None, sandbox=SandboxMode.OFF).ffmpeg
    done = subprocess.run(
        [sys.executable, "-m", "tests.deploy.confined", str(profile), str(ffmpeg), str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_under_it_an_unprivileged_process_encodes_in_a_sandbox_that_holds(tmp_path: Path) -> None:
    assert tried(PROFILE, tmp_path) == "works, sealed, by range"


def test_under_dockers_own_it_has_none(ours: dict[str, Any], tmp_path: Path) -> None:
    stock = tmp_path / "stock.json"
    over = tmp_path / "over"
    over.mkdir()
    stock.write_text(json.dumps(as_docker_has_it(ours)))

    assert "bubblewrap may not make namespaces here" in tried(stock, over)


def test_nothing_is_let_through_that_could_hurt_the_machine(ours: dict[str, Any]) -> None:
    allowed = {
        name for entry in ours["syscalls"] if entry["action"] == "SCMP_ACT_ALLOW" for name in entry["names"]
    }

    assert ours["defaultAction"] == "SCMP_ACT_ERRNO"
    assert allowed & _NEVER == set()
    assert {name for _, name, conditions in rules(ours) if conditions} == {"socket", "personality"}
    # 32-bit calls, which have other numbers, do not get in by another door.
    assert all(not entry["subArchitectures"] for entry in ours["archMap"])
