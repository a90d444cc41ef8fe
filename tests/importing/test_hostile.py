"""Names and contents that mean harm stop nothing, and reach neither a command nor a page as they are."""

import os
from pathlib import Path

import pytest

from catalog.importing.reasons import Reason
from catalog.management.import_report import report_lines
from catalog.models import ImportedFile, Title
from tests.importing.conftest import OLD, Import, Lay
from transcoding.models import Asset

NAMES = [
    "-i (1999).mkv",
    "--help (2000).mkv",
    "$(touch x); `id` (2001).mkv",
    "new\nline\x1b[31m (2002).mkv",
    "\u202egnp.\u202c turned (2003).mkv",
    "..(2004).mkv",
    "...mkv",
    "x" * 251 + ".mkv",
    "é" * 120 + " (2005).mkv",
    "concat:a|b (2006).mkv",
    "%s%n{0}{{}} (2007).mkv",
    "\U0010ffff\ue000 (2008).mkv",
    "S01E01" * 40 + ".mkv",
    "1x1x1x1x1x1x1-2-3-4-5-6-7 (2009).mkv",
    "[[[[(((( (2010).mkv",
]


def unread(folder: Path) -> dict[str, tuple[int, ...]]:
    """What of files changes when anything is done to them but reading."""
    facts = {entry.name: entry.stat() for entry in os.scandir(folder)}
    return {
        name: (one.st_ctime_ns, one.st_mtime_ns, one.st_size, one.st_nlink) for name, one in facts.items()
    }


def test_no_name_stops_the_others(lay: Lay, bring: Import, library: Path) -> None:
    lay("Film (1999).mkv", *NAMES)
    (library / os.fsdecode(b"\xff\xfe (2011).mkv")).write_bytes(b"x")
    before = unread(library)

    report = bring()

    accounted = {line.path for line in report.lines} | {one.path for one in report.left_out}
    assert accounted == unread(library).keys()
    assert Title.objects.filter(name="Film").exists()
    assert report.films_queued == Asset.objects.count() >= 10
    assert unread(library) == before
    text = "\n".join(report_lines(report))
    assert not any(sign in text for sign in "\x1b\u202e\u202c\r")
    for title in Title.objects.all():
        assert not any(sign in title.name for sign in "\x1b\n\u202e")
    assert not any(str(library) in row.path for row in ImportedFile.objects.all())
    assert bring().lines == []


def test_files_that_are_not_what_their_names_say_are_left_out(lay: Lay, bring: Import, library: Path) -> None:
    lay("Film (1999).mkv", "Text (2000).mkv")
    lay(
        **{
            "Text (2000).mkv": "#EXTM3U\nfile:///etc/passwd\n",
            "Film (1999).en.srt": b"\x00" * 5000,
            "Film (1999)-poster.jpg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "Film (1999).nfo": '<!DOCTYPE a [<!ENTITY b "c">]><movie><title>&b;</title></movie>',
        }
    )

    report = bring()

    assert report.films_queued == 1
    assert {one.path: one.reason for one in report.left_out} == {
        "Text (2000).mkv": Reason.NO_VIDEO,
        "Film (1999).en.srt": Reason.SUBTITLES,
        "Film (1999)-poster.jpg": Reason.PICTURE,
        "Film (1999).nfo": Reason.NFO,
    }
    assert all(one.sentence for one in report.left_out)


def test_a_film_that_changes_while_it_is_copied_is_left_for_the_next_time(
    lay: Lay, bring: Import, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lay("Film (1999).mkv")
    lay("Other (2000).mkv")
    copy = os.copy_file_range

    def slow_copy(source: int, target: int, count: int) -> int:
        if Path(f"/proc/self/fd/{source}").readlink() == path:
            os.utime(path, (OLD + 5, OLD + 5))
        return copy(source, target, count)

    monkeypatch.setattr(os, "copy_file_range", slow_copy)

    report = bring()

    assert [(one.path, one.reason) for one in report.left_out] == [("Film (1999).mkv", Reason.STILL_WRITTEN)]
    assert Asset.objects.count() == 1
    monkeypatch.undo()
    assert bring().films_queued == 1
    assert Title.objects.count() == 2
