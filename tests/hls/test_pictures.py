"""Pictures that people give become plain pixels in the sandbox; what is no picture is refused before a decoder runs."""

import struct
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from tests.hls import films
from tests.hls.conftest import MEDIA
from transcoding.engine import pictures
from transcoding.engine.ffmpeg import NoSandbox
from transcoding.engine.pictures import flatten
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

INK = (11, 13, 19)
Flat = Callable[..., Path]


@pytest.fixture
def flat(tools: Tools, tmp_path: Path) -> Flat:
    """`flat(path)`: what becomes of a picture, in a folder of its own."""

    def make(source: Path, **limits: int) -> Path:
        (tmp_path / "out").mkdir(exist_ok=True)
        return flatten(source, tmp_path / "out" / "flat.ppm", tools=tools, ground=INK, **limits)

    return make


def slopes(width: int = 96, height: int = 64) -> Image.Image:
    """A picture whose corners all differ."""
    grey = Image.linear_gradient("L")
    bands = (grey, grey.rotate(90), grey.rotate(180))
    return Image.merge("RGB", [band.resize((width, height)) for band in bands])


def shown(path: Path) -> Image.Image:
    """As Pillow shows it, upright and laid on ink."""
    with Image.open(path) as opened:
        upright = ImageOps.exif_transpose(opened)
        if not upright.has_transparency_data:
            return upright.convert("RGB")
        layer = upright.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, (*INK, 255)), layer).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """The greatest mean difference of a band, 0 to 255."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def refused(flat: Flat, source: Path, **limits: int) -> FailureCode:
    with pytest.raises(MediaError) as caught:
        flat(source, **limits)
    assert caught.value.sentence.endswith(".")
    assert caught.value.permanent
    assert not (source.parent / "out" / "flat.ppm").exists()
    return caught.value.code


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.avif"])
@pytest.mark.parametrize("orientation", [1, 2, 3, 4, 5, 6, 7, 8])
def test_each_kind_comes_out_upright_and_in_its_own_colours(
    flat: Flat, tmp_path: Path, name: str, orientation: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    slopes().save(tmp_path / name, exif=exif, quality=95)

    with Image.open(flat(tmp_path / name)) as picture:
        assert picture.size == ((64, 96) if orientation >= 5 else (96, 64))
        assert difference(picture.convert("RGB"), shown(tmp_path / name)) < 2


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("cmyk.jpg", lambda: slopes().convert("CMYK")),
        ("grey.jpg", lambda: slopes().convert("L")),
        ("grey.png", lambda: slopes().convert("L")),
        ("palette.png", lambda: slopes().quantize(32)),
        ("bits.png", lambda: slopes().convert("1")),
    ],
)
def test_each_form_of_colour_is_read(
    flat: Flat, tmp_path: Path, name: str, made: Callable[[], Image.Image]
) -> None:
    made().save(tmp_path / name)

    with Image.open(flat(tmp_path / name)) as picture:
        assert difference(picture.convert("RGB"), shown(tmp_path / name)) < 2


def test_sixteen_bits_become_eight(flat: Flat, tmp_path: Path) -> None:
    Image.new("I;16", (40, 30), 40_000).save(tmp_path / "deep.png")

    with Image.open(flat(tmp_path / "deep.png")) as picture:
        assert picture.convert("RGB").getpixel((20, 15)) == (156, 156, 156)


@pytest.mark.parametrize("name", ["a.png", "palette.png", "a.webp", "a.avif"])
def test_what_is_see_through_is_laid_on_the_ground(flat: Flat, tmp_path: Path, name: str) -> None:
    layer = slopes()
    layer.putalpha(Image.linear_gradient("L").resize(layer.size))
    made = layer.quantize(64) if name == "palette.png" else layer
    made.save(tmp_path / name, lossless=True, quality=100)

    with Image.open(flat(tmp_path / name)) as picture:
        assert difference(picture.convert("RGB"), shown(tmp_path / name)) < 2


@pytest.mark.parametrize("name", ["moving.png", "moving.webp", "moving.avif"])
def test_the_first_of_moving_pictures_is_taken(flat: Flat, tmp_path: Path, name: str) -> None:
    first, second = slopes(), Image.new("RGB", (96, 64), "white")
    first.save(tmp_path / name, save_all=True, append_images=[second, second], duration=100, quality=95)

    with Image.open(flat(tmp_path / name)) as picture:
        assert difference(picture.convert("RGB"), first) < 3


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.avif"])
def test_nothing_but_pixels_comes_out(flat: Flat, tmp_path: Path, name: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    words = b"taken at home"
    slopes().save(tmp_path / name, exif=exif, xmp=b"<x>" + words + b"</x>", icc_profile=words * 20)

    content = flat(tmp_path / name).read_bytes()

    assert b"taken at home" in (tmp_path / name).read_bytes()
    assert content.startswith(b"P6\n96 64\n255\n")
    assert len(content) == len(b"P6\n96 64\n255\n") + 96 * 64 * 3


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "progressive.jpg", "a.webp", "a.avif"])
@pytest.mark.parametrize("share", [0.2, 0.6, 0.9])
def test_what_is_cut_off_is_damaged(flat: Flat, tmp_path: Path, name: str, share: float) -> None:
    noise = Image.merge("RGB", [Image.effect_noise((400, 300), 60)] * 3)
    noise.save(tmp_path / name, progressive=name.startswith("progressive"))
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: int(len(whole) * share)])

    assert refused(flat, tmp_path / name) == FailureCode.CORRUPT


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp"])
@pytest.mark.parametrize("more", [b"#EXTM3U " * 50, b"\xff\xd8\xff\xe0" + bytes(500)])
def test_what_follows_a_picture_is_left_alone(flat: Flat, tmp_path: Path, name: str, more: bytes) -> None:
    slopes().save(tmp_path / name, quality=95)
    written(tmp_path / name, (tmp_path / name).read_bytes() + more)

    with Image.open(flat(tmp_path / name)) as picture:
        assert difference(picture.convert("RGB"), slopes()) < 2


def test_a_picture_that_takes_forever_is_ended(
    flat: Flat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_WALL_SECONDS", 1.0)
    Image.new("L", (4000, 4000), 128).save(tmp_path / "a.jpg", progressive=True)
    whole = (tmp_path / "a.jpg").read_bytes()
    # The last scan of its many, over and over: each is a walk over the whole picture.
    scan = whole[whole.rfind(b"\xff\xda") : -2]
    source = written(tmp_path / "scans.jpg", whole[:-2] + scan * 100_000 + whole[-2:])
    started = time.monotonic()

    with pytest.raises(MediaError) as caught:
        flat(source)

    assert caught.value.code == FailureCode.TIMEOUT
    assert "film" not in caught.value.sentence
    assert time.monotonic() - started < 10


def claimed(path: Path, width: int, height: int) -> Path:
    """A PNG of a few bytes that says it is this large."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(3000))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )
    return path


