"""Pictures: read with limits, encoded anew, set in type, served by signed address only."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from catalog.artwork.lettering import break_lines, set_title
from catalog.artwork.signing import image_url, is_signed, signature
from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Artwork
from catalog.services.artwork import put_artwork
from catalog.services.picture_copies import make_missing_copies
from tests.catalog.conftest import MakeTitle
from tests.conftest import Ask
from tests.people import Person
from tests.stores.files import path_of
from vod.lib.storage import objects

Picture = Callable[..., Path]


def stored(artwork: Artwork) -> Image.Image:
    return Image.open(BytesIO(objects().read_bytes(artwork.key)))


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("POSTER", (2000, 3000), (780, 1170)),
        ("POSTER", (300, 450), (300, 450)),
        ("BACKDROP", (4000, 3000), (1920, 1080)),
        ("BACKDROP", (1280, 720), (1280, 720)),
    ],
)
def test_a_picture_is_cut_to_its_shape_and_never_made_larger(
    movie: MakeTitle, picture: Picture, kind: str, given: tuple[int, int], kept: tuple[int, int]
) -> None:
    artwork = put_artwork(source=picture(*given), kind=kind, title=movie("Lamp"))

    assert (artwork.width, artwork.height) == kept
    with stored(artwork) as image:
        assert (image.format, image.size) == ("WEBP", kept)
    assert artwork.key == f"artwork/{artwork.pk}.webp"
    assert len(artwork.blurhash) == 4 + 2 * 12


def test_nothing_of_a_sent_picture_but_its_pixels_is_kept(movie: MakeTitle, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif[0x0112] = 6
    Image.new("RGB", (300, 200), "red").save(path, exif=exif)

    artwork = put_artwork(source=path, kind="POSTER", title=movie("Lamp"))

    assert (artwork.width, artwork.height) == (200, 300)
    assert b"taken at home" not in objects().read_bytes(artwork.key)


def test_a_new_picture_has_a_new_address_and_the_old_bytes_go(
    movie: MakeTitle, picture: Picture, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    title = movie("Lamp")
    before = put_artwork(source=picture(), kind="POSTER", title=title)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        after = put_artwork(source=picture(), kind="POSTER", title=title)

    assert before.key != after.key
    assert not objects().exists(before.key)
    assert list(title.artwork.values_list("key", flat=True)) == [after.key]


def test_a_made_picture_gives_way_to_a_given_one_and_never_replaces_it(
    movie: MakeTitle, picture: Picture
) -> None:
    title = movie("Lamp")
    made = put_artwork(source=picture(), kind="POSTER", title=title, lettering="Lamp", is_made=True)
    given = put_artwork(source=picture(), kind="POSTER", title=title)

    again = put_artwork(source=picture(), kind="POSTER", title=title, lettering="Lamp", is_made=True)

    assert made.is_made
    assert again == given
    assert [path.name for path in path_of("artwork").iterdir() if "webp" in path.name].count(
        f"{given.pk}.webp"
    ) == 1


def bomb(path: Path, width: int, height: int) -> Path:
    """A PNG of a few bytes that claims to be large, and would be."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * (3 * 1000))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )
    return path


