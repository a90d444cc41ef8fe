"""The promise in rows: how a claimed piece is made, which renditions are offered, and who goes first for it."""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Now

from transcoding.engine.ladder import VideoRung
from transcoding.engine.plan import Plan
from transcoding.models import (
    Asset,
    AssetState,
    AssetVersion,
    Chunk,
    ChunkKind,
    ChunkPart,
    Rendition,
    RenditionKind,
    WorkState,
)
from transcoding.promise import Costs, Film, claimed, holds, next_part, ready_lowest, ready_whole
from transcoding.queue import priority_of_chunk, priority_of_rest
from transcoding.selectors.speeds import cost_of, film_of, lowest_of, piece_of, seconds_since
from transcoding.services.claiming import Hold, LostHold
from vod.lib.transactions import transactional

_MAKING = (AssetState.ENCODING, AssetState.PLAYABLE)
_LADDER = (ChunkKind.VIDEO, ChunkKind.COPY)


def rungs_of(plan: Plan, part: str) -> tuple[VideoRung, ...]:
    """The rungs that a part of the ladder makes, the highest first."""
    low = lowest_of(plan)
    if part == ChunkPart.LOW:
        return tuple(rung for rung in plan.encoded if rung.name in low)
    if part == ChunkPart.REST:
        return tuple(rung for rung in plan.encoded if rung.name not in low)
    return plan.encoded


def settle_part(hold: Hold[Chunk], plan: Plan) -> ChunkPart:
    """Decides how a piece of the ladder that was just claimed is made: whole, or its lowest rungs now, the rest later.

    The decision is one conditional update and one insert; a piece that was split before stays so. Raises LostHold.
    """
    chunk = hold.row
    if chunk.part != ChunkPart.ALL:
        return ChunkPart(chunk.part)
    low = lowest_of(plan)
    version = chunk.version
    upper = {rung.name for rung in plan.encoded} - low
    if not low or Rendition.objects.filter(version=version, name__in=upper, is_offered=True).exists():
        return ChunkPart.ALL
    rows = list(version.chunks.filter(kind=ChunkKind.VIDEO))
    film = film_of(version, plan, rows, rivals=_rivals(version).count())
    if film is None:
        return ChunkPart.ALL
    number = sorted({row.number for row in rows}).index(chunk.number)
    waited = None if version.promised_at is None else seconds_since(version.promised_at)
    part = next_part(claimed(film, number), number, waited=waited)
    if part == ChunkPart.LOW:
        _split(hold, film.costs.low / film.costs.all, pieces=len(film.pieces))
    return part


def offer_renditions(asset: Asset, version: AssetVersion, plan: Plan) -> None:
    """Puts into the master what no viewer catches up with any more, and lets people watch with the first picture.

    For the transaction that has just written a piece's rows; `asset` is locked.
    """
    rows = list(version.chunks.filter(kind__in=(*_LADDER, ChunkKind.AUDIO, ChunkKind.ORIGINAL)))
    if any(row.kind == ChunkKind.AUDIO and row.state != WorkState.DONE for row in rows):
        return
    known = set(
        Rendition.objects.filter(version=version, is_offered=True, kind=RenditionKind.VIDEO).values_list(
            "name", flat=True
        )
    )
    offers = {
        *_copy_offered(plan, rows),
        *_original_offered(plan, rows),
        *_ladder_offered(version, plan, rows, known),
    } - known
    if not offers:
        return
    Rendition.objects.filter(version=version, kind=RenditionKind.AUDIO).update(is_offered=True)
    Rendition.objects.filter(version=version, name__in=offers).update(is_offered=True)
    encoded = {rung.name for rung in plan.encoded}
    if offers & encoded:
        AssetVersion.objects.filter(pk=version.pk, promised_at=None).update(promised_at=Now())
        _hurry(version, rest=bool((offers & encoded) - lowest_of(plan)))
    # The original stands beside the master, not in it.
    if asset.state == AssetState.ENCODING and offers & {rung.name for rung in plan.video}:
        announce_playable(asset, version)


def announce_playable(asset: Asset, version: AssetVersion) -> None:
    """Lets people watch."""
    Asset.objects.filter(pk=asset.pk).update(
        state=AssetState.PLAYABLE, current_version=version, changed_at=Now()
    )


def _hurry(version: AssetVersion, *, rest: bool) -> None:
    """Keeps what viewers come to next ahead of other films' work."""
    parts = (ChunkPart.ALL, ChunkPart.LOW, ChunkPart.REST) if rest else (ChunkPart.ALL, ChunkPart.LOW)
    waiting = version.chunks.filter(kind=ChunkKind.VIDEO, part__in=parts, state=WorkState.WAITING)
    waiting.update(priority=F("number") + priority_of_chunk(1, promised=True) - 1)


