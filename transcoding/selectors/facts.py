"""What is made of a version, as the engine's playlists want to know it."""

from collections import defaultdict

from transcoding.engine.package import RenditionFacts, SegmentFact
from transcoding.engine.plan import Plan
from transcoding.models import AssetVersion, Rendition, RenditionKind, Segment

_STREAMS = (RenditionKind.VIDEO, RenditionKind.AUDIO)


def facts_of(version: AssetVersion, plan: Plan) -> list[RenditionFacts]:
    """Each stream with the segments that lie in the store from its beginning on, without a gap."""
    renditions = Rendition.objects.filter(version=version, kind__in=_STREAMS)
    sizes: dict[str, list[int]] = defaultdict(list)
    rows = Segment.objects.filter(rendition__version=version, rendition__kind__in=_STREAMS)
    for name, number, size in rows.order_by("number").values_list("rendition__name", "number", "size_bytes"):
        if number == len(sizes[name]):
            sizes[name].append(size)
    return [
        RenditionFacts(
            name=row.name,
            codecs=row.codecs,
            segments=tuple(
                SegmentFact(size, seconds)
                for size, seconds in zip(sizes[row.name], plan.segment_durations(row.name), strict=False)
            ),
        )
        for row in renditions
    ]