@pytest.mark.parametrize("size", [(8000, 8000), (60_000, 60_000), (2**31 - 1, 1), (1, 2**31 - 1)])
def test_a_picture_that_claims_to_be_huge_is_refused_before_it_is_unpacked(
    flat: Flat, tmp_path: Path, size: tuple[int, int]
) -> None:
    assert refused(flat, claimed(tmp_path / "huge.png", *size)) == FailureCode.RESOLUTION_LIMIT


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "moving.webp", "a.avif"])
def test_the_limit_on_pixels_holds_for_each_kind(flat: Flat, tmp_path: Path, name: str) -> None:
    # As wide as decoders align their lines, which counts.
    picture = slopes(128, 64)
    picture.save(tmp_path / name, save_all=name == "moving.webp", append_images=[picture])

    assert flat(tmp_path / name, most_pixels=128 * 64).exists()
    (tmp_path / "out" / "flat.ppm").unlink()
    assert refused(flat, tmp_path / name, most_pixels=128 * 64 - 1) == FailureCode.RESOLUTION_LIMIT


def test_a_file_of_too_many_bytes_is_refused(flat: Flat, tmp_path: Path) -> None:
    slopes().save(tmp_path / "a.png")

    assert refused(flat, tmp_path / "a.png", most_bytes=100) == FailureCode.SIZE_LIMIT


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just words\n" * 100,
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile secret.png\n",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>',
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"GIF89a" + bytes(100),
        b"II*\0" + bytes(100),
        b"P6\n1 1\n255\n\0\0\0",
        b"\0\0\0\x18ftypheic" + bytes(100),
        b"\0\0\0\x1cftypavif" + bytes(40) + b"infe\2\0\0\0\0\1\0\0grid\0",
    ],
)
def test_what_is_no_picture_of_ours_is_refused_without_a_decoder(
    tools: Tools, tmp_path: Path, content: bytes
) -> None:
    nothing = replace(tools, ffmpeg=Path("/nowhere/ffmpeg"))
    source = written(tmp_path / "poster.png", content)

    with pytest.raises(MediaError) as caught:
        flatten(source, tmp_path / "flat.ppm", tools=nothing)

    assert caught.value.code == FailureCode.UNSUPPORTED_CONTAINER


