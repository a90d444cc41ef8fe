"""The rows of a chunk that is made, and what follows from it: the promise, or the order to publish."""

from dataclasses import dataclass, field

from transcoding.engine.plan import Plan
from transcoding.errors import FailureCode, MediaError
from transcoding.models import (
    AFTERWARDS,
    Asset,
    AssetState,
    AssetVersion,
    Chunk,
    ChunkKind,
    Job,
    JobKind,
    Rendition,
    RenditionKind,
    Segment,
    WorkState,
)
from transcoding.services.announcing import announce_job
from transcoding.services.claiming import Hold
from transcoding.services.progress import write_progress
from transcoding.services.promising import offer_renditions
from vod.lib.transactions import transactional

_UNKNOWN = (None, None)
DIFFERS = "A finished piece of this film does not fit the others. Try again."


@dataclass(slots=True)
class Made:
    """One rendition's piece as it lies in the store; segments are (number, key, bytes, seconds).

    `init_key` is the object that is fetched before them. `key_frames` says for a segment's number where its first picture lies (see `verify.key_frame_of`).
    """

    name: str
    codecs: str = ""
    init_digest: str = ""
    init_key: str = ""
    segments: list[tuple[int, str, int, float]] = field(default_factory=list)
    # Of sound: LUFS and dBTP, and whether the packets are the source's own.
    loudness: float | None = None
    true_peak: float | None = None
    copied: bool = False
    key_frames: dict[int, tuple[int, int]] = field(default_factory=dict)


@transactional
def finish_chunk(hold: Hold[Chunk], *, plan: Plan, made: list[Made], cpu_seconds: float) -> None:
    """Writes the chunk's results in one transaction. Raises LostHold, and then nothing is written."""
    chunk = hold.row
    version = chunk.version
    # Two chunks that finish together must see each other, or nobody would be the last.
    asset = Asset.objects.select_for_update().get(pk=version.asset_id)
    hold.finish(cpu_seconds=cpu_seconds)
    write_segments(version, made)
    Chunk.objects.filter(pk=chunk.pk).update(progress=1)
    left = Chunk.objects.filter(version=version).exclude(state=WorkState.DONE).exclude(kind__in=AFTERWARDS)
    if chunk.kind == ChunkKind.STORYBOARD:
        AssetVersion.objects.filter(pk=version.pk).update(has_storyboard=True)
    write_progress(asset_id=asset.pk, version_id=version.pk)
    if not left.exists():
        _order_publishing(asset)
    elif asset.state in (AssetState.ENCODING, AssetState.PLAYABLE):
        offer_renditions(asset, version, plan)


def write_segments(version: AssetVersion, made: list[Made]) -> None:
    renditions = {row.name: row for row in Rendition.objects.filter(version=version)}
    for part in made:
        if part.name not in renditions and part.name.startswith("subtitles-"):
            # An operator took the track away while it was made.
            continue
        rendition = renditions[part.name]
        Segment.objects.bulk_create(
            [
                Segment(
                    rendition=rendition,
                    number=number,
                    key=key,
                    size_bytes=size,
                    duration_seconds=seconds,
                    key_frame_start=part.key_frames.get(number, _UNKNOWN)[0],
                    key_frame_bytes=part.key_frames.get(number, _UNKNOWN)[1],
                )
                for number, key, size, seconds in part.segments
            ],
            ignore_conflicts=True,
        )
        _write_init(rendition, part)
        if rendition.kind == RenditionKind.AUDIO:
            Rendition.objects.filter(pk=rendition.pk).update(
                loudness=part.loudness, true_peak=part.true_peak, is_copied=part.copied
            )


def _write_init(rendition: Rendition, part: Made) -> None:
    """The first piece names the init for all of them; whatever does not fit it must not come in."""
    if part.init_key and not rendition.init_key and not rendition.init_digest:
        Rendition.objects.filter(pk=rendition.pk).update(
            init_digest=part.init_digest, init_key=part.init_key, codecs=part.codecs
        )
    elif part.init_digest and part.init_digest != rendition.init_digest:
        raise MediaError(FailureCode.VERIFY_FAILED, DIFFERS, tail=f"{part.name}: another init came first")


def _order_publishing(asset: Asset) -> None:
    Job.objects.update_or_create(
        asset=asset,
        kind=JobKind.PUBLISH,
        defaults={"state": WorkState.WAITING, "attempt": 0, "not_before": None},
    )
    announce_job()
