"""From finished chunks to a film: its playlists, and READY."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models.functions import Now

from transcoding.engine.package import RenditionFacts, master_playlist, media_playlist, peak_bandwidth
from transcoding.engine.plan import Plan
from transcoding.errors import FailureCode, MediaError
from transcoding.models import Asset, AssetState, AssetVersion, Job, Rendition, RenditionState
from transcoding.selectors.facts import facts_of
from transcoding.services.claiming import Hold
from vod.lib.storage import objects


def publish_asset(hold: Hold[Job]) -> None:
    """Writes the playlists of the newest version and makes it the one that people watch."""
    asset = hold.row.asset
    version = asset.versions.order_by("-number").first()
    if version is None:
        raise MediaError(FailureCode.INTERNAL, "There is nothing to publish for this film. Try again.")
    plan = Plan.from_json(version.plan)
    facts = facts_of(version, plan)
    names = [rung.name for rung in plan.video] + [audio.name for audio in plan.audio]
    whole = {fact.name for fact in facts if len(fact.segments) == plan.segment_count}
    if whole != set(names):
        raise MediaError(
            FailureCode.INTERNAL,
            "Pieces of this film are missing. Try again.",
            tail=f"whole: {sorted(whole)} of {sorted(names)}",
        )
    write_playlists(version, plan, facts)
    with transaction.atomic():
        Asset.objects.select_for_update().get(pk=asset.pk)
        hold.finish()
        AssetVersion.objects.filter(pk=version.pk).update(published_at=Now())
        for fact in facts:
            Rendition.objects.filter(version=version, name=fact.name).update(
                bitrate=peak_bandwidth(fact.segments)
            )
        Rendition.objects.filter(version=version).update(state=RenditionState.READY, progress=1)
        Asset.objects.filter(pk=asset.pk).update(
            state=AssetState.READY,
            progress=1,
            current_version=version,
            failure_code="",
            failure_message="",
            changed_at=Now(),
        )


def write_playlists(version: AssetVersion, plan: Plan, facts: Sequence[RenditionFacts]) -> None:
    """Writes the playlist of every rendition in ``facts``, all of them whole, and the master of them."""
    for fact in facts:
        text = media_playlist(plan, fact.name)
        objects().put_bytes(f"{version.key_prefix}/{fact.name}/index.m3u8", text.encode())
    objects().put_bytes(f"{version.key_prefix}/master.m3u8", master_playlist(plan, facts).encode())
