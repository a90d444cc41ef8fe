"""How fast films are made now, by the rows of what was finished last, as the promise wants to know it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from transcoding.engine.ladder import VideoRung
from transcoding.engine.plan import Plan
from transcoding.models import AssetVersion, Chunk, ChunkKind, ChunkPart, WorkState
from transcoding.promise import Costs, Film, Piece, costs_from, low_rungs
from transcoding.queue import slots

# How many of the last pieces say how fast the factory is now.
_RECENT = 4


def lowest_of(plan: Plan) -> frozenset[str]:
    """The names of the rungs that can go ahead of the others: none beside a copy, which is there long before."""
    if plan.copied is not None:
        return frozenset()
    return low_rungs({rung.name: rung.width * rung.height for rung in plan.encoded})


def film_of(version: AssetVersion, plan: Plan, rows: Sequence[Chunk], *, rivals: int = 0) -> Film | None:
    """A version's picture as the promise sees it; None while nothing says how fast it is made."""
    costs = _costs(version, plan, rows)
    if costs is None:
        return None
    share = 1 + rivals
    by_number: dict[int, list[Chunk]] = {}
    for row in sorted(rows, key=lambda row: row.number):
        by_number.setdefault(row.number, []).append(row)
    at_it = sum(1 for row in rows if row.state == WorkState.RUNNING)
    return Film(
        pieces=tuple(piece_of(plan, parts) for parts in by_number.values()),
        costs=Costs(costs.all * share, costs.low * share, costs.rest * share),
        workers=max(slots(), at_it),
        busy=_busy(version, plan, costs.all),
    )


def piece_of(plan: Plan, parts: Sequence[Chunk]) -> Piece:
    """What there is of one run of segments, by the rows that make it."""
    done = {row.part for row in parts if row.state == WorkState.DONE}
    return Piece(
        seconds=film_seconds(plan, parts[0]),
        low_done=bool(done & {ChunkPart.ALL, ChunkPart.LOW}),
        rest_done=bool(done & {ChunkPart.ALL, ChunkPart.REST}),
        split=any(row.part != ChunkPart.ALL for row in parts),
        running={ChunkPart(row.part): row.progress for row in parts if row.state == WorkState.RUNNING},
    )


def _costs(version: AssetVersion, plan: Plan, rows: Sequence[Chunk]) -> Costs | None:
    """What a second of this film costs, by its own last pieces; before there are any, by those of other films."""
    low = lowest_of(plan)
    pixels = pixels_of(plan.encoded)
    low_share = pixels_of([rung for rung in plan.encoded if rung.name in low]) / pixels if low else 1.0
    done = [row for row in rows if row.state == WorkState.DONE]
    measured = {
        part: cost_of(plan, [row for row in done if row.part == part])
        for part in (ChunkPart.ALL, ChunkPart.LOW)
    }
    whole, lowest = measured[ChunkPart.ALL], measured[ChunkPart.LOW]
    if whole is None:
        by_shares = costs_from(1.0, low_share=low_share)
        whole = lowest / by_shares.low if lowest is not None else _cost_elsewhere(version, plan)
    if whole is None:
        return None
    costs = costs_from(whole, low_share=low_share)
    rest = cost_of(plan, [row for row in done if row.part == ChunkPart.REST])
    return Costs(
        whole, costs.low if lowest is None else lowest, costs.rest if rest is None else max(rest, costs.rest)
    )


def cost_of(plan: Plan, done: Iterable[Chunk]) -> float | None:
    """Seconds of one worker for a second of film, by the last pieces that were finished."""
    timed = [row for row in done if row.started_at is not None and row.finished_at is not None]
    timed.sort(key=lambda row: row.finished_at or row.created_at)
    length = sum(film_seconds(plan, row) for row in timed[-_RECENT:])
    spent = sum(_effort(row) for row in timed[-_RECENT:])
    return spent / length if length > 0 and spent > 0 else None


def _cost_elsewhere(version: AssetVersion, plan: Plan) -> float | None:
    """What this film should cost by what others did last, a pixel for a pixel."""
    others = (
        Chunk.objects.filter(kind=ChunkKind.VIDEO, part=ChunkPart.ALL, state=WorkState.DONE)
        .exclude(version=version)
        .exclude(started_at=None)
        .exclude(finished_at=None)
        .select_related("version")
        .order_by("-finished_at")[:_RECENT]
    )
    spent = made = 0.0
    for row in others:
        theirs = Plan.from_json(row.version.plan)
        spent += _effort(row)
        made += float(film_seconds(theirs, row) * theirs.rate) * pixels_of(theirs.encoded)
    return spent / made * pixels_of(plan.encoded) * float(plan.rate) if made and spent else None


def _busy(version: AssetVersion, plan: Plan, cost: float) -> tuple[float, ...]:
    """For how long workers are at other things, as far as those say how far they are."""
    running = Chunk.objects.filter(state=WorkState.RUNNING, started_at__isnull=False)
    seconds = []
    for row in running.exclude(version=version, kind=ChunkKind.VIDEO):
        if row.started_at is None:
            continue
        spent = seconds_since(row.started_at)
        if row.progress >= 0.05:
            seconds.append(spent / row.progress * (1 - row.progress))
        elif row.kind == ChunkKind.VIDEO and row.version_id != version.pk:
            # Segments of all films last about the same.
            count = row.end_segment - row.first_segment
            seconds.append(cost * count * float(plan.duration) / plan.segment_count)
    return tuple(seconds)


def film_seconds(plan: Plan, row: Chunk) -> float:
    """How long a chunk's stretch of the film is."""
    return float((plan.boundaries[row.end_segment] - plan.boundaries[row.first_segment]) / plan.rate)


def _effort(row: Chunk) -> float:
    """Seconds that a worker needs for what this chunk was, if all of them are at work.

    One alone has all cores of its machine and looks faster than it is; with a worker a core it has what its
    computing time says.
    """
    if row.started_at is None or row.finished_at is None:
        return 0.0
    return max((row.finished_at - row.started_at).total_seconds(), row.cpu_seconds)


def seconds_since(moment: datetime) -> float:
    """Wall seconds that have gone by."""
    return (timezone.now() - moment).total_seconds()


def pixels_of(rungs: Iterable[VideoRung]) -> int:
    return sum(rung.width * rung.height for rung in rungs)
