"""What waits and runs in each lane of the factory."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from transcoding.models import Chunk, Job, WorkState
from transcoding.queue import LANES, PRIORITIES, Lane, of_lanes


@dataclass(frozen=True, slots=True)
class LaneLoad:
    """Pieces of work of one lane: how many wait and run, and the age in seconds of the oldest that waits (0.0: none).

    A piece that waits for a store or a disk to come back counts among those that wait.
    """

    lane: Lane
    waiting: int
    running: int
    oldest_seconds: float


def lane_loads() -> list[LaneLoad]:
    """Every lane, the most important first. Two statements, however much there is."""
    now = timezone.now()
    found = _count(Job, {Lane.URGENT: Q()}) | _count(Chunk, {lane: of_lanes([lane]) for lane in PRIORITIES})
    return [_load(lane, found, now) for lane in LANES]


def _count(model: type[Job] | type[Chunk], lanes: dict[Lane, Q]) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    for lane, its in lanes.items():
        waiting = its & Q(state=WorkState.WAITING)
        wanted[f"{lane.name}_waiting"] = Count("pk", filter=waiting)
        wanted[f"{lane.name}_running"] = Count("pk", filter=its & Q(state=WorkState.RUNNING))
        wanted[f"{lane.name}_oldest"] = Min("created_at", filter=waiting)
    open_work = model._default_manager.filter(state__in=(WorkState.WAITING, WorkState.RUNNING))
    return open_work.order_by().aggregate(**wanted)


def _load(lane: Lane, found: dict[str, Any], now: datetime) -> LaneLoad:
    oldest: datetime | None = found[f"{lane.name}_oldest"]
    age = max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
    return LaneLoad(lane, found[f"{lane.name}_waiting"], found[f"{lane.name}_running"], age)