def test_a_film_named_as_a_picture_is_refused(flat: Flat, tools: Tools, tmp_path: Path) -> None:
    film = films.make(tools, tmp_path / "film.mp4", "-f", "lavfi", "-i", "testsrc=96x64:r=25:d=1")
    plain = film.read_bytes()
    # The same film that calls itself AVIF gets no further than the decoders that may read it.
    dressed = plain.replace(plain[8:12], b"avif", 1)

    assert refused(flat, film.rename(tmp_path / "film.png")) == FailureCode.UNSUPPORTED_CONTAINER
    assert refused(flat, written(tmp_path / "film.avif", dressed)) == FailureCode.UNSUPPORTED_CODEC


@pytest.mark.parametrize(
    "first", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\x20\0\0\0WEBP", b"\0\0\0\x1cftypavif"]
)
def test_a_picture_s_first_bytes_alone_are_damaged(flat: Flat, tmp_path: Path, first: bytes) -> None:
    source = written(tmp_path / "a.png", first + b"#EXTM3U\nfile:///etc/passwd\n" * 20)

    assert refused(flat, source) == FailureCode.CORRUPT


@pytest.mark.parametrize(
    "script",
    [
        "ln -s /etc/passwd $1",
        "printf 'P6\\n9 9\\n255\\nshort' > $1",
        "printf 'GIF89a' > $1",
        "printf 'P6\\n99999999 99999999\\n255\\n' > $1",
        "mkdir $1",
        "true",
    ],
)
def test_what_a_captured_decoder_leaves_is_not_believed(tools: Tools, tmp_path: Path, script: str) -> None:
    captured = tmp_path / "ffmpeg"
    captured.write_text(f'#!/bin/sh\nfor last; do :; done\nset -- "${{last#file:}}"\n{script}\n')
    captured.chmod(0o755)
    slopes().save(tmp_path / "a.png")
    (tmp_path / "out").mkdir()
    # Without the sandbox, in which there is no shell.
    loose = replace(tools, ffmpeg=captured, sandbox=NoSandbox())

    with pytest.raises(MediaError) as caught:
        flatten(tmp_path / "a.png", tmp_path / "out" / "flat.ppm", tools=loose)

    assert caught.value.code == FailureCode.CORRUPT


def test_a_shared_bad_picture_is_refused_quickly(
    flat: Flat, tmp_path: Path, bad_picture_line: dict[str, str]
) -> None:
    source = written(tmp_path / "poster.png", (MEDIA / bad_picture_line["path"]).read_bytes())
    started = time.monotonic()

    code = refused(flat, source)

    expected = FailureCode.RESOLUTION_LIMIT if "bomb" in bad_picture_line["path"] else None
    assert code == (expected or FailureCode.UNSUPPORTED_CONTAINER)
    assert time.monotonic() - started < 15
