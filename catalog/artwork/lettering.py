"""A title set in type on a poster: large tight letters at the foot, on a scrim, whatever their number."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

_PAPER = (247, 244, 237)
_AMBER = (240, 171, 62)
_INK = (8, 10, 16)
# Shares of the poster: margin left, right and below of its width; the block of letters of its height.
_MARGIN = 0.075
_BLOCK = 0.42
_LARGEST, _SMALLEST = 0.21, 0.046
_LEADING = 0.98
# Letters stand closer than the font sets them, as on posters; in shares of their size.
_TRACKING = -0.035
_LINES = 6

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True)
class Setting:
    """How a title is broken into lines and how large its letters are, in pixels."""

    lines: tuple[str, ...]
    size: int


def set_title(poster: Image.Image, name: str) -> Image.Image:
    """A copy of `poster` with `name` on it. A name in letters that the font lacks leaves it without words."""
    text = " ".join(name.split())
    lettered = _with_scrim(poster)
    if not text or not _is_covered(text):
        return lettered
    setting = break_lines(text, poster.width, poster.height)
    font = _font(setting.size)
    draw = ImageDraw.Draw(lettered)
    margin = round(poster.width * _MARGIN)
    step = round(setting.size * _LEADING)
    top = poster.height - margin - step * len(setting.lines) - round(setting.size * 0.06)
    rule = max(3, round(poster.width * 0.007))
    draw.rectangle((margin, top - rule * 7, margin + poster.width // 9, top - rule * 6), fill=_AMBER)
    for number, line in enumerate(setting.lines):
        _draw_line(draw, line, font, setting.size, (margin, top + number * step))
    return lettered


def break_lines(text: str, width: int, height: int) -> Setting:
    """The largest setting in which `text` fits the foot of a poster of `width` by `height` pixels.

    Words stay whole where they can; at the smallest size a word that is wider than the poster is parted,
    and what does not fit the last line ends in an ellipsis.
    """
    room = width * (1 - 2 * _MARGIN)
    for size in range(round(width * _LARGEST), round(width * _SMALLEST), -2):
        lines = _wrap(text.split(), size, room)
        if (
            len(lines) <= _LINES
            and len(lines) * size * _LEADING <= height * _BLOCK
            and all(_measure(line, size) <= room for line in lines)
        ):
            return Setting(tuple(lines), size)
    size = round(width * _SMALLEST)
    most = min(_LINES + 2, int(height * _BLOCK / (size * _LEADING)))
    lines = _wrap([part for word in text.split() for part in _parts(word, size, room)], size, room)
    if len(lines) > most:
        last = lines[most - 1]
        while last and _measure(last + "…", size) > room:
            last = last[:-1]
        lines = [*lines[: most - 1], last.rstrip() + "…"]
    return Setting(tuple(lines), size)


def _wrap(words: list[str], size: int, room: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _measure(joined, size) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _parts(word: str, size: int, room: float) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and _measure(parts[-1] + letter + "-", size) > room:
            parts[-1] += "-"
            parts.append("")
        parts[-1] += letter
    return parts


@lru_cache(maxsize=1)
def _face() -> bytes:
    # Inter, which the admin's package brings along: it has Latin with all accents, Greek and Cyrillic.
    face = files("unfold").joinpath("static/unfold/fonts/inter/Inter-Bold.woff2")
    return face.read_bytes() if face.is_file() else b""


@lru_cache(maxsize=64)
def _font(size: int) -> Font:
    face = _face()
    return ImageFont.truetype(BytesIO(face), size) if face else ImageFont.load_default(size)


def _measure(line: str, size: int) -> float:
    return float(_font(size).getlength(line)) + _TRACKING * size * max(0, len(line) - 1)


def _draw_line(draw: ImageDraw.ImageDraw, line: str, font: Font, size: int, at: tuple[int, int]) -> None:
    x = float(at[0])
    for place, letter in enumerate(line):
        draw.text((x, at[1]), letter, font=font, fill=_PAPER)
        following = line[place : place + 2]
        x += float(font.getlength(following)) - float(font.getlength(following[1:])) + _TRACKING * size


def _is_covered(text: str) -> bool:
    font = _font(32)
    missing = bytes(font.getmask("\uffff"))
    return all(letter == " " or bytes(font.getmask(letter)) != missing for letter in set(text))


def _with_scrim(poster: Image.Image) -> Image.Image:
    """Darkens the foot so that words on any picture have contrast; eased, so that no edge shows."""
    start = 0.38
    column = Image.new("L", (1, poster.height))
    for y in range(poster.height):
        share = max(0.0, (y / poster.height - start) / (1 - start))
        eased = share * share * (3 - 2 * share)
        column.putpixel((0, y), round(235 * eased))
    mask = column.resize(poster.size)
    return Image.composite(Image.new("RGB", poster.size, _INK), poster, mask)
