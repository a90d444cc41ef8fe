"""The master playlist: which renditions there are, and what a player chooses by (RFC 8216, second edition, "bis").

Every variant stands once for each group of sound. Renditions that are in the facts are listed; who calls decides
what may be seen yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from transcoding.engine.ladder import VideoRung, class_of
from transcoding.engine.package import (
    IFRAMES,
    INDEX,
    ORIGINAL,
    VERSION,
    RenditionFacts,
    average_bandwidth,
    bandwidth_bound,
    is_whole,
    key_frames_of,
    original_target_duration,
    peak_bandwidth,
    target_duration,
)
from transcoding.engine.plan import Plan
from transcoding.engine.renditions import AudioRendition

_STEREO, _SURROUND, _SUBTITLES = "stereo", "surround", "subtitles"
# What describes speech and sounds both, for people who cannot hear them (bis, 4.4.6.1).
_HEARING_IMPAIRED = (
    "public.accessibility.describes-music-and-sound,public.accessibility.transcribes-spoken-dialog"
)


@dataclass(frozen=True, slots=True)
class SubtitleFacts:
    """Subtitles that are there, of the source or of a file beside it; ``bytes`` is the size of their one segment."""

    name: str
    label: str
    language: str = ""
    default: bool = False
    forced: bool = False
    hearing_impaired: bool = False
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class _Group:
    """One way to hear the film: its name, what it costs in bits a second, and the codecs it needs."""

    name: str
    peak: int
    average: int
    codecs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Variant:
    uri: str
    codecs: str
    size: str
    peak: int
    average: int


def master_playlist(
    plan: Plan,
    facts: Sequence[RenditionFacts],
    *,
    subtitles: Sequence[SubtitleFacts] = (),
    max_height: int | None = None,
) -> str:
    """The master of the renditions in ``facts``.

    ``max_height`` leaves out rungs of a higher class, but never the lowest: who may watch sees something. AV1 and
    the playlists of key frames are listed when they are whole.
    """
    known = {fact.name: fact for fact in facts if fact.segments}
    h264 = [rung for rung in plan.video if rung.name in known]
    av1 = [rung for rung in plan.av1 if rung.name in known and is_whole(plan, known[rung.name])]
    if max_height is not None:
        h264 = [rung for rung in h264 if rung.height_class <= max_height] or h264[-1:]
        av1 = [rung for rung in av1 if rung.height_class <= max_height]
    variants = [_variant(plan, rung, known[rung.name]) for rung in (*h264, *av1)]
    lines = _written(plan, known, variants, subtitles, target=target_duration(plan))
    lines += [line for rung in h264 for line in _iframe_line(plan, rung, known[rung.name])]
    return "\n".join(lines) + "\n"


def original_playlist(
    plan: Plan,
    facts: Sequence[RenditionFacts],
    *,
    subtitles: Sequence[SubtitleFacts] = (),
    max_height: int | None = None,
) -> str | None:
    """A master of the source's own picture alone, for who asks for it by hand; None unless it is whole and allowed."""
    known = {fact.name: fact for fact in facts if fact.segments}
    original = plan.original
    if original is None or original.name not in known or not is_whole(plan, known[original.name]):
        return None
    if max_height is not None and class_of(original.width, original.height) > max_height:
        return None
    fact, target = known[original.name], original_target_duration(plan)
    variant = _Variant(
        uri=f"{original.name}/{INDEX}",
        codecs=fact.codecs,
        size=f"{original.width}x{original.height}",
        peak=peak_bandwidth(fact.segments, target),
        average=average_bandwidth(fact.segments),
    )
    return "\n".join(_written(plan, known, [variant], subtitles, target=target, sound=ORIGINAL)) + "\n"


def uri_of(rendition: VideoRung | AudioRendition, file: str = INDEX) -> str:
    """The playlist of a rendition, relative to the master."""
    return f"{rendition.name}/{file}"


def quoted(text: str) -> str:
    """A quoted string: it cannot hold quotes or line breaks (bis, 4.2), which titles of files can."""
    return '"' + "".join("'" if char == '"' else char for char in text if char.isprintable()) + '"'


def _variant(plan: Plan, rung: VideoRung, fact: RenditionFacts) -> _Variant:
    # While a rung grows its dearest segment may still come, and what was said must stay true.
    whole = is_whole(plan, fact)
    return _Variant(
        uri=uri_of(rung),
        codecs=fact.codecs,
        size=f"{rung.width}x{rung.height}",
        peak=peak_bandwidth(fact.segments, target_duration(plan))
        if whole
        else bandwidth_bound(plan, rung, fact.segments),
        average=average_bandwidth(fact.segments),
    )


