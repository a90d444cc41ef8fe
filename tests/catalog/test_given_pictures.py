"""A picture that a person gave is decoded in the sandbox; Pillow sees what came out, and nothing of what went in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as current
from PIL import Image
from pytest_django import Settings

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Artwork
from catalog.services.artwork import put_artwork
from tests.catalog.conftest import MakeTitle
from transcoding.engine import sandbox as sandboxes
from transcoding.errors import FailureCode, KilledFromOutside, MediaError

Picture = Callable[..., Path]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The first two bytes of every file that Pillow is asked to open."""
    seen: list[bytes] = []
    really = Image.open

    def watched(source: Any, *arguments: Any, **options: Any) -> Any:
        seen.append(Path(source).read_bytes()[:2])
        return really(source, *arguments, **options)

    monkeypatch.setattr(Image, "open", watched)
    return seen


@pytest.fixture
def left_over() -> Callable[[], list[Path]]:
    return lambda: list(current.WORK_ROOT.iterdir())


def refused(source: Path, movie: MakeTitle) -> CatalogError:
    with pytest.raises(CatalogError) as caught:
        put_artwork(source=source, kind="POSTER", title=movie("Lamp"))
    assert Artwork.objects.count() == 0
    return caught.value


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo.webp", "photo.avif"])
def test_pillow_opens_plain_pixels_only(
    movie: MakeTitle, tmp_path: Path, opened: list[bytes], left_over: Callable[[], list[Path]], name: str
) -> None:
    Image.new("RGB", (300, 450), "red").save(tmp_path / name)

    artwork = put_artwork(source=tmp_path / name, kind="POSTER", title=movie("Lamp"))

    assert (artwork.width, artwork.height) == (300, 450)
    assert opened == [b"P6"]
    assert left_over() == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"#EXTM3U\nfile:///etc/passwd\n", CatalogErrorCode.NOT_A_PICTURE),
        (b"\x89PNG\r\n\x1a\n" + b"hostile" * 100, CatalogErrorCode.NOT_A_PICTURE),
        (b"\xff\xd8\xff\xe0" + b"hostile" * 100, CatalogErrorCode.NOT_A_PICTURE),
        (b"P6\n2 2\n255\n" + bytes(12), CatalogErrorCode.NOT_A_PICTURE),
        (b"\x89PNG\r\n\x1a\n" + bytes(31 * 1024**2), CatalogErrorCode.TOO_LARGE),
    ],
)
def test_what_is_refused_never_reaches_pillow(
    movie: MakeTitle,
    tmp_path: Path,
    opened: list[bytes],
    left_over: Callable[[], list[Path]],
    content: bytes,
    code: CatalogErrorCode,
) -> None:
    path = tmp_path / "poster.png"
    path.write_bytes(content)

    assert refused(path, movie).code == code
    assert opened == []
    assert left_over() == []


def test_a_picture_of_our_own_tools_is_opened_as_it_is(
    movie: MakeTitle, picture: Picture, opened: list[bytes]
) -> None:
    put_artwork(source=picture(), kind="POSTER", title=movie("Lamp"), is_made=True)
    put_artwork(source=picture(), kind="BACKDROP", title=movie("Lamp"), is_ours=True)

    assert opened == [b"\x89P", b"\x89P"]


def test_nothing_is_opened_where_the_sandbox_is_required_and_missing(
    movie: MakeTitle,
    picture: Picture,
    opened: list[bytes],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sandboxes, "_proved", {})
    monkeypatch.setattr(sandboxes, "_refused", {})
    monkeypatch.setenv("PATH", "/nowhere")
    settings.SANDBOX = "required"

    error = refused(picture(), movie)

    assert (error.code, error.field) == (CatalogErrorCode.INVALID, "uploadId")
    assert str(error) == (
        "This picture was not opened, because the sandbox it has to be read in does not work on this server."
        " Once that is put right, try again."
    )
    assert opened == []


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MediaError(FailureCode.TIMEOUT, "This film is too slow."), CatalogErrorCode.TOO_LARGE),
        (MediaError(FailureCode.RESOURCE_LIMIT, "This film is too dear."), CatalogErrorCode.TOO_LARGE),
        (MediaError(FailureCode.ENCODER_FAILED, "This film crashes it."), CatalogErrorCode.NOT_A_PICTURE),
        (MediaError(FailureCode.UNSUPPORTED_CODEC, "Save it as JPEG."), CatalogErrorCode.NOT_A_PICTURE),
        (MediaError(FailureCode.STORAGE_FAILED, "No room for this film."), CatalogErrorCode.INVALID),
        (KilledFromOutside("SIGKILL"), CatalogErrorCode.INVALID),
    ],
)
def test_each_end_of_the_decoder_is_answered_with_a_code_and_a_sentence_about_a_picture(
    movie: MakeTitle,
    picture: Picture,
    opened: list[bytes],
    monkeypatch: pytest.MonkeyPatch,
    error: MediaError,
    code: CatalogErrorCode,
) -> None:
    def end(*_arguments: Any, **_options: Any) -> None:
        raise error

    monkeypatch.setattr("transcoding.engine.pictures.run", end)

    answer = refused(picture(), movie)

    assert answer.code == code
    assert "film" not in str(answer)
    assert opened == []
