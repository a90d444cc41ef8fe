"""What the factory's rows say of its state: work by lane, assets by state, uploads under way."""

from dataclasses import dataclass

from django.db.models import Count, F
from django.utils import timezone

from transcoding.errors import FailureCode
from transcoding.models import Asset, AssetState, Upload
from transcoding.selectors.lanes import LaneLoad, lane_loads


@dataclass(frozen=True, slots=True)
class Figures:
    """All of it at one moment; each mapping has every key there can be."""

    lanes: list[LaneLoad]
    assets: dict[str, int]
    failures: dict[str, int]
    uploads: int


def factory_figures() -> Figures:
    """In five queries, whatever there is."""
    states = dict(Asset.objects.order_by().values_list("state").annotate(Count("pk")))
    failed = Asset.objects.filter(state=AssetState.FAILED).order_by().values_list("failure_code")
    codes = dict(failed.annotate(Count("pk")))
    open_uploads = Upload.objects.filter(offset__lt=F("size_bytes"), expires_at__gt=timezone.now())
    return Figures(
        lanes=lane_loads(),
        assets={state: states.get(state, 0) for state in AssetState.values},
        failures={code.value: codes.get(code.value, 0) for code in FailureCode},
        uploads=open_uploads.count(),
    )
