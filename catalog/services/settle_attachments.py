"""Films that have become watchable take their place; what has no pictures yet gets some of its own."""

import logging
from uuid import UUID

from django.db.models import QuerySet

from catalog.models import Video
from catalog.services.changes import catalogue_changed
from catalog.services.make_pictures import make_missing_pictures
from transcoding.models import WATCHABLE, Asset, AssetState
from transcoding.services.subtitles import carry_sidecars
from vod.lib.transactions import transactional

log = logging.getLogger(__name__)

_HOPELESS = (AssetState.FAILED, AssetState.CANCELLED)


def settle_attachments() -> None:
    """Brings videos and films together, in three steps that may each be repeated and run twice at once.

    A film that was uploaded for a video becomes its coming film; a coming film that can be watched becomes
    its film, so that what was there before is watched until then; then missing pictures are made, outside
    of any transaction, since that takes seconds.
    """
    _adopt_wanted()
    _take_place()
    make_missing_pictures()


def _adopt_wanted() -> None:
    wanted = _waiting().values("wanted_for")
    for key in Video.objects.filter(pk__in=wanted).values_list("pk", flat=True):
        _adopt(key)


def _waiting() -> QuerySet[Asset]:
    return Asset.objects.filter(wanted_for__isnull=False).exclude(state__in=_HOPELESS)


@transactional
def _adopt(key: UUID) -> None:
    video = Video.objects.select_for_update().filter(pk=key).first()
    wanted = _waiting().filter(wanted_for=key)
    newest = wanted.order_by("-id").first()
    if video is None or newest is None:
        return
    if video.asset_id != newest.pk:
        video.pending_asset = newest
        video.save(update_fields=["pending_asset"])
        catalogue_changed()
    # The wish is fulfilled; a later choice of an operator must not be undone by it.
    wanted.filter(pk__lte=newest.pk).update(wanted_for=None)


def _take_place() -> None:
    ready = Video.objects.filter(pending_asset__state__in=WATCHABLE)
    for key, asset, before in ready.values_list("pk", "pending_asset_id", "asset_id"):
        if before is not None and before != asset:
            try:
                carry_sidecars(from_asset_id=before, to_asset_id=asset)
            except OSError:
                # The store is not to be had: what is watched stays until its subtitles can go along.
                log.warning("subtitles of %s could not be carried to %s", before, asset, exc_info=True)
                continue
        # Conditional on the film that was seen: another one may have been attached meanwhile.
        if Video.objects.filter(pk=key, pending_asset=asset).update(asset=asset, pending_asset=None):
            catalogue_changed()
