"""Why a file or track of subtitles cannot be used."""

from __future__ import annotations

from enum import StrEnum


class SubtitleFault(StrEnum):
    """What is wrong with it."""

    NOT_SUBTITLES = "NOT_SUBTITLES"
    TOO_LARGE = "TOO_LARGE"
    EMPTY = "EMPTY"


class UnusableSubtitles(Exception):
    """Subtitles that cannot be used; ``sentence`` says to a person what to do about it."""

    def __init__(self, fault: SubtitleFault, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = fault
        self.sentence = sentence


def not_subtitles() -> UnusableSubtitles:
    return UnusableSubtitles(
        SubtitleFault.NOT_SUBTITLES,
        "This file holds no subtitles that can be read. Upload SRT, WebVTT, ASS or TTML.",
    )
