"""The sound of the demo films, as ffmpeg filter graphs that end in `[a]`. Pure text; nothing runs here."""

from collections.abc import Sequence

RATE = 48000
#: Enough for tones that a low-pass ends at 6.5 kHz, and half the work.
TONE_RATE = 24000


def note(number: int) -> float:
    """Frequency in Hz of a MIDI note number (69 is 440 Hz, equal temperament)."""
    return float(440.0 * 2 ** ((number - 69) / 12))


def pad(chords: Sequence[Sequence[int]], seconds: float) -> str:
    """Slow chords that swell one into the next, in a wide room. `chords` are MIDI note numbers."""
    length = seconds / len(chords)
    left, right = [], []
    for place, chord in enumerate(chords):
        begin, end = place * length, (place + 1) * length
        # Chords overlap by a second and a half, so none begins from silence.
        swell = f"clip(min((t-{begin - 0.75:.2f})/1.5\\,({end + 0.75:.2f}-t)/1.5)\\,0\\,1)"
        for voice, number in enumerate(chord):
            hertz = note(number)
            breath = f"(0.7+0.3*sin(2*PI*t*{0.07 + 0.03 * voice:.2f}+{place + voice}))"
            left.append(f"{swell}*{breath}*sin(2*PI*{hertz:.3f}*t)")
            right.append(f"{swell}*{breath}*sin(2*PI*{hertz * 1.0018:.3f}*t)")
    level = 0.32 / max(len(chord) for chord in chords)
    return _stereo(f"{level:.3f}*({'+'.join(left)})", f"{level:.3f}*({'+'.join(right)})", seconds)


def bells(numbers: Sequence[int], gap: float, seconds: float) -> str:
    """One struck note after the other, `gap` seconds apart, round and round."""
    turn = gap * len(numbers)
    left, right = [], []
    for place, number in enumerate(numbers):
        hertz = note(number)
        since = f"mod(t-{place * gap:.3f}+{turn:.3f}\\,{turn:.3f})"
        body = f"exp(-2.6*{since})*(1-exp(-90*{since}))"
        tone = f"(sin(2*PI*{hertz:.3f}*t)+0.35*exp(-4*{since})*sin(2*PI*{hertz * 2.76:.3f}*t))"
        side = 0.35 + 0.3 * (place % 3) / 2
        left.append(f"{1 - side:.2f}*{body}*{tone}")
        right.append(f"{side:.2f}*{body}*{tone}")
    return _stereo(f"0.30*({'+'.join(left)})", f"0.30*({'+'.join(right)})", seconds)


def sea(seconds: float, low: int = 700, swell: float = 0.13) -> str:
    """Noise that comes and goes like waves or wind; `low` is its brightness in Hz, `swell` waves a second."""
    return (
        f"anoisesrc=color=pink:sample_rate={RATE}:amplitude=0.5:duration={seconds}:seed=3,lowpass=f={low},"
        f"tremolo=f={swell}:d=0.85[noise_left];"
        f"anoisesrc=color=pink:sample_rate={RATE}:amplitude=0.5:duration={seconds}:seed=8,lowpass=f={low},"
        f"tremolo=f={swell * 1.3:.3f}:d=0.8[noise_right];"
        "[noise_left][noise_right]join=inputs=2:channel_layout=stereo[voice]"
    )


def together(parts: Sequence[tuple[str, float]], seconds: float) -> str:
    """Mixes `parts` (graph and loudness), adds a room and fades at both ends."""
    named = [
        graph.replace("[voice]", f"[part{place}]").replace("[noise_", f"[noise{place}_")
        for place, (graph, _) in enumerate(parts)
    ]
    inputs = "".join(f"[part{place}]" for place in range(len(parts)))
    weights = " ".join(f"{loudness:g}" for _, loudness in parts)
    return (
        f"{';'.join(named)};{inputs}amix=inputs={len(parts)}:weights='{weights}':normalize=0,"
        "aecho=0.9:0.7:310|530|790:0.32|0.24|0.16,lowpass=f=6500,"
        f"atrim=duration={seconds},afade=t=in:d=1,afade=t=out:st={seconds - 2}:d=2,alimiter=limit=0.8[a]"
    )


def _stereo(left: str, right: str, seconds: float) -> str:
    return f"aevalsrc='{left}|{right}':s={TONE_RATE}:c=stereo:d={seconds},aresample={RATE}[voice]"