def _written(
    plan: Plan,
    known: Mapping[str, RenditionFacts],
    variants: Sequence[_Variant],
    subtitles: Sequence[SubtitleFacts],
    *,
    target: int,
    sound: str = INDEX,
) -> list[str]:
    sounds = _sounds(plan, known)
    lines = ["#EXTM3U", f"#EXT-X-VERSION:{VERSION}", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for name, members in sounds.items():
        lines += _sound_lines(name, members, sound)
    lines += _subtitle_lines(subtitles)
    # The dearest thing that can be played at once (bis, 4.4.6.2), so with the longest subtitles.
    text = max((_text_rate(plan, one) for one in subtitles), default=0)
    groups: list[_Group | None] = [_group(name, members, known, target) for name, members in sounds.items()]
    for group in groups or [None]:
        for variant in variants:
            attributes = [
                f"BANDWIDTH={variant.peak + (group.peak if group else 0) + text}",
                f"AVERAGE-BANDWIDTH={variant.average + (group.average if group else 0) + text}",
                f'CODECS="{",".join([variant.codecs, *(group.codecs if group else ())])}"',
                f"RESOLUTION={variant.size}",
                f"FRAME-RATE={float(plan.rate):.3f}",
                "VIDEO-RANGE=SDR",
                *([f'AUDIO="{group.name}"'] if group else []),
                *([f'SUBTITLES="{_SUBTITLES}"'] if subtitles else []),
                "CLOSED-CAPTIONS=NONE",
            ]
            lines += [f"#EXT-X-STREAM-INF:{','.join(attributes)}", variant.uri]
    return lines


def _sounds(
    plan: Plan, known: Mapping[str, RenditionFacts]
) -> dict[str, list[tuple[AudioRendition, AudioRendition]]]:
    """Each group's members: the stereo rendition, which names the track, and what is heard of it in that group."""
    audio = [one for one in plan.audio if one.name in known]
    stereo = [one for one in audio if one.group != _SURROUND]
    surround = {one.source_index: one for one in audio if one.group == _SURROUND}
    groups = {_STEREO: [(one, one) for one in stereo]} if stereo else {}
    if stereo and surround:
        # The same names in every group (bis, 4.4.6.1.1): a track without 5.1 is heard in stereo.
        groups[_SURROUND] = [(one, surround.get(one.source_index, one)) for one in stereo]
    return groups


def _group(
    name: str,
    members: Sequence[tuple[AudioRendition, AudioRendition]],
    known: Mapping[str, RenditionFacts],
    target: int,
) -> _Group:
    facts = [known[heard.name] for _named, heard in members]
    return _Group(
        name=name,
        peak=max(peak_bandwidth(fact.segments, target) for fact in facts),
        average=max(average_bandwidth(fact.segments) for fact in facts),
        codecs=tuple(dict.fromkeys(fact.codecs for fact in facts)),
    )


def _sound_lines(
    group: str, members: Sequence[tuple[AudioRendition, AudioRendition]], file: str
) -> list[str]:
    # By the stereo ones in every group, so that only URI and CHANNELS differ between groups.
    chosen = _alone([(named.name, named.default, (named.language,)) for named, _heard in members])
    names = _distinct(named.label for named, _heard in members)
    default = next((named.name for named, _heard in members if named.default), None)
    return [
        _media(
            "TYPE=AUDIO",
            f'GROUP-ID="{group}"',
            f"NAME={quoted(name)}",
            *([f"LANGUAGE={quoted(named.language)}"] if named.language else []),
            f"DEFAULT={_yes(named.name == default)}",
            f"AUTOSELECT={_yes(named.name in chosen)}",
            f'CHANNELS="{heard.channels}"',
            f"URI={quoted(uri_of(heard, file))}",
        )
        for name, (named, heard) in zip(names, members, strict=True)
    ]


def _subtitle_lines(subtitles: Sequence[SubtitleFacts]) -> list[str]:
    chosen = _alone(
        [(one.name, one.default, (one.language, one.forced, one.hearing_impaired)) for one in subtitles]
    )
    # Forced ones are shown by themselves where they fit what is heard; they are no choice of a viewer's.
    default = next((one.name for one in subtitles if one.default and not one.forced), None)
    return [
        _media(
            "TYPE=SUBTITLES",
            f'GROUP-ID="{_SUBTITLES}"',
            f"NAME={quoted(name)}",
            *([f"LANGUAGE={quoted(one.language)}"] if one.language else []),
            f"DEFAULT={_yes(one.name == default)}",
            f"AUTOSELECT={_yes(one.name in chosen)}",
            *(["FORCED=YES"] if one.forced else []),
            *([f'CHARACTERISTICS="{_HEARING_IMPAIRED}"'] if one.hearing_impaired else []),
            f"URI={quoted(f'{one.name}/{INDEX}')}",
        )
        for name, one in zip(_distinct(one.label for one in subtitles), subtitles, strict=True)
    ]


def _alone(members: Sequence[tuple[str, bool, tuple[object, ...]]]) -> set[str]:
    """Who may be chosen by a player itself: one of those that it cannot tell apart, the default before others."""
    chosen: dict[tuple[object, ...], str] = {}
    for name, _default, marks in sorted(members, key=lambda member: not member[1]):
        chosen.setdefault(marks, name)
    return set(chosen.values())


def _distinct(labels: Iterable[str]) -> list[str]:
    """NAMEs differ within a group (bis, 4.4.6.1.1)."""
    names: list[str] = []
    for label in labels:
        name, number = label, 1
        while quoted(name) in (quoted(taken) for taken in names):
            number += 1
            name = f"{label} ({number})"
        names.append(name)
    return names


def _iframe_line(plan: Plan, rung: VideoRung, fact: RenditionFacts) -> list[str]:
    frames = key_frames_of(plan, fact)
    if frames is None:
        return []
    attributes = [
        f"BANDWIDTH={peak_bandwidth(frames, target_duration(plan))}",
        f"AVERAGE-BANDWIDTH={average_bandwidth(frames)}",
        f'CODECS="{fact.codecs}"',
        f"RESOLUTION={rung.width}x{rung.height}",
        "VIDEO-RANGE=SDR",
        f"URI={quoted(f'{rung.name}/{IFRAMES}')}",
    ]
    return [f"#EXT-X-I-FRAME-STREAM-INF:{','.join(attributes)}"]


def _text_rate(plan: Plan, one: SubtitleFacts) -> int:
    return -int(-(one.bytes * 8) // max(plan.duration, Fraction(1)))


def _media(*attributes: str) -> str:
    return f"#EXT-X-MEDIA:{','.join(attributes)}"


def _yes(value: bool) -> str:
    return "YES" if value else "NO"
