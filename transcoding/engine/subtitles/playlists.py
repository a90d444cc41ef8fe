"""Subtitles in a folder that is played as it stands: the playlist of each, and what the master says of it."""

from __future__ import annotations

from collections.abc import Sequence

from transcoding.engine.master import SubtitleFacts
from transcoding.engine.package import INDEX, subtitle_playlist
from transcoding.engine.plan import Plan
from transcoding.engine.subtitles.extract import SubtitleOutput


def write_subtitle_playlists(plan: Plan, outputs: Sequence[SubtitleOutput]) -> list[SubtitleFacts]:
    """Write the playlist of each output beside it, and say what the master has to know."""
    planned = {subtitle.name: subtitle for subtitle in plan.subtitles}
    facts = []
    for output in outputs:
        output.path.with_name(INDEX).write_text(subtitle_playlist(plan.duration), encoding="utf-8")
        subtitle = planned[output.name]
        facts.append(
            SubtitleFacts(
                name=subtitle.name,
                label=subtitle.label,
                language=subtitle.language,
                default=subtitle.default,
                forced=subtitle.forced,
                hearing_impaired=subtitle.hearing_impaired,
                bytes=output.bytes,
            )
        )
    return facts
