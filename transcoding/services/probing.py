"""From a source to a plan: the probe, and the rows of everything that is to be made."""

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from transcoding.engine.plan import Plan, chunks, make_plan
from transcoding.engine.probe import probe
from transcoding.models import (
    Asset,
    AssetState,
    AssetVersion,
    Chunk,
    ChunkKind,
    Job,
    Rendition,
    RenditionKind,
)
from transcoding.queue import SOUND, STORYBOARD, priority_of_chunk
from transcoding.services.announcing import announce_work
from transcoding.services.claiming import Hold
from transcoding.services.toolbox import tools
from vod.lib.storage import objects

# What sound and storyboard cost beside the ladder, as measured; only the proportion matters.
_PICTURE_SHARE = 0.94
_SOUND_SHARE = 0.04
_STORYBOARD_SHARE = 0.02


def probe_asset(hold: Hold[Job]) -> None:
    """Looks at the source and plans its making. Raises MediaError for a file that is refused."""
    asset = hold.row.asset
    Asset.objects.filter(pk=asset.pk, state=AssetState.UPLOADED).update(
        state=AssetState.PROBING, changed_at=Now()
    )
    found = tools()
    with hold.kept_alive():
        info = probe(objects().local_path(asset.source_key), tools=found)
    plan = make_plan(info, build=found.build)
    with transaction.atomic():
        Asset.objects.select_for_update().get(pk=asset.pk)
        hold.finish()
        add_version(asset=asset, plan=plan)
        Asset.objects.filter(pk=asset.pk).update(
            state=AssetState.ENCODING,
            duration_seconds=float(plan.duration),
            media_info=info.to_json(),
            changed_at=Now(),
        )
        announce_work()


def add_version(*, asset: Asset, plan: Plan) -> AssetVersion:
    """The rows of one making: version, renditions and chunks, for the caller's transaction."""
    last = AssetVersion.objects.filter(asset=asset).aggregate(last=Max("number"))["last"] or 0
    version = AssetVersion.objects.create(
        asset=asset,
        number=last + 1,
        plan=plan.to_json(),
        key_prefix=f"assets/{asset.pk}/v{last + 1}",
    )
    Rendition.objects.bulk_create(_renditions(version, plan))
    Chunk.objects.bulk_create(_chunks(version, plan))
    return version


def _renditions(version: AssetVersion, plan: Plan) -> list[Rendition]:
    rows = [
        Rendition(
            version=version,
            name=rung.name,
            kind=RenditionKind.VIDEO,
            codec="h264",
            width=rung.width,
            height=rung.height,
        )
        for rung in plan.video
    ]
    rows += [
        Rendition(
            version=version,
            name=audio.name,
            kind=RenditionKind.AUDIO,
            codec="aac",
            language=audio.language[:35],
            label=audio.label[:120],
            channels=audio.channels,
            is_default=audio.default,
        )
        for audio in plan.audio
    ]
    board = plan.storyboard
    rows.append(
        Rendition(
            version=version,
            name=board.name,
            kind=RenditionKind.STORYBOARD,
            codec="jpeg",
            width=board.tile_width,
            height=board.tile_height,
        )
    )
    return rows


def _chunks(version: AssetVersion, plan: Plan) -> list[Chunk]:
    rows = [
        Chunk(
            version=version,
            kind=ChunkKind.VIDEO,
            number=spec.number,
            first_segment=spec.first_segment,
            end_segment=spec.end_segment,
            priority=priority_of_chunk(spec.number),
            weight=_PICTURE_SHARE
            * (plan.boundaries[spec.end_segment] - plan.boundaries[spec.first_segment])
            / plan.frames,
        )
        for spec in chunks(plan)
    ]
    whole = {"version": version, "number": 0, "first_segment": 0, "end_segment": plan.segment_count}
    if plan.audio:
        rows.append(Chunk(**whole, kind=ChunkKind.AUDIO, priority=SOUND, weight=_SOUND_SHARE))
    rows.append(Chunk(**whole, kind=ChunkKind.STORYBOARD, priority=STORYBOARD, weight=_STORYBOARD_SHARE))
    return rows
