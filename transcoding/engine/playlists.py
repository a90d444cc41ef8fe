"""Every playlist of a film, by the path below its folder."""

from __future__ import annotations

from collections.abc import Sequence

from transcoding.engine.master import SubtitleFacts, master_playlist, original_playlist
from transcoding.engine.package import (
    IFRAMES,
    INDEX,
    MASTER,
    ORIGINAL,
    RenditionFacts,
    iframe_playlist,
    is_whole,
    media_playlist,
    subtitle_playlist,
)
from transcoding.engine.plan import Plan


def playlists_of(
    plan: Plan, facts: Sequence[RenditionFacts], *, subtitles: Sequence[SubtitleFacts] = ()
) -> dict[str, str]:
    """Path and text of the playlists of all that is whole; the masters, which name the others, come last."""
    ladder = {rung.name for rung in plan.video}
    sounds = {audio.name for audio in plan.audio}
    original = original_playlist(plan, facts, subtitles=subtitles)
    written = {f"{one.name}/{INDEX}": subtitle_playlist(plan.duration) for one in subtitles}
    for fact in facts:
        if not is_whole(plan, fact):
            continue
        written[f"{fact.name}/{INDEX}"] = media_playlist(plan, fact.name)
        if fact.name in ladder and (key_frames := iframe_playlist(plan, fact)) is not None:
            written[f"{fact.name}/{IFRAMES}"] = key_frames
        if fact.name in sounds and original is not None:
            written[f"{fact.name}/{ORIGINAL}"] = media_playlist(plan, fact.name, beside_original=True)
    if original is not None:
        written[ORIGINAL] = original
    written[MASTER] = master_playlist(plan, facts, subtitles=subtitles)
    return written
