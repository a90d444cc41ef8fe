"""The rows of a preview that is made. The film was ready before, and stays so whatever becomes of it."""

from transcoding.models import Asset, AssetVersion, Chunk
from transcoding.services.claiming import Hold
from transcoding.services.makers.preview import Clip
from vod.lib.transactions import transactional


@transactional
def finish_preview(hold: Hold[Chunk], *, clip: Clip | None, cpu_seconds: float) -> None:
    """Says for the version where its preview lies; a film without one is done all the same. Raises LostHold."""
    version = hold.row.version
    Asset.objects.select_for_update().get(pk=version.asset_id)
    hold.finish(cpu_seconds=cpu_seconds)
    if clip is None:
        return
    AssetVersion.objects.filter(pk=version.pk).update(preview_key=clip.key, preview_bytes=clip.size_bytes)
    # A film that was made anew meanwhile shows the preview of its new version, or none.
    Asset.objects.filter(pk=version.asset_id, current_version=version).update(preview_of=version.pk)
