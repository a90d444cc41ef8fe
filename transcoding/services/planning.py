"""From a plan to rows: everything that is to be made of a source."""

from django.db.models import Max

from transcoding.engine.copies import copy_chunks, copy_of_original, copy_of_rung
from transcoding.engine.plan import Plan, chunks
from transcoding.models import Asset, AssetVersion, Chunk, ChunkKind, Rendition, RenditionKind
from transcoding.queue import COPIES, FIRST_CHUNK, SOUND, STORYBOARD, SUBTITLES, priority_of_chunk
from transcoding.services.subtitles import subtitle_rows

# What sound and storyboard cost beside the ladder, as measured; only the proportion matters.
_PICTURE_SHARE = 0.94
# What is left of it where the top rung is copied, and what a copy itself costs.
_REST_OF_PICTURE = 0.56
_COPY_SHARE = 0.01
_SOUND_SHARE = 0.04
_STORYBOARD_SHARE = 0.02
_SUBTITLES_SHARE = 0.005


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
            is_copied=rung.copied,
        )
        for rung in plan.video
    ]
    if plan.original is not None:
        rows.append(
            Rendition(
                version=version,
                name=plan.original.name,
                kind=RenditionKind.VIDEO,
                codec="h264",
                width=plan.original.width,
                height=plan.original.height,
                label="Original",
                is_copied=True,
            )
        )
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
    return rows + subtitle_rows(version, plan)


def _chunks(version: AssetVersion, plan: Plan) -> list[Chunk]:
    picture = _PICTURE_SHARE * (_REST_OF_PICTURE if plan.copied else 1)
    rows = _copy_chunks(version, plan) + [
        Chunk(
            version=version,
            kind=ChunkKind.VIDEO,
            number=spec.number,
            first_segment=spec.first_segment,
            end_segment=spec.end_segment,
            priority=priority_of_chunk(spec.number),
            weight=picture
            * (plan.boundaries[spec.end_segment] - plan.boundaries[spec.first_segment])
            / plan.frames,
        )
        for spec in chunks(plan)
    ]
    whole = {"version": version, "number": 0, "first_segment": 0, "end_segment": plan.segment_count}
    if plan.audio:
        rows.append(Chunk(**whole, kind=ChunkKind.AUDIO, priority=SOUND, weight=_SOUND_SHARE))
    rows.append(Chunk(**whole, kind=ChunkKind.STORYBOARD, priority=STORYBOARD, weight=_STORYBOARD_SHARE))
    if Rendition.objects.filter(version=version, kind=RenditionKind.SUBTITLES).exists():
        rows.append(Chunk(**whole, kind=ChunkKind.SUBTITLES, priority=SUBTITLES, weight=_SUBTITLES_SHARE))
    return rows


def _copy_chunks(version: AssetVersion, plan: Plan) -> list[Chunk]:
    """Of the copied rung ahead of the ladder, of the original among it."""
    kind, copy = ChunkKind.COPY, copy_of_rung(plan) if plan.copied else None
    if plan.original is not None:
        kind, copy = ChunkKind.ORIGINAL, copy_of_original(plan)
    if copy is None:
        return []
    length = copy.borders[-1] - copy.borders[0]
    return [
        Chunk(
            version=version,
            kind=kind,
            number=spec.number,
            first_segment=spec.first_segment,
            end_segment=spec.end_segment,
            priority=_priority_of_copy(kind, spec.number),
            weight=_COPY_SHARE * (copy.borders[spec.end_segment] - copy.borders[spec.first_segment]) / length,
        )
        for spec in copy_chunks(copy)
    ]


def _priority_of_copy(kind: ChunkKind, number: int) -> int:
    if kind == ChunkKind.ORIGINAL:
        return priority_of_chunk(number + 1)
    return COPIES if number else FIRST_CHUNK
