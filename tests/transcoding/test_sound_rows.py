"""Sound on its way through the server: rows for stereo and 5.1, their loudness, and how loud a player makes them."""

import subprocess
from pathlib import Path

import pytest

from transcoding.engine.loudness import TARGET_LUFS, gain_db
from transcoding.engine.tools import find_tools
from transcoding.models import Asset, AssetState, Rendition, RenditionKind
from transcoding.services.ingest import add_source
from transcoding.services.working import work_once


def film_with(target: Path, *sounds: str) -> Path:
    """Four seconds of a chart with these sounds, each a source of lavfi and its codec."""
    inputs = [word for sound in sounds for word in ("-f", "lavfi", "-i", sound)]
    mapped = [word for number in range(len(sounds) + 1) for word in ("-map", str(number))]
    subprocess.run(
        [
            *(str(find_tools().ffmpeg), "-loglevel", "error", "-f", "lavfi"),
            *("-i", "testsrc2=size=320x180:rate=25:duration=4", *inputs, *mapped),
            *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", str(target)),
        ],
        check=True,
    )
    return target


def sounds_of(asset: Asset) -> list[Rendition]:
    assert asset.current_version is not None
    return list(asset.current_version.renditions.filter(kind=RenditionKind.AUDIO).order_by("name"))


def test_each_track_is_measured_and_its_stereo_copied_where_it_fits(db: None, tmp_path: Path) -> None:
    six = "|".join(["0.1*sin(2*PI*500*t)"] * 6)
    source = film_with(
        tmp_path / "film.mp4",
        "aevalsrc=0.1*sin(2*PI*1000*t)|0.1*sin(2*PI*1000*t):s=48000:d=4",
        f"aevalsrc={six}:s=48000:c=5.1:d=4",
        "anullsrc=channel_layout=mono:sample_rate=48000:duration=4",
    )
    asset = add_source(path=source, file_name="film.mp4")

    while work_once():
        pass

    asset.refresh_from_db()
    assert asset.state == AssetState.READY
    rows = sounds_of(asset)
    assert [(row.name, row.channels, row.is_copied) for row in rows] == [
        ("audio-0", 2, True),
        ("audio-1", 2, False),
        ("audio-1-surround", 6, False),
        ("audio-2", 2, False),
    ]
    stereo, mixed, surround, silence = rows
    # A sine of -20 dBFS in both channels.
    assert stereo.loudness == pytest.approx(-20.0, abs=0.2)
    assert stereo.true_peak == pytest.approx(-20.0, abs=1.5)
    assert gain_db(stereo.loudness, stereo.true_peak) == pytest.approx(TARGET_LUFS + 20, abs=0.2)
    assert mixed.loudness is not None and surround.loudness is not None
    assert surround.loudness > mixed.loudness
    assert (silence.loudness, silence.true_peak) == (None, None)
