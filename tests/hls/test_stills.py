"""Storyboards and single frames show what was to be seen at their time."""

import io
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests.hls import films
from transcoding.engine.plan import Plan, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.thumbnails import grab_frame, make_storyboard, poster_candidates
from transcoding.engine.tools import Tools

COLOURS = ("red", "green", "blue", "yellow")
RED, BLUE, YELLOW = (254, 0, 0), (0, 0, 254), (255, 255, 0)


@pytest.fixture
def flags(tools: Tools, tmp_path: Path) -> Path:
    """Four colours of three seconds each."""
    inputs = [
        part for colour in COLOURS for part in ("-f", "lavfi", "-i", f"color={colour}:320x180:r=25:d=3")
    ]
    graph = f"{''.join(f'[{number}]' for number in range(4))}concat=n=4"
    return films.make(
        tools,
        tmp_path / "flags.mp4",
        *inputs,
        "-filter_complex",
        graph,
        "-pix_fmt",
        "yuv420p",
        "-c:v",
        "libx264",
    )


@pytest.fixture
def plan(tools: Tools, flags: Path) -> Plan:
    return make_plan(probe(flags, tools=tools), build=tools.build)


def near(colour: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(one - two) < 24 for one, two in zip(colour, other, strict=True))


def pixel(path: Path, x: int, y: int) -> tuple[int, ...]:
    with Image.open(io.BytesIO(path.read_bytes())) as image:
        value = image.convert("RGB").getpixel((x, y))
    assert isinstance(value, tuple)
    return value


def test_a_sheet_shows_the_film_in_its_places(tools: Tools, flags: Path, plan: Plan, tmp_path: Path) -> None:
    board = make_storyboard(flags, plan, tmp_path, tools=tools)

    assert [path.name for path in board.files] == ["00000.jpg"]
    cues = board.vtt.read_text().split("\n\n")[1:]
    assert len([cue for cue in cues if cue.strip()]) == 6
    assert near(pixel(board.files[0], 128, 72), RED)
    assert near(pixel(board.files[0], 3 * 256 + 128, 72), BLUE)
    assert near(pixel(board.files[0], 128, 144 + 72), YELLOW)


@pytest.mark.parametrize(
    ("moment", "colour"), [(0.0, RED), (2.9, RED), (6.1, BLUE), (11.9, YELLOW), (500.0, YELLOW)]
)
def test_a_frame_is_the_one_at_that_moment(
    tools: Tools, flags: Path, plan: Plan, tmp_path: Path, moment: float, colour: tuple[int, ...]
) -> None:
    still = grab_frame(flags, moment, tmp_path / "still.jpg", plan=plan, tools=tools, height=90)

    assert near(pixel(still, 80, 45), colour)
    with Image.open(still) as image:
        assert image.size == (160, 90)


def test_posters_are_spread_over_the_film(tools: Tools, flags: Path, plan: Plan, tmp_path: Path) -> None:
    posters = poster_candidates(flags, plan, tmp_path / "posters", tools=tools, count=3)

    assert [path.name for path in posters] == ["poster-0.jpg", "poster-1.jpg", "poster-2.jpg"]
    assert near(pixel(posters[1], 160, 90), BLUE)


def test_stills_carry_nothing_that_the_file_says_of_itself(tools: Tools, tmp_path: Path) -> None:
    source = films.film(
        tools, tmp_path / "film.mp4", "-metadata", "title=Where I live", seconds=1, sound_seconds=0
    )
    plan = make_plan(probe(source, tools=tools), build=tools.build)

    still = grab_frame(source, 0, tmp_path / "still.jpg", plan=plan, tools=tools)

    assert b"Where I live" not in still.read_bytes()
    told = subprocess.run(
        [str(tools.ffprobe), "-v", "error", "-show_format", str(still)], capture_output=True, check=True
    )
    assert b"Where I live" not in told.stdout