@pytest.mark.parametrize("size", [(8000, 8000), (12_000, 9_000), (65_000, 65_000)])
def test_a_picture_that_unpacks_to_gigabytes_is_refused(
    movie: MakeTitle, tmp_path: Path, size: tuple[int, int]
) -> None:
    with pytest.raises(CatalogError) as refused:
        put_artwork(source=bomb(tmp_path / "bomb.png", *size), kind="POSTER", title=movie("Lamp"))

    assert refused.value.code == CatalogErrorCode.TOO_LARGE
    assert Artwork.objects.count() == 0


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"#EXTM3U\nfile.ts\n",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"\x89PNG\r\n\x1a\n",
        b"",
        b"GIF89a",
    ],
)
def test_what_is_no_picture_of_ours_is_refused(movie: MakeTitle, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(content)

    with pytest.raises(CatalogError) as refused:
        put_artwork(source=path, kind="POSTER", title=movie("Lamp"))

    assert refused.value.code == CatalogErrorCode.NOT_A_PICTURE


@pytest.mark.parametrize(
    "name",
    [
        "Up",
        "The Lamplighter",
        "A very long evening in the company of nobody in particular",
        "W" * 200,
        "a " * 100,
    ],
)
def test_a_title_of_any_length_fits_its_poster(name: str) -> None:
    setting = break_lines(name.strip(), 780, 1170)

    assert 1 <= len(setting.lines) <= 8
    assert len(setting.lines) * setting.size <= 1170 * 0.45
    poster = set_title(Image.new("RGB", (780, 1170), (40, 60, 90)), name)
    right_edge = poster.crop((780 - 40, 0, 780, 1170)).convert("L")
    assert max(right_edge.tobytes()) < 128


def test_short_titles_are_large_and_long_ones_keep_their_words_whole() -> None:
    short, long = (
        break_lines("Up", 780, 1170),
        break_lines("The man who lit the lamps of a small town", 780, 1170),
    )

    assert short.size > long.size
    assert " ".join(long.lines) == "The man who lit the lamps of a small town"


def test_a_picture_is_served_by_its_signed_address_only(
    gql: Ask, owner: Person, movie: MakeTitle, picture: Picture
) -> None:
    title = movie("Lamp")
    artwork = put_artwork(source=picture(), kind="POSTER", title=title)
    node = gql("Browse", as_=owner)["data"]["titles"]["edges"][0]["node"]
    url = node["artwork"]["posterUrl"]
    assert url == image_url(artwork.key)

    answer = Client().get(url)

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == objects().read_bytes(artwork.key)  # type: ignore[attr-defined]
    answer.close()
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["Cache-Control"]
    assert Client().get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_an_address_that_we_did_not_sign_is_nothing(movie: MakeTitle, picture: Picture) -> None:
    artwork = put_artwork(source=picture(), kind="POSTER", title=movie("Lamp"))
    good = signature(artwork.key)
    other = signature("artwork/00000000-0000-0000-0000-000000000000.webp")
    secret = "sources/x/source"
    for url in (
        f"/images/{other}/{artwork.key}",
        f"/images/{good[:-1]}/{artwork.key}",
        f"/images/ünïcode/{artwork.key}",
        f"/images/{other}/artwork/00000000-0000-0000-0000-000000000000.webp",
        f"/images/{signature(secret)}/{secret}",
        f"/images/{good}/artwork/../{artwork.key}",
        f"/images/{good}",
    ):
        answer = Client().get(url)
        assert (answer.status_code, answer.content) == (404, b""), url
    assert Client().post(image_url(artwork.key)).status_code == 405


def test_a_signature_stands_for_one_key() -> None:
    assert is_signed("artwork/a.webp", signature("artwork/a.webp"))
    assert not is_signed("artwork/b.webp", signature("artwork/a.webp"))
    assert not is_signed("artwork/a.webp", "")
    assert not is_signed("artwork/a.webp", "\ud800")


def test_pictures_from_before_there_were_sizes_get_them(movie: MakeTitle, picture: Picture) -> None:
    whole = put_artwork(source=picture(780, 1170), kind="POSTER", title=movie("Lamp"))
    small = put_artwork(source=picture(190, 285), kind="POSTER", title=movie("Match"))
    lost = put_artwork(source=picture(780, 1170), kind="POSTER", title=movie("Lost"))
    for key in (*whole.keys[1:], lost.key):
        objects().delete(key)
    Artwork.objects.update(widths=None)

    assert make_missing_copies() == 3

    assert dict(Artwork.objects.values_list("pk", "widths")) == {
        whole.pk: [500, 342, 185],
        small.pk: [],
        lost.pk: [],
    }
    with Image.open(BytesIO(objects().read_bytes(whole.key_of(342)))) as copy:
        assert (copy.format, copy.size) == ("WEBP", (342, 513))
    assert make_missing_copies() == 0
