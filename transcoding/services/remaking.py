"""Films whose plan was made for another build of ffmpeg than the workers have now.

Pieces of two builds do not join exactly, so such a film is made anew, under new addresses.
"""

import logging
from datetime import timedelta

from django.utils import timezone

from transcoding.models import Asset, AssetState, AssetVersion, Chunk, Job, JobKind, Rendition, WorkState
from transcoding.services.announcing import announce_job
from transcoding.services.removing import remove_below
from transcoding.services.toolbox import tools
from vod.lib.transactions import transactional

log = logging.getLogger(__name__)

# Where workers are upgraded one by one, those of the old build may finish what they began.
_PATIENCE = timedelta(minutes=10)


def remake_stranded() -> None:
    """Plans films anew whose chunks nobody has taken for a while because of their build."""
    stranded = (
        AssetVersion.objects.filter(
            asset__state=AssetState.ENCODING,
            asset__changed_at__lt=timezone.now() - _PATIENCE,
            chunks__state=WorkState.WAITING,
            published_at=None,
        )
        .exclude(chunks__state=WorkState.RUNNING)
        .exclude(plan__build=tools().build)
        .distinct()
    )
    for version in stranded:
        _plan_anew(version)


@transactional
def _plan_anew(version: AssetVersion) -> None:
    asset = Asset.objects.select_for_update().get(pk=version.asset_id)
    if asset.state != AssetState.ENCODING:
        return
    log.warning("%s was planned for another build of ffmpeg and is planned anew", asset.pk)
    Chunk.objects.filter(version=version).delete()
    Rendition.objects.filter(version=version).delete()
    Job.objects.update_or_create(
        asset=asset,
        kind=JobKind.PROBE,
        defaults={"state": WorkState.WAITING, "attempt": 0, "losses": 0, "not_before": None},
    )
    Asset.objects.filter(pk=asset.pk).update(changed_at=timezone.now())
    announce_job()
    remove_below([version.key_prefix])
