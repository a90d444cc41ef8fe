"""The filter graph of all sound: each track decoded once, onto the plan's clock, into stereo and 5.1, and measured.

No string of a file or a person is ever part of a graph: only numbers, and names from the tables here.
"""

from __future__ import annotations

from collections.abc import Sequence

from transcoding.engine.loudness import meter
from transcoding.engine.plan import PACKET, SAMPLE_RATE, Plan
from transcoding.engine.renditions import AudioRendition

# Beyond this many channels no layout is standard, and the first two are all that can be trusted.
_MOST_CHANNELS = 8
# ITU-R BS.775, table 2; "<" scales the sum so that it cannot clip. The LFE is left out, as there.
_DOWN_TO_STEREO = "pan=stereo|FL<FL+0.707*FC+0.707*BL|FR<FR+0.707*FC+0.707*BR"


def sound_graph(plan: Plan, renditions: Sequence[AudioRendition], *, silent: bool = False) -> str:
    """A graph with an output ``[a<number>]`` for each of ``renditions``, by its place in them.

    Of one that is copied it is ``[m<number>]``, a bit of sound that is of no use any more. Gaps and the end are filled
    with silence. ``silent`` expects silence in stereo as the input, for a track that cannot be read.
    """
    samples = plan.packets * PACKET
    chains: list[str] = []
    for index in dict.fromkeys(rendition.source_index for rendition in renditions):
        numbers = [n for n, rendition in enumerate(renditions) if rendition.source_index == index]
        heads = "".join(f"[t{number}]" for number in numbers)
        whole = f"atrim=end_sample={samples}"
        if silent:
            source = [f"[0:0]{whole}"]
        else:
            source = [f"[0:{index}]{_on_clock(plan)}", f"apad=whole_len={samples}", whole]
        split = [f"asplit={len(numbers)}"] if len(numbers) > 1 else []
        chains.append(",".join([*source, *split]) + heads)
        for number in numbers:
            channels = 2 if silent else renditions[number].source_channels
            mix = f"[t{number}]{','.join(_mix(channels, renditions[number].channels))}"
            if renditions[number].copied:
                # Something must come out: ffmpeg has no graphs without an end.
                chains.append(f"{mix},{meter(number, samples)}[m{number}]")
            else:
                chains += [
                    f"{mix},asplit=2[a{number}][m{number}]",
                    f"[m{number}]{meter(number, samples)},anullsink",
                ]
    return ";".join(chains)


def _on_clock(plan: Plan) -> str:
    offset = f"{plan.source_offset.numerator}/{plan.source_offset.denominator}"
    # Starts at 0 whatever the track does; a hole or a drift of more than 15 ms becomes silence or a cut, not a shift.
    return f"asetpts=PTS-({offset})/TB,aresample={SAMPLE_RATE}:async=1:min_hard_comp=0.015:first_pts=0"


def _mix(source_channels: int, channels: int) -> tuple[str, ...]:
    if channels > 2:
        return _to_surround(source_channels)
    if source_channels == 1:
        # The filter's own way to stereo would lower the level by 3 dB.
        return ("pan=stereo|FL=c0|FR=c0",)
    if source_channels == 2:
        return ("aformat=channel_layouts=stereo",)
    if source_channels > _MOST_CHANNELS:
        return ("pan=stereo|FL=c0|FR=c1",)
    return (*_to_surround(source_channels), _DOWN_TO_STEREO)


def _to_surround(source_channels: int) -> tuple[str, ...]:
    if source_channels == 8:
        # Side and back at equal power; the filter's own way would leave the sides 3 dB behind.
        backs = "BL=0.707*BL+0.707*SL|BR=0.707*BR+0.707*SR"
        return ("aformat=sample_fmts=fltp:channel_layouts=7.1", f"pan=5.1|FL=FL|FR=FR|FC=FC|LFE=LFE|{backs}")
    # In floating point the level of what stays where it is stays too; a back centre goes to both sides at 0.707.
    return ("aformat=sample_fmts=fltp:channel_layouts=5.1",)
