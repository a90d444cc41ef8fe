"""Orientation, shape, size and steadiness of finished pictures, judged by their corners, numbers and lines."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.hls.films import make
from tests.hls.numbered import CORNERS, Pixels, corners, numbered, numbers
from tests.hls.pieces import pieces
from transcoding.engine.probe import probe
from transcoding.engine.tools import Tools

X264 = ("-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "10", "-g", "50")
TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, BOTTOM_RIGHT = range(4)
UPRIGHT = [TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, BOTTOM_RIGHT]


def corner_order(picture: Pixels) -> list[int]:
    """Which of the four colours stands in each corner."""
    shown = np.array(corners(picture))[:, None, :]
    return [int(place) for place in np.abs(shown - np.array(CORNERS)[None]).sum(axis=2).argmin(axis=1)]


@pytest.fixture(scope="module")
def lying(tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return numbered(tools, tmp_path_factory.mktemp("lying") / "lying.mp4", *X264, frames=10)


@pytest.mark.parametrize(
    ("notes", "size", "order"),
    [
        (("-display_rotation:v:0", "90"), (180, 320), [TOP_RIGHT, BOTTOM_RIGHT, TOP_LEFT, BOTTOM_LEFT]),
        (("-display_rotation:v:0", "180"), (320, 180), [BOTTOM_RIGHT, BOTTOM_LEFT, TOP_RIGHT, TOP_LEFT]),
        (("-display_rotation:v:0", "270"), (180, 320), [BOTTOM_LEFT, TOP_LEFT, BOTTOM_RIGHT, TOP_RIGHT]),
        (("-display_hflip:v:0",), (320, 180), [TOP_RIGHT, TOP_LEFT, BOTTOM_RIGHT, BOTTOM_LEFT]),
        (("-display_vflip:v:0",), (320, 180), [BOTTOM_LEFT, BOTTOM_RIGHT, TOP_LEFT, TOP_RIGHT]),
        (
            ("-display_rotation:v:0", "90", "-display_hflip:v:0"),
            (180, 320),
            [BOTTOM_RIGHT, TOP_RIGHT, BOTTOM_LEFT, TOP_LEFT],
        ),
    ],
    ids=["quarter", "half", "three quarters", "mirrored", "upside down", "turned and mirrored"],
)
def test_a_film_stands_as_its_note_says(
    tools: Tools,
    lying: Path,
    tmp_path: Path,
    notes: tuple[str, ...],
    size: tuple[int, int],
    order: list[int],
) -> None:
    source = make(tools, tmp_path / "noted.mov", *notes, "-i", str(lying), "-c", "copy")

    made = pieces(tools, source, tmp_path / "pieces")[0]

    picture = made.plan.picture
    assert (picture.display_width, picture.display_height) == size
    assert made.pixels.shape[1:3] == (size[1], size[0])
    assert corner_order(made.pixels[5]) == order


@pytest.mark.parametrize(
    ("size", "aspect", "shown"),
    [
        ((180, 320), "1", (180, 320)),
        ((321, 181), "1", (320, 180)),
        ((320, 180), "4/3", (426, 180)),
        ((320, 180), "1/2", (320, 360)),
        ((320, 180), "64/45", (454, 180)),
        ((1600, 40), "1", (1600, 40)),
        ((40, 1600), "1", (40, 1600)),
        ((16, 16), "1", (16, 16)),
        ((2, 2), "1", (2, 2)),
    ],
)
def test_pixels_become_square_and_sizes_even(
    tools: Tools, tmp_path: Path, size: tuple[int, int], aspect: str, shown: tuple[int, int]
) -> None:
    # FFV1 takes sizes that 4:2:0 cannot have.
    source = numbered(
        tools, tmp_path / "film.mkv", "-vf", f"setsar={aspect}", "-c:v", "ffv1", frames=3, size=size
    )

    made = pieces(tools, source, tmp_path / "pieces")[0]

    assert (made.plan.video[0].width, made.plan.video[0].height) == shown
    assert made.pixels.shape == (3, shown[1], shown[0], 3)
    assert min(shown) < 16 or corner_order(made.pixels[1]) == UPRIGHT


def smaller_from_the_middle(tools: Tools, folder: Path) -> Path:
    first = numbered(tools, folder / "first.ts", *X264, frames=100)
    other = ("-vf", "setsar=4/3", "-output_ts_offset", "4")
    second = numbered(tools, folder / "second.ts", *X264, *other, frames=100, size=(160, 120))
    (folder / "film.ts").write_bytes(first.read_bytes() + second.read_bytes())
    return folder / "film.ts"


def smaller_within_matroska(tools: Tools, folder: Path) -> Path:
    first = numbered(tools, folder / "first.h264", *X264, frames=100)
    second = numbered(tools, folder / "second.h264", *X264, frames=100, size=(160, 120))
    (folder / "both.h264").write_bytes(first.read_bytes() + second.read_bytes())
    return make(tools, folder / "film.mkv", "-r", "25", "-i", str(folder / "both.h264"), "-c", "copy")


@pytest.mark.parametrize("maker", [smaller_from_the_middle, smaller_within_matroska], ids=["ts", "mkv"])
def test_a_picture_that_changes_its_size_keeps_frames_and_time(
    tools: Tools, tmp_path: Path, maker: Callable[[Tools, Path], Path]
) -> None:
    source = maker(tools, tmp_path)

    made = pieces(tools, source, tmp_path / "pieces")

    assert [number for piece in made for number in numbers(piece.pixels)] == [*range(100), *range(100)]
    assert all(piece.pixels.shape[1:3] == (180, 320) for piece in made)
    assert [corner_order(piece.pixels[-1]) for piece in made] == [UPRIGHT, UPRIGHT]


def combs(picture: Pixels) -> float:
    """How much each line differs from the two around it, compared with how these differ from each other."""
    lines = picture[:, :, 1].astype(float)
    odd = np.abs(2 * lines[1:-1] - lines[:-2] - lines[2:]).mean()
    return float(odd / (np.abs(lines[:-2] - lines[2:]).mean() + 1))


# A bar that crosses the picture fast: woven fields show it as a comb.
MOVING = "color=gray:320x192:r=50[back];color=white:30x150:r=50[bar];[back][bar]overlay=x=mod(n*7\\,280):y=20"
WOVEN = "interlace=scan={scan}:lowpass=0"


@pytest.mark.parametrize(
    ("name", "scan", "codec"),
    [
        ("first-top.mp4", "tff", ("-c:v", "libx264", "-crf", "8", "-flags", "+ildct+ilme", "-x264-params", "tff=1")),
        ("first-bottom.mkv", "bff", ("-c:v", "libx264", "-crf", "8", "-flags", "+ildct+ilme", "-x264-params", "bff=1")),
        ("disc.mpg", "tff", ("-c:v", "mpeg2video", "-q:v", "2", "-flags", "+ildct+ilme", "-f", "mpeg")),
    ],
)  # fmt: skip
def test_no_comb_is_left_of_woven_fields(
    tools: Tools, tmp_path: Path, name: str, scan: str, codec: tuple[str, ...]
) -> None:
    filters = f"{WOVEN.format(scan=scan)},setfield={scan},format=yuv420p"
    source = make(
        tools, tmp_path / name, "-f", "lavfi", "-i", MOVING, "-t", "5", "-vf", filters, "-g", "25", *codec
    )
    assert probe(source, tools=tools).video.interlaced

    made = pieces(tools, source, tmp_path / "pieces")

    assert made[0].plan.rate == 25
    assert sum(len(piece.pixels) for piece in made) == 125
    assert max(combs(picture) for piece in made for picture in piece.pixels) < 0.5


def test_a_broadcast_that_becomes_interlaced_later_shows_no_comb(tools: Tools, tmp_path: Path) -> None:
    common = ("-c:v", "mpeg2video", "-q:v", "2", "-g", "25", "-muxdelay", "0")
    whole = make(
        tools,
        tmp_path / "whole.ts",
        "-f",
        "lavfi",
        "-i",
        MOVING,
        "-t",
        "4",
        "-r",
        "25",
        "-pix_fmt",
        "yuv420p",
        *common,
    )
    woven = make(
        tools, tmp_path / "woven.ts", "-f", "lavfi", "-i", MOVING, "-t", "4",
        *("-vf", f"{WOVEN.format(scan='tff')},setfield=tff,format=yuv420p", "-flags", "+ildct+ilme"),
        *(*common, "-output_ts_offset", "4.04"),
    )  # fmt: skip
    source = tmp_path / "film.ts"
    source.write_bytes(whole.read_bytes() + woven.read_bytes())
    assert not probe(source, tools=tools).video.interlaced

    made = pieces(tools, source, tmp_path / "pieces")

    assert sum(len(piece.pixels) for piece in made) == 200
    assert max(combs(picture) for piece in made for picture in piece.pixels) < 0.5


@pytest.mark.parametrize(
    ("name", "rate", "frames", "made_at", "first"),
    [
        ("slow.mp4", "1", 8, Fraction(5), [0] * 5 + [1] * 5),
        ("ntsc.mkv", "60000/1001", 120, Fraction(60000, 1001), [0, 1, 2, 3]),
        ("games.mp4", "120", 240, Fraction(60), [0, 2, 4, 6]),
        ("games.mkv", "120000/1001", 240, Fraction(60000, 1001), [0, 2, 4, 6]),
        ("film.flv", "24000/1001", 72, Fraction(24000, 1001), [0, 1, 2, 3]),
    ],
)
def test_a_rate_is_made_exactly_and_at_most_sixty(
    tools: Tools, tmp_path: Path, name: str, rate: str, frames: int, made_at: Fraction, first: list[int]
) -> None:
    source = numbered(tools, tmp_path / name, *X264, frames=frames, rate=rate, size=(160, 90))

    made = pieces(tools, source, tmp_path / "pieces")

    shown = [number for piece in made for number in numbers(piece.pixels)]
    assert made[0].plan.rate == made_at
    assert len(shown) == round(frames / Fraction(rate) * made_at)
    assert shown[: len(first)] == first
    steps = np.diff(shown)
    # Steady: no frame is shown longer than another beyond what the rate asks for.
    assert steps.max() - steps.min() <= (1 if made_at > Fraction(rate) else 0)


def test_a_film_that_was_trimmed_without_encoding_begins_where_it_was_cut(
    tools: Tools, tmp_path: Path
) -> None:
    whole = numbered(tools, tmp_path / "whole.mp4", *X264, frames=200)
    trimmed = make(tools, tmp_path / "trimmed.mp4", "-ss", "1.32", "-i", str(whole), "-c", "copy")

    made = pieces(tools, trimmed, tmp_path / "pieces")

    assert [number for piece in made for number in numbers(piece.pixels)] == list(range(33, 200))
