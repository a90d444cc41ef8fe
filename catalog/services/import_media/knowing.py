"""What was imported before: found by its path, bytes and time, or by what is in it where it was renamed."""

import hashlib
from pathlib import Path

from catalog.importing.planned import Kind, Known, Role
from catalog.importing.scanning import Found, Scan
from catalog.importing.wording import shown
from catalog.models import ImportedFile, ImportFolder
from transcoding.engine.sniff import name_of
from vod.lib.transactions import transactional

_PIECE = 64 * 1024
_HEAD = 4096
_MOST_NS = 2**63 - 1


class Memory:
    """The rows of a folder's files by path, and which of today's files they are.

    `moved` are files whose rows had another path, which is gone; `vanished` paths of rows without a file.
    """

    def __init__(self, root: Path, folder: ImportFolder | None, scan: Scan) -> None:
        self.root = root
        self.rows: dict[str, ImportedFile] = {}
        self.moved: dict[str, ImportedFile] = {}
        self.vanished: list[ImportedFile] = []
        self._prints: dict[str, str] = {}
        rows = (
            folder.files.select_related("title", "video__episode__season", "video__title") if folder else ()
        )
        self._by_mark = {row.path_mark: row for row in rows}
        self._find(scan)

    def _find(self, scan: Scan) -> None:
        here = {mark_of(file.path): file for file in scan.files}
        blind = tuple(f"{shown(path)}/" for path in scan.blind)
        seen = {mark_of(one.path) for one in scan.left_out}
        for mark, row in self._by_mark.items():
            if mark in here:
                self.rows[here[mark].path] = row
            elif mark not in seen and not row.path.startswith(blind):
                self.vanished.append(row)
        self._find_moved(scan)

    def _find_moved(self, scan: Scan) -> None:
        gone: dict[int, list[ImportedFile]] = {}
        for row in self.vanished:
            if row.fingerprint:
                gone.setdefault(row.size_bytes, []).append(row)
        for file in scan.files:
            if file.path in self.rows or file.size not in gone:
                continue
            mine = self.fingerprint(file)
            same = [
                row for row in gone[file.size] if row.fingerprint == mine and row not in self.moved.values()
            ]
            if len(same) == 1:
                self.rows[file.path] = self.moved[file.path] = same[0]
        self.vanished = [row for row in self.vanished if row not in self.moved.values()]

    def row(self, file: Found) -> ImportedFile | None:
        return self.rows.get(file.path)

    def is_same(self, file: Found) -> bool:
        """Whether the file is the one that was imported: by bytes and time, or, where it was only touched, by content."""
        row = self.rows.get(file.path)
        if row is None or row.size_bytes != file.size:
            return False
        return row.modified_ns == clamped(file.modified_ns) or row.fingerprint == self.fingerprint(file)

    def fingerprint(self, file: Found) -> str:
        """A digest of size, beginning, middle and end; empty where the file cannot be read."""
        if file.path not in self._prints:
            try:
                self._prints[file.path] = _fingerprint(self.root / file.path, file.size)
            except OSError:
                self._prints[file.path] = ""
        return self._prints[file.path]

    def known(self) -> dict[str, Known]:
        """What files of films became, for those whose title is still there."""
        found = {}
        for path, row in self.rows.items():
            video = row.video
            if video is None or not row.asset_key:
                continue
            season = video.episode.season.number if video.episode else None
            found[path] = Known(
                str(video.title_id),
                Kind(video.title.kind),
                video.title.name,
                video.title.year,
                Role(video.kind),
                season,
                video.episode.number if video.episode else None,
            )
        return found


def mark_of(path: str) -> str:
    return hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()


def clamped(modified_ns: int) -> int:
    """Times of file systems that claim anything, as a database keeps them."""
    return max(-_MOST_NS, min(modified_ns, _MOST_NS))


def _fingerprint(path: Path, size: int) -> str:
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        for place in (0, max(0, size // 2 - _PIECE // 2), max(0, size - _PIECE)):
            file.seek(place)
            digest.update(file.read(_PIECE))
    return digest.hexdigest()


def head_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def what_it_is(path: Path) -> str | None:
    """What a file is that is certainly no film: "a picture", "text". Raises OSError."""
    return name_of(head_of(path))


def folder_mark(root: Path, name: str) -> str:
    """A digest of where the root lies, or of the name it was given, by which it is found again wherever it lies."""
    said = f"name:{name}" if name else f"place:{root.resolve()}"
    return hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()


def folder_of(root: Path, name: str) -> ImportFolder | None:
    return ImportFolder.objects.filter(mark=folder_mark(root, name)).first()


@transactional
def make_folder(root: Path, name: str, shown_name: str) -> ImportFolder:
    folder, _ = ImportFolder.objects.get_or_create(
        mark=folder_mark(root, name), defaults={"name": shown_name[:120]}
    )
    return folder
