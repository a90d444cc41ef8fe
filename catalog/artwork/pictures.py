"""Pictures in, WebP of bounded size out. Nothing of what was sent is passed through as it came."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import blurhash
from PIL import Image, ImageOps, UnidentifiedImageError

from catalog.errors import CatalogError, CatalogErrorCode

# What the factory's frames and our own drawings are, and the plain pixels that a given picture has become.
_FORMATS = ("JPEG", "PNG", "PPM")
MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 50_000_000
# Behind what is see-through: the darkest of the product's inks.
INK = (11, 13, 19)
SIZES = {"POSTER": (780, 1170), "BACKDROP": (1920, 1080), "STILL": (640, 360)}
#: Widths of the smaller copies: of cards on telephones, tablets and desks, at one and two pixels a point.
COPIES = {"POSTER": (500, 342, 185), "BACKDROP": (1280, 780, 400), "STILL": (320,)}


@dataclass(frozen=True)
class Encoded:
    """A picture as it is stored: WebP bytes, size in pixels, blurhash (4x3 components, 3x4 upright)."""

    content: bytes
    width: int
    height: int
    blurhash: str


def open_picture(source: Path) -> Image.Image:
    """The picture in `source`, RGB. Raises CatalogError NOT_A_PICTURE or TOO_LARGE.

    For what we have made ourselves: a picture that came from a person is flattened in the sandbox first
    (`services/given_pictures.py`), and this reads what came out.
    """
    try:
        with Image.open(source, formats=_FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise too_large()
            return picture.convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_large() from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise no_picture() from None


def open_stored(content: bytes) -> Image.Image:
    """One of our own pictures, from its bytes in the store. Raises CatalogError NOT_A_PICTURE or TOO_LARGE."""
    try:
        with Image.open(BytesIO(content), formats=("WEBP",)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise too_large()
            return picture.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise no_picture() from None


def too_large() -> CatalogError:
    """More bytes or pixels than are read."""
    message = "This picture is too large. Use one of at most 30 MB and 50 megapixels."
    return CatalogError(CatalogErrorCode.TOO_LARGE, message)


def no_picture() -> CatalogError:
    """Of a kind that is not read; SVG and its kin are programs, not pictures."""
    message = "This is no picture that Lantern can read. Use a JPEG, PNG, WebP or AVIF file."
    return CatalogError(CatalogErrorCode.NOT_A_PICTURE, message)


def cut(picture: Image.Image, kind: str, *, enlarge: bool = False) -> Image.Image:
    """`picture` cut to the shape of `kind` about its middle, at most as large as SIZES; smaller stays smaller.

    With `enlarge` it always gets the full size.
    """
    width, height = SIZES[kind]
    scale = min(1.0, picture.width / width, picture.height / height)
    if enlarge:
        scale = 1.0
    size = (max(2, round(width * scale)), max(3, round(height * scale)))
    # A face is rather above the middle than below it.
    return ImageOps.fit(picture, size, Image.Resampling.LANCZOS, centering=(0.5, 0.4))


def encode(picture: Image.Image) -> Encoded:
    """`picture` as WebP, without any metadata of its source."""
    return Encoded(_webp(picture), picture.width, picture.height, _blurhash(picture))


def copies(picture: Image.Image, kind: str) -> dict[int, bytes]:
    """WebP bytes of the smaller copies of a picture that is cut for `kind`, by their width in pixels, widest first.

    There is none that would be as wide as the picture, or nearly so.
    """
    found = {}
    for width in COPIES[kind]:
        if width < 0.9 * picture.width:
            height = max(1, round(picture.height * width / picture.width))
            found[width] = _webp(picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0))
    return found


def _webp(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()


def _blurhash(picture: Image.Image) -> str:
    across, down = (3, 4) if picture.height > picture.width else (4, 3)
    small = picture.resize((8 * across, 8 * down), Image.Resampling.BOX)
    flat = list(small.tobytes())
    row = small.width * 3
    pixels = [
        [flat[start + x : start + x + 3] for x in range(0, row, 3)] for start in range(0, len(flat), row)
    ]
    return str(blurhash.encode(pixels, components_x=across, components_y=down))
