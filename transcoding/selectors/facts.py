"""What is made of a version, as the engine's playlists want to know it."""

from collections import defaultdict
from fractions import Fraction

from django.db.models import F

from transcoding.engine.master import SubtitleFacts
from transcoding.engine.package import RenditionFacts, SegmentFact, durations_of
from transcoding.engine.plan import Plan
from transcoding.models import AssetVersion, Rendition, RenditionKind, RenditionState, Segment

STREAMS = (RenditionKind.VIDEO, RenditionKind.AUDIO)


def facts_of(
    version: AssetVersion, plan: Plan, *, offered: bool = False, name: str | None = None
) -> list[RenditionFacts]:
    """Each stream with the segments that lie in the store from its beginning on, without a gap.

    `offered` leaves out what viewers are not shown yet; with `name` it is that one alone.
    """
    renditions = Rendition.objects.filter(version=version, kind__in=STREAMS)
    if name is not None:
        renditions = renditions.filter(name=name)
    if offered:
        renditions = renditions.filter(is_offered=True)
    rows = Segment.objects.filter(rendition__in=renditions).order_by("number")
    made: dict[str, list[tuple[int, tuple[int, int] | None]]] = defaultdict(list)
    for name, number, size, start, length in rows.values_list(
        "rendition__name", "number", "size_bytes", "key_frame_start", "key_frame_bytes"
    ):
        if number == len(made[name]):
            key_frame = None if start is None or length is None else (start, length)
            made[name].append((size, key_frame))
    return [
        RenditionFacts(
            name=row.name, codecs=row.codecs, segments=_segments(made[row.name], durations_of(plan, row.name))
        )
        for row in renditions
    ]


def subtitles_of(version: AssetVersion) -> list[SubtitleFacts]:
    """The subtitles that are there, the default first, in the order of their names."""
    rows = Rendition.objects.filter(
        version=version, kind=RenditionKind.SUBTITLES, state=RenditionState.READY, segments__number=0
    ).annotate(size=F("segments__size_bytes"))
    return [
        SubtitleFacts(
            name=row.name,
            label=row.label,
            language=row.language,
            default=row.is_default,
            forced=row.is_forced,
            hearing_impaired=row.is_hearing_impaired,
            bytes=row.size,
        )
        for row in rows.order_by("-is_default", "name")
    ]


def _segments(
    made: list[tuple[int, tuple[int, int] | None]], lengths: tuple[Fraction, ...]
) -> tuple[SegmentFact, ...]:
    return tuple(
        SegmentFact(size, length, key_frame) for (size, key_frame), length in zip(made, lengths, strict=False)
    )