@transactional
def _split(hold: Hold[Chunk], low_weight: float, *, pieces: int) -> None:
    chunk = hold.row
    # Whoever calls the film off locks it first: the rest must not appear behind their back.
    asset = Asset.objects.select_for_update().filter(pk=chunk.version.asset_id, state__in=_MAKING).first()
    mine = Chunk.objects.filter(pk=chunk.pk, fence=chunk.fence, state=WorkState.RUNNING, part=ChunkPart.ALL)
    if asset is None or not mine.update(part=ChunkPart.LOW, weight=F("weight") * low_weight):
        raise LostHold(str(chunk.pk))
    rest = Chunk(
        version_id=chunk.version_id,
        kind=chunk.kind,
        part=ChunkPart.REST,
        number=chunk.number,
        first_segment=chunk.first_segment,
        end_segment=chunk.end_segment,
        priority=priority_of_rest(chunk.number, pieces=pieces),
        weight=chunk.weight * (1 - low_weight),
    )
    Chunk.objects.bulk_create([rest], ignore_conflicts=True)
    chunk.part = ChunkPart.LOW


def _copy_offered(plan: Plan, rows: Iterable[Chunk]) -> set[str]:
    """The copied rung, when it is promised: a copy is read and written, so it outruns any viewer."""
    copied = sorted((row for row in rows if row.kind == ChunkKind.COPY), key=lambda row: row.number)
    if plan.copied is None or not copied:
        return set()
    done = [row for row in copied if row.state == WorkState.DONE]
    if len(done) < len(copied):
        cost = cost_of(plan, done)
        if cost is None:
            return set()
        pieces = tuple(piece_of(plan, [row]) for row in copied)
        film = Film(pieces, Costs(cost, cost, cost), workers=1)
        if not holds(film.pieces, ready_lowest(film)):
            return set()
    return {plan.copied.name}


def _original_offered(plan: Plan, rows: Iterable[Chunk]) -> set[str]:
    """The original, when it is whole: it is for those who ask for it by hand."""
    states = {row.state for row in rows if row.kind == ChunkKind.ORIGINAL}
    return {plan.original.name} if plan.original is not None and states == {WorkState.DONE} else set()


def _ladder_offered(version: AssetVersion, plan: Plan, rows: Sequence[Chunk], known: set[str]) -> set[str]:
    ladder = [row for row in rows if row.kind == ChunkKind.VIDEO]
    low = lowest_of(plan)
    names = {rung.name for rung in plan.encoded}
    if names <= known or not ladder:
        return set()
    rivals = list(_rivals(version))
    film = film_of(version, plan, ladder, rivals=len(rivals))
    if film is None:
        return set()
    offers: set[str] = set()
    if not (low or names) <= known:
        if not holds(film.pieces, ready_lowest(film)):
            return set()
        if version.promised_at is None and not _all_keep(rivals):
            # What was promised before must stand beside what is promised now.
            return set()
        offers = set(low or names)
    waited = 0.0 if version.promised_at is None else seconds_since(version.promised_at)
    whole = ready_whole(film)
    # For viewers of the lowest rungs, who began before, the others must not come in the way.
    if holds(film.pieces, whole) and holds(film.pieces, whole, waited=waited):
        offers |= names
    return offers


def _rivals(version: AssetVersion) -> QuerySet[AssetVersion]:
    """Other films with viewers close behind: they share the workers with this one."""
    ahead = Chunk.objects.filter(
        version=OuterRef("pk"),
        kind=ChunkKind.VIDEO,
        part__in=(ChunkPart.ALL, ChunkPart.LOW),
        state__in=(WorkState.WAITING, WorkState.RUNNING),
    )
    promised = AssetVersion.objects.filter(
        Exists(ahead), asset__state=AssetState.PLAYABLE, promised_at__isnull=False, published_at=None
    )
    return promised.exclude(pk=version.pk)


def _all_keep(rivals: Sequence[AssetVersion]) -> bool:
    """Whether each of these films still keeps its promise with one film more beside them."""
    for rival in rivals:
        plan = Plan.from_json(rival.plan)
        film = film_of(rival, plan, list(rival.chunks.filter(kind=ChunkKind.VIDEO)), rivals=len(rivals))
        waited = seconds_since(rival.promised_at) if rival.promised_at else 0.0
        if film is None or not holds(film.pieces, ready_lowest(film), waited=waited):
            return False
    return True
