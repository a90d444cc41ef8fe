"""Libraries on disk, made of one small film."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from catalog.services.import_media.reporting import Report
from catalog.services.import_media.run import Options, import_media
from tests.transcoding.films import make_film

Lay = Callable[..., Path]
Import = Callable[..., Report]

SRT = "1\n00:00:00,500 --> 00:00:01,500\nHello\n"
#: Longer ago than a file is taken for one that is still being written.
OLD = 1_700_000_000


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "Library"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def one_film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_film(tmp_path_factory.mktemp("film") / "film.mkv", seconds=1, size="160x90").read_bytes()


@pytest.fixture
def lay(library: Path, one_film: bytes) -> Lay:
    """`lay("Film (1999).mkv", "Film (1999).en.srt", **{"a/tvshow.nfo": text})`: files below the library.

    By their ends: films that differ in a few bytes behind their end, subtitles, pictures; what is given with text or
    bytes has those.
    """

    def make(*paths: str, **contents: str | bytes) -> Path:
        path = library
        for name in paths:
            path = library / name
            path.parent.mkdir(parents=True, exist_ok=True)
            end = path.suffix.lower()
            if end in (".jpg", ".png"):
                Image.linear_gradient("L").resize((160, 240)).convert("RGB").save(path)
            elif end == ".srt":
                path.write_text(f"{SRT}\n2\n00:00:00,600 --> 00:00:01,600\n{name}\n")
            else:
                path.write_bytes(
                    one_film + b"\xec" + bytes([0x80 | len(name.encode()) % 100]) + name.encode()
                )
            os.utime(path, (OLD, OLD))
        for name, content in contents.items():
            path = library / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            os.utime(path, (OLD, OLD))
        return path

    return make


@pytest.fixture
def bring(db: None, library: Path) -> Import:
    """`bring(**options)`: imports the library."""

    def run(**options: object) -> Report:
        return import_media(library, Options(**options), wait=lambda _seconds: None)  # type: ignore[arg-type]

    return run
