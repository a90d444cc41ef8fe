"""From finished chunks to a film: its playlists, and READY."""

from collections.abc import Sequence

from django.db.models.functions import Now

from transcoding.engine.ladder import VideoRung
from transcoding.engine.package import (
    RenditionFacts,
    is_whole,
    key_frames_of,
    peak_bandwidth,
    target_duration,
)
from transcoding.engine.plan import Plan
from transcoding.engine.playlists import playlists_of
from transcoding.errors import FailureCode, MediaError
from transcoding.models import (
    Asset,
    AssetState,
    AssetVersion,
    Job,
    Rendition,
    RenditionKind,
    RenditionState,
)
from transcoding.selectors.facts import facts_of, subtitles_of
from transcoding.services.claiming import Hold
from transcoding.services.leftovers import clear_unnamed
from transcoding.services.outages import outlast
from vod.lib.storage import objects
from vod.lib.transactions import transactional


def publish_asset(hold: Hold[Job]) -> None:
    """Writes the playlists of the newest version and makes it the one that people watch."""
    asset = hold.row.asset
    version = asset.versions.order_by("-number").first()
    if version is None:
        raise MediaError(FailureCode.INTERNAL, "There is nothing to publish for this film. Try again.")
    plan = Plan.from_json(version.plan)
    facts = facts_of(version, plan)
    names = [rung.name for rung in plan.video] + [audio.name for audio in plan.audio]
    whole = {fact.name for fact in facts if is_whole(plan, fact)}
    if not set(names) <= whole:
        raise MediaError(
            FailureCode.INTERNAL,
            "Pieces of this film are missing. Try again.",
            tail=f"whole: {sorted(whole)} of {sorted(names)}",
        )
    write_playlists(version, plan, facts)
    outlast(lambda: _publish(hold, version, plan, facts))
    clear_unnamed(version)


@transactional
def _publish(hold: Hold[Job], version: AssetVersion, plan: Plan, facts: Sequence[RenditionFacts]) -> None:
    Asset.objects.select_for_update().get(pk=version.asset_id)
    hold.finish()
    AssetVersion.objects.filter(pk=version.pk).update(published_at=Now())
    _settle_renditions(version, plan, facts)
    Asset.objects.filter(pk=version.asset_id).update(
        state=AssetState.READY,
        progress=1,
        current_version=version,
        failure_code="",
        failure_message="",
        changed_at=Now(),
    )


def publish_late(version: AssetVersion) -> None:
    """Adds to a published film what came after it: AV1 that is whole, subtitles from a file beside it.

    Segments and their playlists never change; the stored master does, which nobody keeps.
    """
    plan = Plan.from_json(version.plan)
    facts = facts_of(version, plan)
    write_playlists(version, plan, facts)
    _settle_renditions(version, plan, facts)


def write_playlists(version: AssetVersion, plan: Plan, facts: Sequence[RenditionFacts]) -> None:
    """Writes the playlists of what is whole, and the masters."""
    for path, text in playlists_of(plan, facts, subtitles=subtitles_of(version)).items():
        objects().put_bytes(f"{version.key_prefix}/{path}", text.encode())


def _settle_renditions(version: AssetVersion, plan: Plan, facts: Sequence[RenditionFacts]) -> None:
    """What is whole is ready and offered, with the peak that its master says; key frames get rows of their own."""
    ladder = {rung.name: rung for rung in plan.video}
    whole = {"state": RenditionState.READY, "progress": 1, "is_offered": True}
    rows = Rendition.objects.filter(version=version)
    for fact in facts:
        if is_whole(plan, fact):
            peak = peak_bandwidth(fact.segments, target_duration(plan))
            rows.filter(name=fact.name).update(bitrate=peak, **whole)
        if fact.name in ladder:
            _add_key_frames(version, plan, ladder[fact.name], fact)
    # Subtitles and pictures along the film say themselves when they are there.
    rows.filter(
        kind__in=(RenditionKind.STORYBOARD, RenditionKind.SUBTITLES), state=RenditionState.READY
    ).update(progress=1, is_offered=True)


def _add_key_frames(version: AssetVersion, plan: Plan, rung: VideoRung, fact: RenditionFacts) -> None:
    frames = key_frames_of(plan, fact)
    if frames is None:
        return
    Rendition.objects.get_or_create(
        version=version,
        name=f"iframes-{rung.height_class}",
        defaults={
            "kind": RenditionKind.IFRAMES,
            "codec": rung.codec,
            "codecs": fact.codecs,
            "width": rung.width,
            "height": rung.height,
            "bitrate": peak_bandwidth(frames, target_duration(plan)),
            "is_copied": rung.copied,
            "is_offered": True,
            "state": RenditionState.READY,
            "progress": 1,
        },
    )
