"""Sentences for operators about what became of a film."""

from collections.abc import Sequence

from transcoding.models import Asset
from transcoding.services.bench import Bench
from vod.lib.transactions import transactional


@transactional
def add_notes(bench: Bench, notes: Sequence[str]) -> None:
    """Adds sentences to the asset's notes, each once; nothing where the work is no longer ours."""
    if not notes:
        return
    asset = Asset.objects.select_for_update().get(pk=bench.version.asset_id)
    if not bench.hold.is_ours():
        return
    info = dict(asset.media_info or {})
    there = list(info.get("notes") or [])
    info["notes"] = there + [note for note in dict.fromkeys(notes) if note not in there]
    Asset.objects.filter(pk=asset.pk).update(media_info=info)
