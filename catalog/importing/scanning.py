"""Finding the files below a folder that may be films or belong to one. Nothing is opened, and nothing is changed."""

import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from posixpath import basename, splitext

from catalog.importing.reasons import LeftOut, Reason, left_out
from catalog.importing.wording import is_readable

MOST_DEEP = 32
MOST_FILES = 1_000_000
#: What was changed within the last `YOUNG` seconds is looked at again after `PAUSE`.
YOUNG = 15.0
PAUSE = 2.0

_VIDEO = frozenset(
    {".3g2", ".3gp", ".asf", ".avi", ".divx", ".f4v", ".flv", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4"}
    | {".mpeg", ".mpg", ".mts", ".mxf", ".ogm", ".ogv", ".qt", ".ts", ".vob", ".webm", ".wmv"}
)
_SUBTITLES = frozenset({".ass", ".dfxp", ".srt", ".ssa", ".ttml", ".vtt"})
_PICTURE_SUBTITLES = frozenset({".idx", ".smi", ".sub", ".sup", ".usf"})
_PICTURES = frozenset({".avif", ".jpeg", ".jpg", ".png", ".tbn", ".webp"})
_PARTIAL = frozenset(
    {
        ".!qb",
        ".!ut",
        ".aria2",
        ".crdownload",
        ".download",
        ".filepart",
        ".opdownload",
        ".part",
        ".partial",
        ".tmp",
    }
)
_SYSTEM = frozenset({"@eadir", "#recycle", "$recycle.bin", "lost+found", "system volume information"})
_DISC = frozenset({"video_ts", "bdmv", "audio_ts", "certificate"})
_EFFECTIVE = os.access in os.supports_effective_ids
_SAMPLE_STEM = re.compile(r"(?:.*[-._ ])?sample\Z|sample[-._ ].*", re.IGNORECASE)
_SAMPLE_FOLDERS = frozenset({"sample", "samples"})


class FileKind(Enum):
    VIDEO = "video"
    SUBTITLES = "subtitles"
    PICTURE = "picture"
    NFO = "nfo"


@dataclass(frozen=True, slots=True)
class Found:
    """A file below the root: its path with forward slashes, bytes, and time of its last change (ns since 1970)."""

    path: str
    kind: FileKind
    size: int
    modified_ns: int

    @property
    def folder(self) -> str:
        """The folder's path below the root; empty for the root itself."""
        return self.path.rpartition("/")[0]

    @property
    def stem(self) -> str:
        return splitext(basename(self.path))[0]


@dataclass(slots=True)
class Scan:
    """`blind` are folders that could not be looked into: nothing is known of what lies below them."""

    files: list[Found] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    blind: list[str] = field(default_factory=list)


def scan(
    root: Path,
    *,
    follow_symlinks: bool = False,
    wait: Callable[[float], None] = time.sleep,
    now: Callable[[], float] = time.time,
) -> Scan:
    """All files below `root`, in the order of their names. Raises OSError where the root itself cannot be read."""
    walk = _Walk(root, follow_symlinks)
    walk.look(Path(root), "", 0)
    found = walk.scan
    _leave_samples(found)
    _leave_unfinished(found, root, wait, now)
    found.files.sort(key=lambda file: natural(file.path))
    found.left_out.sort(key=lambda one: natural(one.path))
    return found


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """The order in which a person counts: 2 before 10."""
    return tuple(
        (0, int(part), "") if part.isdecimal() and part.isascii() and len(part) < 19 else (1, 0, part)
        for part in re.split(r"(\d+)", text.casefold())
        if part
    )


class _Walk:
    def __init__(self, root: Path, follow_symlinks: bool) -> None:
        self.root = root
        self.follow = follow_symlinks
        self.scan = Scan()
        self._seen: set[tuple[int, int]] = set()

    def look(self, folder: Path, path: str, depth: int) -> None:
        here = folder.stat()
        self._seen.add((here.st_dev, here.st_ino))
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            if not path:
                raise
            self.scan.blind.append(path)
            self._leave(path + "/", Reason.UNREADABLE)
            return
        for entry in entries:
            self._entry(entry, f"{path}/{entry.name}" if path else entry.name, depth)

    def _entry(self, entry: os.DirEntry[str], path: str, depth: int) -> None:
        name = entry.name
        try:
            linked = entry.is_symlink()
            is_folder = entry.is_dir(follow_symlinks=self.follow)
            facts = entry.stat(follow_symlinks=self.follow)
        except OSError:
            self._leave(path, Reason.UNREADABLE)
            return
        end = "/" if is_folder else ""
        if not is_readable(name):
            self._leave(path + end, Reason.UNREADABLE_NAME)
            self.scan.blind += [path] if is_folder else []
        elif name.startswith(".") or name.casefold() in _SYSTEM:
            self._leave(path + end, Reason.HIDDEN)
        elif linked and not self.follow:
            self._leave(path, Reason.SYMLINK)
        elif is_folder and name.casefold() in _DISC:
            self._leave(path + end, Reason.DISC)
        elif is_folder and depth + 1 >= MOST_DEEP:
            self._leave(path + end, Reason.TOO_DEEP)
            self.scan.blind.append(path)
        elif is_folder and (facts.st_dev, facts.st_ino) in self._seen:
            self._leave(path + end, Reason.LOOP)
        elif is_folder:
            self.look(Path(entry.path), path, depth + 1)
        else:
            self._file(Path(entry.path), path, facts)

    def _file(self, place: Path, path: str, facts: os.stat_result) -> None:
        kind = kind_of(path)
        if not stat.S_ISREG(facts.st_mode):
            self._leave(path, Reason.SPECIAL)
        elif isinstance(kind, Reason):
            self._leave(path, kind)
        elif facts.st_size == 0:
            self._leave(path, Reason.EMPTY)
        elif not os.access(place, os.R_OK, effective_ids=_EFFECTIVE):
            self._leave(path, Reason.UNREADABLE)
        else:
            self.scan.files.append(Found(path, kind, facts.st_size, facts.st_mtime_ns))
        if len(self.scan.files) + len(self.scan.left_out) > MOST_FILES:
            raise OSError(f"There are more than {MOST_FILES:,} files here. Import its folders one by one.")

    def _leave(self, path: str, reason: Reason) -> None:
        self.scan.left_out.append(left_out(path, reason))


def kind_of(path: str) -> FileKind | Reason:
    """What a file is by the end of its name, or why it is nothing."""
    end = splitext(path)[1].lower()
    if end in _VIDEO:
        return FileKind.VIDEO
    if end in _SUBTITLES:
        return FileKind.SUBTITLES
    if end in _PICTURES:
        return FileKind.PICTURE
    if end == ".nfo":
        return FileKind.NFO
    if end in _PARTIAL:
        return Reason.PARTIAL
    return Reason.PICTURE_SUBTITLES if end in _PICTURE_SUBTITLES else Reason.NO_VIDEO


def _leave_samples(scan: Scan) -> None:
    """A sample lies beside a film or in a folder of its own; a film of that name is alone and larger than any."""
    videos = [file for file in scan.files if file.kind is FileKind.VIDEO]
    largest: dict[str, int] = {}
    for file in videos:
        largest[file.folder] = max(largest.get(file.folder, 0), file.size)
    samples = {
        file.path
        for file in videos
        if basename(file.folder).casefold() in _SAMPLE_FOLDERS
        or (_SAMPLE_STEM.fullmatch(file.stem) and file.size < largest[file.folder])
    }
    scan.files = [file for file in scan.files if file.path not in samples]
    scan.left_out += [left_out(path, Reason.SAMPLE) for path in samples]


def _leave_unfinished(
    scan: Scan, root: Path, wait: Callable[[float], None], now: Callable[[], float]
) -> None:
    names = {one.path for one in scan.left_out if one.reason is Reason.PARTIAL}
    moment = now()
    young = [file for file in scan.files if 0 <= moment - file.modified_ns / 1e9 < YOUNG]
    if young:
        wait(PAUSE)
    changed = set(_changed(young, root))
    kept = []
    for file in scan.files:
        if any(file.path + end in names for end in (".aria2", ".part")):
            scan.left_out.append(left_out(file.path, Reason.PARTIAL))
        elif file.path in changed:
            scan.left_out.append(left_out(file.path, Reason.STILL_WRITTEN))
        else:
            kept.append(file)
    scan.files = kept


def _changed(files: list[Found], root: Path) -> Iterator[str]:
    for file in files:
        try:
            facts = (root / file.path).stat()
        except OSError:
            yield file.path
        else:
            if (facts.st_size, facts.st_mtime_ns) != (file.size, file.modified_ns):
                yield file.path
