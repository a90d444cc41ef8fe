"""Which of a film's subtitle tracks are made, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from transcoding.engine.languages import label_of
from transcoding.engine.media import SubtitleTrack
from transcoding.engine.renditions import SubtitleRendition

MAX_TRACKS = 32
_MAX_LABEL = 100
# Many files say it in the title alone.
_FORCED = re.compile(r"\bforced\b", re.IGNORECASE)
_CAPTIONS = re.compile(r"\b(?:sdh|cc|captions|hearing.impaired)\b", re.IGNORECASE)


def subtitle_renditions(tracks: Sequence[SubtitleTrack]) -> tuple[SubtitleRendition, ...]:
    """One rendition for each text track, at most 32, in the file's order.

    One is shown unasked only where the file marks some of its tracks as default and not others: Matroska
    marks all of them unless told otherwise, and then it means nothing.
    """
    texts = [track for track in tracks if track.text][:MAX_TRACKS]
    marked = [track.index for track in texts if track.default]
    default = marked[0] if len(marked) < len(texts) and marked else None
    made: list[SubtitleRendition] = []
    for number, track in enumerate(texts):
        forced = track.forced or bool(_FORCED.search(track.title))
        captions = track.hearing_impaired or bool(_CAPTIONS.search(track.title))
        label = subtitle_label(
            track.title,
            track.language,
            forced=forced,
            hearing_impaired=captions,
            taken=[one.label for one in made],
        )
        made.append(
            SubtitleRendition(
                name=f"subtitles-{number}",
                source_index=track.index,
                codec=track.codec,
                language=track.language,
                label=label,
                default=track.index == default,
                forced=forced,
                hearing_impaired=captions,
            )
        )
    return tuple(made)


def subtitle_label(
    title: str, language: str, *, forced: bool, hearing_impaired: bool, taken: Collection[str]
) -> str:
    """What people choose by: the title or the language's name, "CC" or "(forced)", and none that is ``taken``.

    NAME is unique within a group (RFC 8216, 4.3.4.1.1).
    """
    label = "".join(char for char in title if char.isprintable())[:_MAX_LABEL].strip()
    label = label or label_of(language) or "Subtitles"
    if hearing_impaired and not _CAPTIONS.search(label):
        label += " CC"
    if forced and not _FORCED.search(label):
        label += " (forced)"
    number = 2
    unique = label
    while unique in taken:
        unique, number = f"{label} ({number})", number + 1
    return unique
