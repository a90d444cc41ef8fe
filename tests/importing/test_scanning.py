"""What is found below a folder, and what is left out and why."""

import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.importing.reasons import Reason
from catalog.importing.scanning import Scan, natural, scan


def lay(root: Path, *paths: str, size: int = 10) -> None:
    for name in paths:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
        os.utime(path, (1_700_000_000, 1_700_000_000))


def look(root: Path, *, follow_symlinks: bool = False) -> Scan:
    return scan(root, follow_symlinks=follow_symlinks, wait=lambda _seconds: None)


def paths(found: Scan) -> list[str]:
    return [file.path for file in found.files]


def reasons(found: Scan) -> dict[str, Reason]:
    return {one.path: one.reason for one in found.left_out}


def test_files_come_in_the_order_in_which_a_person_counts(tmp_path: Path) -> None:
    lay(tmp_path, "Show 10.mkv", "Show 2.mkv", "a/Film.mkv")

    assert paths(look(tmp_path)) == ["a/Film.mkv", "Show 2.mkv", "Show 10.mkv"]


def test_each_file_that_is_no_use_has_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(
        tmp_path,
        *("Film.mkv", "notes.txt", ".hidden.mkv", ".folder/Film.mkv", "@eaDir/Film.mkv", "loading.mkv.part"),
        *("torrent.mkv", "torrent.mkv.aria2", "disc/VIDEO_TS/VTS_01_1.VOB", "Film.idx"),
    )
    lay(tmp_path, "empty.mkv", size=0)
    os.mkfifo(tmp_path / "pipe.mkv")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("door.mkv")

    found = look(tmp_path)

    assert paths(found) == ["Film.mkv"]
    assert reasons(found) == {
        "notes.txt": Reason.NO_VIDEO,
        ".hidden.mkv": Reason.HIDDEN,
        ".folder/": Reason.HIDDEN,
        "@eaDir/": Reason.HIDDEN,
        "loading.mkv.part": Reason.PARTIAL,
        "torrent.mkv": Reason.PARTIAL,
        "torrent.mkv.aria2": Reason.PARTIAL,
        "disc/VIDEO_TS/": Reason.DISC,
        "Film.idx": Reason.PICTURE_SUBTITLES,
        "empty.mkv": Reason.EMPTY,
        "pipe.mkv": Reason.SPECIAL,
        "door.mkv": Reason.SPECIAL,
    }


def test_a_sample_lies_beside_its_film(tmp_path: Path) -> None:
    lay(tmp_path, "a/film-sample.mkv", "b/Sample.mkv", "c/Sample/c.mkv")
    lay(tmp_path, "a/film.mkv", "c/c.mkv", size=1000)

    found = look(tmp_path)

    assert paths(found) == ["a/film.mkv", "b/Sample.mkv", "c/c.mkv"]
    assert set(reasons(found).values()) == {Reason.SAMPLE}


def test_links_are_followed_only_where_that_is_asked_and_never_round_and_round(tmp_path: Path) -> None:
    lay(tmp_path, "root/a/Film.mkv", "outside/Other.mkv")
    root = tmp_path / "root"
    (root / "a" / "up").symlink_to(root)
    (root / "away").symlink_to(tmp_path / "outside")
    (root / "nowhere.mkv").symlink_to(tmp_path / "nothing")
    (root / "itself.mkv").symlink_to(root / "itself.mkv")

    assert paths(look(root)) == ["a/Film.mkv"]
    assert set(reasons(look(root)).values()) == {Reason.SYMLINK}
    followed = look(root, follow_symlinks=True)
    assert paths(followed) == ["a/Film.mkv", "away/Other.mkv"]
    assert reasons(followed) == {
        "a/up/": Reason.LOOP,
        "nowhere.mkv": Reason.UNREADABLE,
        "itself.mkv": Reason.UNREADABLE,
    }


def test_a_name_that_is_not_utf_8_is_told_and_stops_nothing(tmp_path: Path) -> None:
    lay(tmp_path, "Film.mkv")
    (tmp_path / os.fsdecode(b"caf\xe9 (1999).mkv")).write_bytes(b"x")

    found = look(tmp_path)

    assert paths(found) == ["Film.mkv"]
    assert list(reasons(found).values()) == [Reason.UNREADABLE_NAME]


def test_a_file_that_grows_while_it_is_looked_at_is_still_being_written(tmp_path: Path) -> None:
    lay(tmp_path, "old.mkv")
    for name in ("growing.mkv", "whole.mkv"):
        (tmp_path / name).write_bytes(b"x")

    def wait(_seconds: float) -> None:
        with (tmp_path / "growing.mkv").open("ab") as file:
            file.write(b"more")

    found = scan(tmp_path, wait=wait)

    assert paths(found) == ["old.mkv", "whole.mkv"]
    assert reasons(found) == {"growing.mkv": Reason.STILL_WRITTEN}


@pytest.fixture
def others_folder() -> Iterator[Path]:
    """A folder of this account; while a test runs, the account is one that may read everything no more."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        os.seteuid(os.getuid())


def test_what_may_not_be_read_is_told(others_folder: Path) -> None:
    lay(others_folder, "shut.mkv", "room/Film.mkv")
    (others_folder / "shut.mkv").chmod(0)
    (others_folder / "room").chmod(0)
    if os.getuid() == 0:
        os.seteuid(65534)

    found = look(others_folder)

    os.seteuid(os.getuid())
    (others_folder / "room").chmod(0o700)
    assert reasons(found) == {"shut.mkv": Reason.UNREADABLE, "room/": Reason.UNREADABLE}
    assert found.blind == ["room"]


def test_a_folder_too_deep_is_not_entered(tmp_path: Path) -> None:
    lay(tmp_path, "/".join(["d"] * 40) + "/Film.mkv")

    assert set(reasons(look(tmp_path)).values()) == {Reason.TOO_DEEP}


def test_long_numbers_are_names() -> None:
    assert natural("9" * 5000 + ".mkv") > natural("1.mkv")
