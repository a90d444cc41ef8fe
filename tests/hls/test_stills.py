"""Storyboards and single frames show what was to be seen at their time."""

import io
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests.hls import films
from transcoding.engine.plan import Plan, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.stills import best_moments, grab_frame, poster_candidates
from transcoding.engine.thumbnails import make_storyboard
from transcoding.engine.tools import Tools

COLOURS = ("red", "green", "blue", "yellow")
RED, BLUE, YELLOW = (255, 0, 0), (0, 0, 255), (255, 255, 0)


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
    return all(abs(one - two) < 10 for one, two in zip(colour, other, strict=True))


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


@pytest.fixture(scope="session")
def scenes(tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Black, words on black, a blurred chart, a chart, a flat colour, another chart: four seconds each, twice."""
    charts = {
        "black": "color=black:320x180:r=25:d=4",
        "title": "color=black:320x180:r=25:d=4,drawbox=60:80:200:4:white:fill,drawbox=90:96:140:4:white:fill",
        "soft": "testsrc2=320x180:r=25:d=4,gblur=12",
        "chart": "testsrc2=320x180:r=25:d=4",
        "flat": "color=gray:320x180:r=25:d=4",
        "other": "mandelbrot=320x180:r=25,trim=duration=4,setpts=PTS-STARTPTS",
    }
    names = [*charts, *charts]
    inputs = [part for name in names for part in ("-f", "lavfi", "-i", charts[name])]
    graph = f"{''.join(f'[{number}]setsar=1[v{number}];' for number in range(len(names)))}"
    graph += f"{''.join(f'[v{number}]' for number in range(len(names)))}concat=n={len(names)}"
    return films.make(
        tools,
        tmp_path_factory.mktemp("scenes") / "scenes.mp4",
        *(*inputs, "-filter_complex", graph, "-pix_fmt", "yuv420p"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-g", "25"),
    )


def test_the_best_moments_are_neither_black_nor_words_nor_soft_nor_flat_nor_the_same(
    tools: Tools, scenes: Path
) -> None:
    plan = make_plan(probe(scenes, tools=tools), build=tools.build)

    moments = best_moments(scenes, plan, tools=tools, count=2)

    # The chart stands at 12 to 16 and 36 to 40 s, the other one at 20 to 24 and 44 to 48.
    assert len(moments) == 2
    assert sorted(int(moment) % 24 // 4 for moment in moments) == [3, 5]


def test_posters_are_the_best_stills_in_order(tools: Tools, scenes: Path, tmp_path: Path) -> None:
    plan = make_plan(probe(scenes, tools=tools), build=tools.build)

    posters = poster_candidates(scenes, plan, tmp_path / "posters", tools=tools, count=2)

    assert [path.name for path in posters] == ["poster-0.jpg", "poster-1.jpg"]
    for poster in posters:
        with Image.open(poster) as image:
            assert image.size == (320, 180)
            assert image.convert("L").entropy() > 4


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
