"""What the factory's rows say of its state: work by lane, assets by state, uploads under way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Count, F, Min, Q, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from transcoding.errors import FailureCode
from transcoding.models import Asset, AssetState, Chunk, ChunkKind, Job, Upload, WorkState
from transcoding.queue import AV1

URGENT, FIRST, LADDER, THUMBNAILS, BACKGROUND = LANES = (
    "urgent",
    "first",
    "ladder",
    "thumbnails",
    "background",
)
_OPEN = (WorkState.WAITING, WorkState.RUNNING)
_LANE_OF_CHUNK = Case(
    When(Q(kind=ChunkKind.STORYBOARD), then=Value(THUMBNAILS)),
    When(Q(kind=ChunkKind.AV1) | Q(priority__gte=AV1), then=Value(BACKGROUND)),
    When(Q(priority__lt=100), then=Value(FIRST)),
    default=Value(LADDER),
    output_field=CharField(),
)


@dataclass(frozen=True, slots=True)
class Lane:
    """Pieces of work by state, and how long the oldest that may be started has waited, in seconds."""

    waiting: int = 0
    running: int = 0
    oldest_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """All of it at one moment; each mapping has every key there can be."""

    lanes: dict[str, Lane]
    assets: dict[str, int]
    failures: dict[str, int]
    uploads: int


def factory_figures() -> Figures:
    """In five queries, whatever there is."""
    now = timezone.now()
    found = {name: Lane() for name in LANES}
    for name, lane in _lanes(now):
        before = found[name]
        found[name] = Lane(
            before.waiting + lane.waiting,
            before.running + lane.running,
            max(before.oldest_seconds, lane.oldest_seconds),
        )
    states = dict(Asset.objects.order_by().values_list("state").annotate(Count("pk")))
    failed = Asset.objects.filter(state=AssetState.FAILED).order_by().values_list("failure_code")
    codes = dict(failed.annotate(Count("pk")))
    return Figures(
        lanes=found,
        assets={state: states.get(state, 0) for state in AssetState.values},
        failures={code.value: codes.get(code.value, 0) for code in FailureCode},
        uploads=Upload.objects.filter(offset__lt=F("size_bytes"), expires_at__gt=now).count(),
    )


def _lanes(now: datetime) -> list[tuple[str, Lane]]:
    """Jobs and chunks that are not done, by lane."""
    may_start = Q(state=WorkState.WAITING) & (Q(not_before=None) | Q(not_before__lte=now))
    counted: dict[str, Any] = {
        "waiting": Count("pk", filter=Q(state=WorkState.WAITING)),
        "running": Count("pk", filter=Q(state=WorkState.RUNNING)),
        "since": Min(Greatest("created_at", Coalesce("not_before", "created_at")), filter=may_start),
    }
    lanes = []
    for model, lane in ((Job, Value(URGENT, CharField())), (Chunk, _LANE_OF_CHUNK)):
        rows = model._default_manager.filter(state__in=_OPEN).order_by().annotate(lane=lane)
        for name, waiting, running, since in (
            rows.values("lane").annotate(**counted).values_list("lane", *counted)
        ):
            oldest = (now - since).total_seconds() if since else 0.0
            lanes.append((name, Lane(waiting, running, max(oldest, 0.0))))
    return lanes
