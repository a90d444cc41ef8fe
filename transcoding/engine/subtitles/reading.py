"""The one way in: bytes of a person's file or of a track, to cues."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from transcoding.engine.subtitles.ass import read_ass
from transcoding.engine.subtitles.charset import decode
from transcoding.engine.subtitles.cues import Cue, tidy
from transcoding.engine.subtitles.faults import SubtitleFault, UnusableSubtitles, not_subtitles
from transcoding.engine.subtitles.srt import read_srt
from transcoding.engine.subtitles.ttml import read_ttml
from transcoding.engine.subtitles.webvtt import read_webvtt

MAX_BYTES = 10 * 1024**2
_HEAD = 8192
_TTML = re.compile(r"<(?:[A-Za-z]\w{0,20}:)?tt[\s>]")
_ASS = re.compile(r"^\s*(?:\[script info\]|\[events\]|dialogue:)", re.IGNORECASE | re.MULTILINE)


def read_subtitles(data: bytes, *, shift: int = 0, duration: int | None = None) -> tuple[Cue, ...]:
    """The cues in ``data``, whatever its format and character set, in milliseconds.

    ``shift`` is added to every time; cues are cut to 0 … ``duration``. Raises UnusableSubtitles.
    """
    if len(data) > MAX_BYTES:
        raise UnusableSubtitles(
            SubtitleFault.TOO_LARGE,
            f"Subtitles may have at most {MAX_BYTES // 1024**2} MB. Upload the text alone.",
        )
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff \t\n")
    return tidy(_reader_of(text)(text), shift=shift, duration=duration)


def _reader_of(text: str) -> Callable[[str], Iterator[Cue]]:
    """By what stands in it; names and types are only claimed."""
    head = text[:_HEAD]
    if head.startswith("WEBVTT"):
        return read_webvtt
    if head.startswith("<"):
        if _TTML.search(head):
            return read_ttml
        raise not_subtitles()
    if _ASS.search(head):
        return read_ass
    if "-->" in text:
        return read_srt
    raise not_subtitles()
