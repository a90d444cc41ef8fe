"""A film that is long enough to be at work on, and what the factory makes of it without a server."""

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fleet.client import FleetClient
from tests.fleet.fleet import ROOT, Fleet
from transcoding.engine.tools import find_tools

FILM_SECONDS = 168


@dataclass(frozen=True)
class Reference:
    """A source, and the digests of its segments by their path below a version ("video-360/00003.m4s")."""

    source: Path
    digests: dict[str, str]


def make_reference(folder: Path) -> Reference:
    """Makes the film, and its ladder by `manage.py transcode`."""
    folder.mkdir(parents=True, exist_ok=True)
    source, made = folder / "film.mkv", folder / "made"
    subprocess.run(
        [
            *(str(find_tools().ffmpeg), "-loglevel", "error", "-y"),
            *("-f", "lavfi", "-i", f"testsrc2=size=426x240:rate=12:duration={FILM_SECONDS}"),
            *("-f", "lavfi", "-i", f"sine=frequency=440:duration={FILM_SECONDS}", "-c:a", "aac"),
            *("-c:v", "libx264", "-preset", "ultrafast", "-g", "120", "-pix_fmt", "yuv420p", str(source)),
        ],
        check=True,
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VOD_", "DJANGO_"))}
    subprocess.run(
        [sys.executable, "manage.py", "transcode", str(source), str(made)],
        cwd=ROOT,
        env={**kept, "VOD_HOME": str(folder / "home")},
        check=True,
        capture_output=True,
    )
    digests = {
        str(path.relative_to(made)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in made.rglob("*")
        if path.suffix in (".m4s", ".mp4")
    }
    assert len(digests) > 20
    return Reference(source, digests)


def made_of(fleet: Fleet, asset: str) -> dict[str, str]:
    """The digests of the segments that rows name, by the same paths; each object is as long as its row says."""
    key = _uuid(asset)
    rows = fleet.ask(
        "SELECT r.name, s.number, s.key, s.size_bytes FROM transcoding_segment s "
        "JOIN transcoding_rendition r ON r.id = s.rendition_id "
        "JOIN transcoding_assetversion v ON v.id = r.version_id "
        f"WHERE v.asset_id = '{key}' AND r.kind IN ('VIDEO', 'AUDIO')"
    )
    found = {}
    for name, number, segment, size in rows:
        content = fleet.read(segment)
        assert len(content) == size
        found[f"{name}/{number:05}.m4s"] = hashlib.sha256(content).hexdigest()
    return found


def _uuid(asset: str) -> str:
    from vod.lib.graphql.ids import decode_id

    return str(decode_id(asset, "Asset"))


@dataclass(frozen=True)
class Shown:
    """A published movie."""

    name: str
    slug: str
    video_id: str
    asset_id: str


def show(operator: FleetClient, asset: str, name: str) -> Shown:
    """Makes a movie of the asset and publishes it."""
    movie: dict[str, Any] = operator.change(
        "CreateMovie", name=name, year=2008, synopsis="Of a fleet.", maturityRating="U", genres=["Animation"]
    )["movie"]
    operator.change("AttachAsset", videoId=movie["video"]["id"], assetId=asset)
    operator.change("PublishTitle", titleId=movie["id"])
    return Shown(name, movie["slug"], movie["video"]["id"], asset)
