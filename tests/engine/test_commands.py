"""What ffmpeg is asked: where it begins to read, which frames it is to give, what guards the input."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tests.engine.films import SOUND, film
from transcoding.engine.encode import chunk_arguments
from transcoding.engine.filters import ladder_graph, on_grid, text, to_sdr
from transcoding.engine.plan import ChunkSpec, chunks, make_plan
from transcoding.engine.sound_commands import audio_arguments
from transcoding.engine.sound_graph import sound_graph
from transcoding.engine.sources import CONTAINERS
from transcoding.engine.thumbnails import clock, storyboard_arguments, storyboard_vtt, thumbnail_count

SOURCE = Path("/tmp/source")
FOLDER = Path("/tmp/out")


def test_every_chunk_asks_for_its_own_frames() -> None:
    plan = make_plan(film(), build="x")

    for chunk in chunks(plan):
        first, end = plan.boundaries[chunk.first_segment], plan.boundaries[chunk.end_segment]
        arguments = chunk_arguments(
            SOURCE, plan, chunk, FOLDER, rungs=plan.video, seek=None, can_tonemap=True
        )
        assert f"trim=end_pts={end}:start_pts={first}" in arguments[arguments.index("-filter_complex") + 1]
        assert arguments.count(str(end - first)) >= len(plan.video)


def test_parameters_of_the_encoder_are_the_same_in_every_chunk() -> None:
    plan = make_plan(film(frames=98, duration=Fraction(98, 24), sounds=()), build="x")
    told = [
        arguments[arguments.index("-c:v") : arguments.index("-flags")]
        for arguments in (
            chunk_arguments(
                SOURCE,
                plan,
                ChunkSpec(number, number, number + 1),
                FOLDER,
                rungs=plan.video,
                seek=None,
                can_tonemap=True,
            )
            for number in range(2)
        )
    ]

    assert told[0] == told[1]
    assert told[0][told[0].index("-g") + 1] == "96"


def test_uneven_boundaries_force_their_key_frames_half_a_frame_early() -> None:
    plan = replace(make_plan(film(sounds=()), build="x"), boundaries=(0, 100, 150, 720))

    arguments = chunk_arguments(
        SOURCE, plan, ChunkSpec(0, 0, 3), FOLDER, rungs=plan.video, seek=None, can_tonemap=True
    )

    assert arguments[arguments.index("-force_key_frames") + 1] == "4.145833333,6.229166667"
    assert arguments[arguments.index("-g") + 1] == "571"


@pytest.mark.parametrize("maker", ["ladder", "sound", "storyboard"])
def test_every_input_is_guarded(maker: str) -> None:
    plan = make_plan(film(), build="x")
    arguments = {
        "ladder": chunk_arguments(
            SOURCE, plan, chunks(plan)[0], FOLDER, rungs=plan.video, seek=None, can_tonemap=True
        ),
        "sound": audio_arguments(SOURCE, plan, FOLDER, plan.audio),
        "storyboard": storyboard_arguments(SOURCE, plan, FOLDER, tonemap=True),
    }[maker]

    source = arguments.index("-i")
    assert arguments[source + 1].startswith("file:/")
    assert arguments[arguments.index("-protocol_whitelist", 0, source) + 1] == "file,pipe"
    assert arguments[arguments.index("-format_whitelist", 0, source) + 1] == CONTAINERS
    assert "-max_pixels" in arguments[:source]


@pytest.mark.parametrize(
    ("seconds", "keys_apart", "skipped"), [(60, 2, "noref"), (600, 4, "nokey"), (600, 300, "noref")]
)
def test_a_storyboard_decodes_no_more_than_it_needs(seconds: int, keys_apart: int, skipped: str) -> None:
    plan = make_plan(film(frames=24 * seconds, duration=Fraction(seconds), sounds=()), build="x")
    plan = replace(plan, reads=tuple(4 * n // keys_apart * keys_apart for n in range(plan.segment_count)))

    arguments = storyboard_arguments(SOURCE, plan, FOLDER, tonemap=True)

    assert arguments[arguments.index("-skip_frame") + 1] == skipped


def test_no_word_of_the_file_reaches_a_graph() -> None:
    sounds = (replace(SOUND, title="[evil];drawtext=textfile=/etc/passwd", language="xx"),)
    plan = make_plan(film(matrix="drawtext", sounds=sounds), build="x")

    ladder, _ = ladder_graph(plan, plan.video, 0, 96, from_start=True, can_tonemap=True)
    graphs = ladder + sound_graph(plan, plan.audio)

    assert "evil" not in graphs
    assert "drawtext" not in graphs


def test_each_rung_is_scaled_from_the_one_above() -> None:
    plan = make_plan(film(), build="x")
    graph, outputs = ladder_graph(plan, plan.video, 0, 96, from_start=True, can_tonemap=True)

    assert graph.count("[0:0]") == 1
    splits = re.findall(r"split=2(\[\w+\])(\[\w+\])", graph)
    assert [kept for kept, _ in splits] == list(outputs[:-1])
    sizes = ["1280:720", "960:540", "768:432", "640:360", "426:240"]
    assert [f"{passed}scale={size}:" in graph for (_, passed), size in zip(splits, sizes, strict=True)] == [
        True
    ] * 5


def test_one_rung_needs_no_tree() -> None:
    plan = make_plan(film(width=320, height=180, display_width=320, display_height=180), build="x")

    graph, outputs = ladder_graph(plan, plan.video, 0, 96, from_start=True, can_tonemap=True)

    assert len(plan.video) == len(outputs) == 1
    assert graph.endswith(outputs[0])


def test_interlaced_pictures_are_woven_before_they_are_counted() -> None:
    plan = make_plan(film(interlaced=True), build="x")

    grid = text(on_grid(plan, 0, 96, from_start=True))

    assert grid.index("bwdif") < grid.index("fps=")


def test_hdr_is_mapped_where_the_build_can_and_scaled_where_it_cannot() -> None:
    picture = make_plan(film(hdr=True, transfer="smpte2084", matrix="bt2020nc"), build="x").picture

    assert "tonemap" in text(to_sdr(picture, 640, 360, can_tonemap=True))
    assert "tonemap" not in text(to_sdr(picture, 640, 360, can_tonemap=False))


@pytest.mark.parametrize(
    ("matrix", "size", "taken"),
    [
        ("", (854, 480), "bt601"),
        ("", (1920, 1080), "bt709"),
        ("smpte170m", (1920, 1080), "bt601"),
        ("bt709", (320, 240), "bt709"),
    ],
)
def test_pictures_without_a_matrix_are_taken_for_what_players_take_them(
    matrix: str, size: tuple[int, int], taken: str
) -> None:
    picture = make_plan(film(matrix=matrix, display_width=size[0], display_height=size[1]), build="x").picture

    assert f"in_color_matrix={taken}:" in text(to_sdr(picture, *size, can_tonemap=True))


@pytest.mark.parametrize(("channels", "way"), [(1, "FL=c0"), (2, "channel_layouts=stereo"), (6, "0.707*FC")])
def test_sound_becomes_stereo_by_an_explicit_way(channels: int, way: str) -> None:
    plan = make_plan(film(sounds=(replace(SOUND, channels=channels),)), build="x")

    assert way in sound_graph(plan, plan.audio[:1])


def test_a_storyboard_says_which_part_of_which_sheet_belongs_to_which_time() -> None:
    board = make_plan(film(frames=24 * 53, duration=Fraction(53), sounds=()), build="x").storyboard

    cues = storyboard_vtt(board, Fraction(53), 2).strip().split("\n\n")[1:]

    assert thumbnail_count(board, Fraction(53)) == len(cues) == 27
    assert cues[0] == "00:00:00.000 --> 00:00:02.000\n00000.jpg#xywh=0,0,256,144"
    assert cues[6] == "00:00:12.000 --> 00:00:14.000\n00000.jpg#xywh=256,144,256,144"
    assert cues[26] == "00:00:52.000 --> 00:00:53.000\n00001.jpg#xywh=256,0,256,144"


def test_times_have_hours_and_thousandths() -> None:
    assert clock(Fraction(3_725_042, 1000)) == "01:02:05.042"
