"""Whether the sound tracks of a file decode at all, and what their first packets say of themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from transcoding.engine.ffmpeg import Limits, run
from transcoding.engine.media import AudioTrack, MediaInfo
from transcoding.engine.sources import Source, input_guard, input_of
from transcoding.engine.tools import Tools

_LIMITS = Limits(wall_seconds=25, cpu_seconds=20, memory_bytes=2 * 1024**3, output_bytes=8 * 1024**2)
# A stream that begins anywhere needs a few packets before one decodes.
_ENOUGH = 16
# These decode from a major sync on, which comes with every 128th packet at the latest.
_SLOW_TO_BEGIN = frozenset({"truehd", "mlp"})
_ENOUGH_FOR_SLOW = 160


@dataclass(slots=True)
class Heard:
    """What came of one track: packets read, and of each decoded frame its channels and their layout."""

    packets: int = 0
    frames: list[tuple[int, str]] = field(default_factory=list)


def listen(source: Source, info: MediaInfo, *, tools: Tools) -> MediaInfo:
    """The file without the sound tracks that do not decode, and a note for each of them. Raises MediaError."""
    if not info.audio:
        return info
    packets = sum(2 * _enough(track) for track in info.audio)
    completed = run(
        [
            *(str(tools.ffprobe), "-hide_banner", "-loglevel", "error", *input_guard(source)),
            *("-select_streams", "a", "-read_intervals", f"%+#{packets}", "-show_packets", "-show_frames"),
            *("-show_entries", "packet=stream_index:frame=stream_index,channels,channel_layout"),
            *("-of", "compact", *input_of(source)),
        ],
        limits=_LIMITS,
        sandbox=tools.sandbox,
        reads=[source],
    )
    return believe_ears(info, read_heard(completed.stdout.decode("ascii", "replace").splitlines()))


def read_heard(lines: Iterable[str]) -> dict[int, Heard]:
    """By track, from ffprobe's compact lines of packets and frames."""
    found: dict[int, Heard] = {}
    for line in lines:
        kind, *cells = line.split("|")
        facts = dict(cell.split("=", 1) for cell in cells if "=" in cell)
        index = facts.get("stream_index", "")
        if not index.isdigit():
            continue
        heard = found.setdefault(int(index), Heard())
        if kind == "packet":
            heard.packets += 1
        elif kind == "frame" and facts.get("channels", "").isdigit():
            layout = facts.get("channel_layout", "")
            heard.frames.append((int(facts["channels"]), "" if layout == "unknown" else layout))
    return found


def believe_ears(info: MediaInfo, heard: Mapping[int, Heard]) -> MediaInfo:
    """The facts as the decoder has them: tracks of which nothing decodes are left out, channels as they come."""
    tracks: list[AudioTrack] = []
    notes = list(info.notes)
    for track in info.audio:
        found = heard.get(track.index, Heard())
        if found.frames:
            (channels, layout), _ = Counter(found.frames).most_common(1)[0]
            tracks.append(replace(track, channels=channels, layout=layout or track.layout))
        elif found.packets >= _enough(track):
            notes.append(f"A sound track that cannot be decoded ({track.codec}) is left out.")
        else:
            tracks.append(track)
    return replace(info, audio=tuple(tracks), notes=tuple(notes))


def _enough(track: AudioTrack) -> int:
    return _ENOUGH_FOR_SLOW if track.codec in _SLOW_TO_BEGIN else _ENOUGH
