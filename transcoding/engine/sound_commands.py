"""What ffmpeg is asked for sound: lists of arguments. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from transcoding.engine.ffmpeg import quiet_options
from transcoding.engine.plan import SAMPLE_RATE, Plan
from transcoding.engine.renditions import AudioRendition
from transcoding.engine.sound_graph import sound_graph
from transcoding.engine.sources import Source, input_guard, input_of

# Where the plan's zero lies in a file of evened sound: late enough for what comes before it.
EVEN_OFFSET = Fraction(10)
_EVEN = f"aformat=sample_fmts=s16:sample_rates={SAMPLE_RATE}:channel_layouts=5.1"


def audio_arguments(
    source: Source, plan: Plan, folder: Path, renditions: Sequence[AudioRendition], *, silent: bool = False
) -> list[str]:
    """Arguments of ffmpeg for all sound: one fragmented file a rendition, cut afterwards."""
    # Over what a first try left behind, if there was one.
    arguments = [*quiet_options(), "-y", "-copyts"]
    if silent:
        arguments += ["-f", "lavfi", "-i", f"anullsrc=channel_layout=stereo:sample_rate={SAMPLE_RATE}"]
    else:
        # A track that breaks is silent from there on; the share of errors that ffmpeg bears by itself is two thirds.
        arguments += [*input_guard(source), "-max_error_rate", "1", *input_of(source)]
    arguments += ["-filter_complex", sound_graph(plan, renditions, silent=silent)]
    for number, audio in enumerate(renditions):
        encoder = ["-c:a", "aac", "-b:a", str(audio.bitrate), "-ac", str(audio.channels)]
        # Broadcasts have a header on every packet where files have one for all.
        copier = ["-map", f"0:{audio.source_index}", "-c:a", "copy", "-bsf:a", "aac_adtstoasc"]
        flags = "+empty_moov+default_base_moof" + ("+delay_moov" if audio.copied else "")
        arguments += [
            *(copier if audio.copied else ["-map", f"[a{number}]", *encoder, "-ar", str(SAMPLE_RATE)]),
            *("-map_metadata", "-1", "-map_chapters", "-1"),
            # Fragments of ten seconds, only to be taken apart again: few headers to read.
            *("-f", "mp4", "-movflags", flags, "-frag_duration", "10000000"),
            *("-use_editlist", "0", str(folder / f"{audio.name}.mp4")),
        ]
        if audio.copied:
            # The same packets once more as lines of text: MP4 forgets where on the source's clock they stood.
            arguments += [*copier, "-f", "framecrc", str(folder / f"{audio.name}.packets")]
            arguments += ["-map", f"[m{number}]", "-f", "null", "-"]
    return arguments


def even_arguments(source: Source, plan: Plan, index: int, target: Path) -> list[str]:
    """Arguments of ffmpeg for one track in 5.1 throughout, losslessly, on a clock that is ``EVEN_OFFSET`` ahead of the plan's."""
    shift = EVEN_OFFSET - plan.source_offset
    return [
        *(*quiet_options(), "-y", "-copyts", *input_guard(source), "-max_error_rate", "1", *input_of(source)),
        # Nothing in this graph remembers anything, so that it may be built anew.
        *("-map", f"0:{index}", "-af", f"asetpts=PTS+({shift.numerator}/{shift.denominator})/TB,{_EVEN}"),
        *("-c:a", "flac", "-compression_level", "0", "-map_metadata", "-1", "-map_chapters", "-1"),
        *("-f", "matroska", str(target)),
    ]
