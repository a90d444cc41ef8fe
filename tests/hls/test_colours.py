"""Patches of known colour come out as those colours in SDR, whatever the source's range, depth, matrix or light."""

from pathlib import Path

import numpy as np
import pytest

from tests.hls.films import make
from tests.hls.numbered import CORNERS, corners, numbered, pictures
from tests.hls.pieces import coded_as, pieces
from transcoding.engine.probe import probe
from transcoding.engine.stills import grab_frame
from transcoding.engine.tools import Tools

# Grey and colours as linear light of a display in nits, with BT.709's primaries.
LIGHTS = (
    *((203.0,) * 3, (100.0,) * 3, (26.0,) * 3, (1.0,) * 3, (1000.0,) * 3),
    *((100.0, 5.0, 5.0), (5.0, 100.0, 5.0), (5.0, 5.0, 100.0)),
)
WHITE, GREYS = 217, ((203.0, 217), (100.0, 185), (26.0, 109), (1.0, 27), (1000.0, 255))
# BT.709's primaries in BT.2020's (ITU-R BT.2087, table 1).
TO_WIDE = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])
PATCH = 32


def marked(primaries: str, transfer: str, matrix: str, *, full: bool = False, pixels: str) -> tuple[str, ...]:
    """Filters that make a picture of RGB what these names say, and say so."""
    names = {"bt601": "smpte170m", "bt2020": "bt2020nc"}
    reach = "pc" if full else "tv"
    return (
        "-vf",
        f"scale=out_color_matrix={matrix}:out_range={reach},format={pixels},setparams=range={reach}"
        f":color_primaries={primaries}:color_trc={transfer}:colorspace={names.get(matrix, matrix)}",
    )


