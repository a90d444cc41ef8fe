"""AAC packets of the source, taken over as they are where they stand on the plan's grid. Pure.

A packet's place on the grid of 1,024 samples is fixed by the first one; a track is copied only where every packet
stands within 15 ms of its place, so that sound never leaves the picture by more. In doubt, a track is encoded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from transcoding.engine.plan import PACKET, SAMPLE_RATE
from transcoding.engine.renditions import COPIED_SOUND_BITRATE

# Half a packet of rounding, and what time stamps in whole milliseconds add to it.
_MOST_OFF = SAMPLE_RATE * 15 // 1000
# Time stamps may be rounded, but a step that is off by more is a hole or an overlap.
_MOST_STEP_OFF = SAMPLE_RATE * 3 // 1000


@dataclass(frozen=True, slots=True)
class PacketTimes:
    """Of each packet its presentation time in ticks on the source's clock, and its size in bytes.

    ``tick`` is in samples of 48 kHz.
    """

    tick: Fraction
    times: tuple[int, ...]
    sizes: tuple[int, ...]


def read_packet_times(lines: Iterable[str]) -> PacketTimes:
    """From what ffmpeg's framecrc muxer writes. Raises ValueError on anything else."""
    tick = Fraction(0)
    times, sizes = [], []
    for line in lines:
        if line.startswith("#tb 0:"):
            tick = Fraction(line.removeprefix("#tb 0:").strip()) * SAMPLE_RATE
        elif line and not line.startswith("#"):
            cells = line.split(",")
            if len(cells) < 5:
                raise ValueError("a line is cut off")
            times.append(int(cells[2]))
            sizes.append(int(cells[4]))
    if not tick:
        raise ValueError("there is no time base")
    return PacketTimes(tick, tuple(times), tuple(sizes))


def first_place(packets: PacketTimes, offset: Fraction) -> int | None:
    """Which place of the plan's grid the first packet takes; below 0 is before the beginning. None: encode.

    ``offset`` is the source's time in seconds that becomes 0.
    """
    times = packets.times
    if not times or sum(packets.sizes) * 8 * SAMPLE_RATE > COPIED_SOUND_BITRATE * PACKET * len(times):
        return None
    zero = offset * SAMPLE_RATE
    first = round((times[0] * packets.tick - zero) / PACKET)
    # In whole numbers, since a long film has a million packets.
    scale = math.lcm(packets.tick.denominator, zero.denominator)
    tick, start = int(packets.tick * scale), int(zero * scale) + first * PACKET * scale
    for number, time in enumerate(times):
        if abs(time * tick - start - number * PACKET * scale) > _MOST_OFF * scale:
            return None
    for before, after in pairwise(times):
        if abs((after - before) * tick - PACKET * scale) > _MOST_STEP_OFF * scale:
            return None
    return first


def is_plain_stereo(config: bytes) -> bool:
    """Whether an AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1) is AAC-LC, 48 kHz, stereo, 1,024 samples a packet."""
    bits = f"{int.from_bytes(config, 'big'):0{len(config) * 8}b}"
    # Object type 2, frequency index 3, channel configuration 2; 1,024 samples, no core coder, no extension.
    if bits[:16] != "00010" + "0011" + "0010" + "000":
        return False
    # A sync extension (0x2b7, object type 5) with its flag unset says that there is no SBR after all.
    return bits[16:].rstrip("0") in ("", (f"{0x2B7:011b}" + f"{5:05b}" + "0").rstrip("0"))


def _silent_packet() -> bytes:
    """A raw data block (14496-3, 4.4.2.1) of one channel pair without any spectral data."""
    element = "001" + "0000"
    # A common window: reserved, long, sine, no scale factor band, no prediction; then no mid/side coding.
    shared = "1" + "0" + "00" + "0" + "000000" + "0" + "00"
    # Of each channel the gain, and neither pulses nor noise shaping nor gain control.
    channel = "00000000" + "0" + "0" + "0"
    bits = element + shared + channel * 2 + "111"
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


SILENT_PACKET = _silent_packet()
