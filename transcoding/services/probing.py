"""From a source to a plan: the probe."""

from dataclasses import replace

from django.conf import settings
from django.db.models.functions import Now

from transcoding.engine.copying import find_copy
from transcoding.engine.media import KeyFrames, MediaInfo
from transcoding.engine.plan import Plan, make_plan
from transcoding.engine.probe import probe
from transcoding.models import Asset, AssetState, Job
from transcoding.services.announcing import announce_work
from transcoding.services.claiming import Hold
from transcoding.services.outages import outlast
from transcoding.services.planning import add_version
from transcoding.services.sources import source_of
from transcoding.services.toolbox import tools
from vod.lib.transactions import transactional


def probe_asset(hold: Hold[Job]) -> None:
    """Looks at the source and plans its making. Raises MediaError for a file that is refused."""
    asset = hold.row.asset
    Asset.objects.filter(pk=asset.pk, state=AssetState.UPLOADED).update(
        state=AssetState.PROBING, changed_at=Now()
    )
    found = tools()
    with hold.kept_alive(), source_of(asset.source_key) as source:
        info = probe(source, tools=found)
        copyable = find_copy(source, info, tools=found, should_stop=hold.should_stop)
    plan = make_plan(info, build=found.build, encoding=settings.ENCODING, copyable=copyable)
    outlast(lambda: _keep(hold, info, plan))


@transactional
def _keep(hold: Hold[Job], info: MediaInfo, plan: Plan) -> None:
    asset = Asset.objects.select_for_update().get(pk=hold.row.asset_id)
    hold.finish()
    add_version(asset=asset, plan=plan)
    Asset.objects.filter(pk=asset.pk).update(
        state=AssetState.ENCODING,
        duration_seconds=float(plan.duration),
        media_info=replace(info, keys=KeyFrames()).to_json(),
        changed_at=Now(),
    )
    announce_work()
