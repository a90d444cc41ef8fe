"""Renders a demo film, or one frame of it, through the engine's door to ffmpeg."""

from pathlib import Path

from catalog.demo.kinds import Film
from transcoding.engine.ffmpeg import Limits, check, run
from transcoding.engine.sources import input_guard, input_of
from transcoding.engine.tools import Tools

FILM_SECONDS = 240.0
STILL_SECONDS = 30.0


def film_arguments(film: Film, out: Path, ffmpeg: Path) -> list[str]:
    """The command that makes a whole film. Nothing in it comes from outside this package."""
    graph = f"{film.look(film.frame)};{film.sound(film.seconds)}"
    return [
        *(str(ffmpeg), "-hide_banner", "-nostdin", "-loglevel", "error", "-y"),
        *("-filter_complex", graph, "-map", "[v]", "-map", "[a]"),
        # A source for the factory, thrown away after it: quick to make, good to encode again.
        *("-c:v", "libx264", "-preset", "superfast", "-crf", "19", "-g", str(film.rate * 2)),
        *("-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709"),
        *("-c:a", "aac", "-b:a", "160k", "-movflags", "+faststart"),
        *("-t", f"{film.seconds:g}", "-f", "mp4", f"file:{out}"),
    ]


def still_arguments(film: Film, out: Path, ffmpeg: Path) -> list[str]:
    """The command that makes one frame: the generator runs up to it, and nothing is encoded on the way."""
    return [
        *(str(ffmpeg), "-hide_banner", "-nostdin", "-loglevel", "error", "-y"),
        *("-filter_complex", (film.still_look or film.look)(film.frame), "-map", "[v]"),
        *(
            "-ss",
            f"{film.still_at:g}",
            "-frames:v",
            "1",
            "-c:v",
            "png",
            "-f",
            "image2",
            "-update",
            "1",
            f"file:{out}",
        ),
    ]


def render_film(film: Film, out: Path, tools: Tools) -> Path:
    """Writes the film as MP4 to `out` (seconds of work). Raises MediaError."""
    limits = Limits(wall_seconds=FILM_SECONDS, nice=5)
    completed = run(
        film_arguments(film, out, tools.ffmpeg), limits=limits, sandbox=tools.sandbox, writes=[out.parent]
    )
    check(completed, f"The demo film {film.key} cannot be made with this ffmpeg.")
    return out


def render_still(film: Film, out: Path, tools: Tools) -> Path:
    """Writes a frame of the film as PNG, at the film's size, to `out`. Raises MediaError."""
    limits = Limits(wall_seconds=STILL_SECONDS)
    completed = run(
        still_arguments(film, out, tools.ffmpeg), limits=limits, sandbox=tools.sandbox, writes=[out.parent]
    )
    check(completed, f"A picture of the demo film {film.key} cannot be made with this ffmpeg.")
    return out


def render_clip_still(source: Path, seconds: float, out: Path, tools: Tools) -> Path:
    """Writes the frame of a clip at `seconds` as PNG to `out`. Raises MediaError."""
    arguments = [
        *(str(tools.ffmpeg), "-hide_banner", "-nostdin", "-loglevel", "error", "-y", "-ss", f"{seconds:g}"),
        *(*input_guard(source), *input_of(source), "-an", "-frames:v", "1"),
        *("-c:v", "png", "-f", "image2", "-update", "1", f"file:{out}"),
    ]
    limits = Limits(wall_seconds=STILL_SECONDS)
    completed = run(arguments, limits=limits, sandbox=tools.sandbox, reads=[source], writes=[out.parent])
    check(completed, f"A picture of the demo clip {source.name} cannot be made with this ffmpeg.")
    return out
