"""The rows of an AV1 chunk that is made. The film was ready before, and stays so whatever becomes of it."""

from django.db import transaction
from django.db.models import F, Sum

from transcoding.engine.package import RenditionFacts, peak_bandwidth
from transcoding.engine.plan import Plan
from transcoding.models import Asset, AssetVersion, Chunk, ChunkKind, Rendition, RenditionState, WorkState
from transcoding.selectors.facts import facts_of
from transcoding.services.claiming import Hold
from transcoding.services.finishing import Made, write_segments
from transcoding.services.publishing import write_playlists
from vod.lib.transactions import transactional


def finish_av1_chunk(hold: Hold[Chunk], *, plan: Plan, made: list[Made], cpu_seconds: float) -> None:
    """Writes the chunk's results in one transaction; the last one brings AV1 into the master. Raises LostHold.

    Where the store fails, the chunk is not done and will be tried again.
    """
    written: list[RenditionFacts] | None = None
    while True:
        facts = _finish(hold, plan, made, cpu_seconds, written)
        if facts == written:
            return
        # Before the rows: whoever sees the rendition in the master finds its playlist. And while nobody waits.
        write_playlists(hold.row.version, plan, facts or [])
        written = facts


@transactional
def _finish(
    hold: Hold[Chunk],
    plan: Plan,
    made: list[Made],
    cpu_seconds: float,
    written: list[RenditionFacts] | None,
) -> list[RenditionFacts] | None:
    """Writes the rows and answers `written`; or writes nothing and answers of what playlists have to be written first.

    That is None, as long as AV1 is not whole.
    """
    version = hold.row.version
    # Two chunks that finish together must see each other, or nobody would be the last.
    Asset.objects.select_for_update().get(pk=version.asset_id)
    hold.finish(cpu_seconds=cpu_seconds)
    write_segments(version, made)
    if not write_av1_progress(version):
        return written
    facts = facts_of(version, plan)
    if facts != written:
        transaction.set_rollback(True)
        return facts
    _offer(version, plan, facts)
    return written


def write_av1_progress(version: AssetVersion) -> bool:
    """Brings the AV1 renditions' progress up to that of their chunks; whether all are done."""
    chunks = Chunk.objects.filter(version=version, kind=ChunkKind.AV1)
    made = chunks.aggregate(share=Sum(F("progress") * F("weight")) / Sum("weight"))["share"] or 0.0
    whole = not chunks.exclude(state=WorkState.DONE).exists()
    mine = Rendition.objects.filter(version=version, codec="av1")
    mine.filter(progress__lt=made).update(progress=min(made, 1.0), state=RenditionState.ENCODING)
    return whole


def _offer(version: AssetVersion, plan: Plan, facts: list[RenditionFacts]) -> None:
    peaks = {fact.name: peak_bandwidth(fact.segments) for fact in facts if fact.segments}
    for rung in plan.av1:
        Rendition.objects.filter(version=version, name=rung.name).update(
            state=RenditionState.READY, progress=1, is_offered=True, bitrate=peaks[rung.name]
        )