SD = ("smpte170m", "smpte170m", "bt601")
HD = ("bt709", "bt709", "bt709")
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "6")
X265 = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "crf=6:log-level=none")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("sd.mp4", (*marked(*SD, pixels="yuv420p"), *X264)),
        (
            "untagged.avi",
            ("-vf", "scale=out_color_matrix=bt601,format=yuv420p", "-c:v", "mpeg4", "-q:v", "1"),
        ),
        ("hd.mp4", (*marked(*HD, pixels="yuv420p"), *X264)),
        ("full.mp4", (*marked(*HD, full=True, pixels="yuvj420p"), *X264)),
        ("jpegs.avi", (*marked(*SD, full=True, pixels="yuvj422p"), "-c:v", "mjpeg", "-q:v", "1")),
        ("444.mp4", (*marked(*HD, pixels="yuv444p"), *X264)),
        ("422-10.mov", (*marked(*HD, pixels="yuv422p10le"), "-c:v", "prores_ks", "-profile:v", "3")),
        ("4444.mov", (*marked(*HD, pixels="yuva444p10le"), "-c:v", "prores_ks", "-profile:v", "4444")),
        ("420-10.mkv", (*marked(*HD, pixels="yuv420p10le"), *X264)),
        ("422-12.mkv", (*marked(*HD, pixels="yuv422p12le"), *X265)),
        ("444-12.mkv", (*marked(*HD, pixels="yuv444p12le"), "-c:v", "ffv1")),
        ("rgb.mkv", ("-c:v", "ffv1", "-pix_fmt", "bgr0")),
        ("rgb.mp4", ("-c:v", "libx264rgb", "-preset", "ultrafast", "-crf", "6")),
        ("dnxhr.mov", (*marked(*HD, pixels="yuv422p"), "-c:v", "dnxhd", "-profile:v", "dnxhr_hq")),
        (
            "vp9-10.webm",
            (
                *marked(*HD, pixels="yuv444p10le"),
                "-c:v",
                "libvpx-vp9",
                "-crf",
                "8",
                "-b:v",
                "0",
                "-deadline",
                "realtime",
                "-cpu-used",
                "8",
            ),
        ),
        (
            "av1-10.mp4",
            (*marked(*HD, pixels="yuv420p10le"), "-c:v", "libsvtav1", "-preset", "12", "-crf", "15"),
        ),
        ("camcorder.avi", ("-s", "720x576", "-pix_fmt", "yuv420p", "-c:v", "dvvideo")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_patches_keep_their_colours(
    tools: Tools, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    source = numbered(tools, tmp_path / name, *options, frames=5)

    made = pieces(tools, source, tmp_path / "pieces")[0]

    assert corners(made.pixels[2]) == pytest.approx(np.array(CORNERS), abs=7)


def pq(nits: np.ndarray) -> np.ndarray:
    """SMPTE ST 2084's signal for light in nits."""
    powered = (nits / 10_000) ** (2610 / 16384)
    return ((3424 / 4096 + 2413 / 128 * powered) / (1 + 2392 / 128 * powered)) ** (2523 / 32)


def hlg(nits: np.ndarray) -> np.ndarray:
    """The signal of hybrid log-gamma for light of a display of 1,000 nits (ITU-R BT.2100, table 5)."""
    luminance = nits @ np.array([0.2627, 0.6780, 0.0593]) / 1000
    scene = nits / 1000 * luminance[..., None] ** ((1 - 1.2) / 1.2)
    high = 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073
    signal: np.ndarray = np.where(scene <= 1 / 12, np.sqrt(3 * scene), high)
    return signal


@pytest.fixture(scope="module", params=["smpte2084", "arib-std-b67"])
def bright(request: pytest.FixtureRequest, tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Patches of known light in HDR10 or HLG, side by side."""
    light = np.array(LIGHTS) @ TO_WIDE.T
    signal = pq(light) if request.param == "smpte2084" else hlg(light)
    line = np.repeat((signal * 65535).round().astype("<u2"), PATCH, axis=0)
    planes = [np.tile(line[:, plane], (64, 1)) for plane in (1, 2, 0)]
    folder = tmp_path_factory.mktemp(request.param)
    raw = folder / "light.raw"
    raw.write_bytes(b"".join(plane.tobytes() for plane in planes) * 5)
    size = f"{len(LIGHTS) * PATCH}x64"
    return make(
        tools,
        folder / "bright.mp4",
        *("-f", "rawvideo", "-pix_fmt", "gbrp16le", "-s", size, "-r", "25", "-i", str(raw)),
        *(*marked("bt2020", request.param, "bt2020", pixels="yuv420p10le"), *X265),
    )


def patches(picture: np.ndarray) -> list[tuple[int, ...]]:
    return [tuple(int(v) for v in picture[32, PATCH * n + PATCH // 2]) for n in range(len(LIGHTS))]


def test_hdr_is_shown_in_right_colours(tools: Tools, bright: Path, tmp_path: Path) -> None:
    assert probe(bright, tools=tools).video.hdr

    made = pieces(tools, bright, tmp_path)[0]

    shown: dict[tuple[float, ...], tuple[int, ...]] = dict(zip(LIGHTS, patches(made.pixels[2]), strict=True))
    # A white page is nearly white, faces are as they were graded, and the brightest lights are not cut off.
    for nits, grey in GREYS:
        assert shown[(nits,) * 3] == pytest.approx((grey,) * 3, abs=6)
    # As bright as grey of that light, with the little of the others that there was: the hue stays.
    for channel in range(3):
        colour = tuple(100.0 if place == channel else 5.0 for place in range(3))
        assert shown[colour] == pytest.approx([184 if light == 100 else 52 for light in colour], abs=9)


def test_a_still_of_hdr_is_the_picture_of_the_stream(tools: Tools, bright: Path, tmp_path: Path) -> None:
    made = pieces(tools, bright, tmp_path / "pieces")[0]

    still = grab_frame(bright, 0.1, tmp_path / "still.jpg", plan=made.plan, tools=tools)

    shown = pictures(tools, still, len(LIGHTS) * PATCH, 64, matrix="bt601", reach="pc")[0]
    assert patches(shown) == pytest.approx(np.array(patches(made.pixels[2])), abs=8)


def test_wide_colours_of_sdr_are_not_shown_pale(tools: Tools, tmp_path: Path) -> None:
    bars = np.array([(180, 60, 60), (60, 160, 60), (70, 70, 200)])
    wide = 255 * ((bars / 255) ** 2.4 @ TO_WIDE.T) ** (1 / 2.4)
    raw = tmp_path / "wide.raw"
    raw.write_bytes(np.tile(np.repeat(wide.round().astype("u1"), 64, axis=0), (64, 1, 1)).tobytes() * 5)
    source = make(
        tools,
        tmp_path / "wide.mkv",
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "192x64", "-r", "25", "-i", str(raw)),
        *(*marked("bt2020", "bt2020-10", "bt2020", pixels="yuv420p10le"), *X265),
    )

    made = pieces(tools, source, tmp_path / "pieces")[0]

    shown = [made.pixels[2][32, 64 * place + 32] for place in range(3)]
    assert np.array(shown, int) == pytest.approx(bars, abs=8)


@pytest.mark.parametrize(
    "options", [marked(*SD, pixels="yuv420p"), marked(*HD, full=True, pixels="yuvj420p")]
)
def test_the_stream_says_which_colours_it_has(tools: Tools, tmp_path: Path, options: tuple[str, ...]) -> None:
    source = numbered(tools, tmp_path / "film.mp4", *options, *X264, frames=3)

    pieces(tools, source, tmp_path / "pieces")

    assert coded_as(tools, tmp_path / "pieces" / "0.mp4") == {
        "pix_fmt": "yuv420p",
        "color_range": "tv",
        "color_space": "bt709",
        "color_transfer": "bt709",
        "color_primaries": "bt709",
        "sample_aspect_ratio": "1:1",
    }
