"""Where an asker finds the preview of a film."""

from django.utils import timezone

from catalog.tokens import Viewer, make_preview_token
from transcoding.models import Asset
from vod.lib.actor import Actor


def preview_url(actor: Actor, asset: Asset | None) -> str | None:
    """The path of the film's preview, for this asker alone; None where there is none. Costs no statement.

    For a film that the asker may see: whoever asks has found it by the visibility rule, which is applied again when
    the address is used.
    """
    if asset is None or not asset.is_watchable:
        return None
    version = asset.preview_of
    # A film that was made anew shows nothing of its last making.
    if version is None or version != asset.current_version_id:
        return None
    if actor.user_id is None or (actor.profile_id is None and not actor.is_operator):
        return None
    viewer = Viewer(actor.user_id, actor.profile_id)
    return (
        f"/previews/{make_preview_token(viewer, version=version, now=timezone.now())}/{version}/preview.mp4"
    )
