"""How loud a track is (EBU R 128, ITU-R BS.1770), measured while it is made, and how it is levelled at playback."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from transcoding.engine.ffmpeg import OnProgress, ProgressReader
from transcoding.engine.outputs import Loudness

# EBU R 128 s2 has streams between -20 and -16 LUFS, with true peaks of at most -1 dBTP.
TARGET_LUFS = -18.0
PEAK_DBTP = -1.0
# More would lift the hiss of a film that is all whispers.
MOST_GAIN_DB = 12.0
# What the absolute gate leaves out is silence (BS.1770-4).
_SILENCE_LUFS = -70.0
# Room for the last two blocks of 100 ms, in which the filter says what it has found so far.
_LAST_SAMPLES = 12_000


def gain_db(loudness: float | None, true_peak: float | None) -> float:
    """By how many dB to raise or lower a track, never so far that its peak would clip; 0 where nothing is known.

    ``loudness`` in LUFS, ``true_peak`` in dBTP.
    """
    if loudness is None:
        return 0.0
    gain = min(TARGET_LUFS - loudness, MOST_GAIN_DB)
    if true_peak is not None:
        gain = min(gain, PEAK_DBTP - true_peak)
    return round(gain, 2)


def meter(number: int, samples: int) -> str:
    """A chain of filters that says on standard output how loud ``samples`` samples were, and passes on the last ones.

    As metadata of the last blocks, since the filter's own summary would need a log of everything else too.
    """
    return ",".join(
        (
            "ebur128=metadata=1:peak=true",
            f"atrim=start_sample={max(0, samples - _LAST_SAMPLES)}",
            f"ametadata=mode=add:key=meter:value={number}",
            "ametadata=mode=print:file=-",
        )
    )


class MeterReader:
    """Reads what meters say between the lines of progress, for ``run(on_line=…)``."""

    def __init__(self, duration: Fraction, on_progress: OnProgress) -> None:
        self._progress: Callable[[str], None] | None = (
            ProgressReader(float(duration), on_progress) if on_progress else None
        )
        self._loudness: float | None = None
        self._peak = 0.0
        self._found: dict[int, Loudness] = {}

    def __call__(self, line: str) -> None:
        key, _, value = line.partition("=")
        if key == "lavfi.r128.I":
            self._loudness, self._peak = _number(value), 0.0
        elif key.startswith("lavfi.r128.true_peaks_ch"):
            self._peak = max(self._peak, _number(value) or 0.0)
        elif key == "meter" and value.isdigit():
            # A last block that is not a whole one has nothing new to say.
            if self._loudness is not None:
                self._found[int(value)] = _measured(self._loudness, self._peak)
            self._loudness = None
        elif self._progress:
            self._progress(line)

    def of(self, number: int) -> Loudness:
        """What the meter of this number said last."""
        return self._found.get(number, Loudness())


def _measured(loudness: float, peak: float) -> Loudness:
    if loudness <= _SILENCE_LUFS or peak <= 0:
        return Loudness()
    return Loudness(round(loudness, 2), round(20 * math.log10(peak), 2))


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
