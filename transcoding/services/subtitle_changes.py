"""Subtitles that a film has: changed, shown unasked or not, taken away; in what is watched and in all later makings."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import transaction

from transcoding.asset_errors import SubtitlesError, SubtitlesErrorCode
from transcoding.engine.subtitles.tracks import subtitle_label
from transcoding.models import Asset, Rendition, RenditionKind, Segment, Sidecar
from transcoding.selectors.subtitle_changes import CHANGEABLE, changes_of, name_for_good, number_of
from transcoding.services.removing import remove_below
from transcoding.services.subtitles import living_versions, republish
from vod.lib.storage import objects
from vod.lib.transactions import transactional


@transactional
def update_subtitles(
    *,
    track_id: UUID,
    language: str | None = None,
    label: str | None = None,
    is_forced: bool | None = None,
    is_hearing_impaired: bool | None = None,
    is_default: bool | None = None,
) -> None:
    """Changes what is given of a film's subtitles; their text stays.

    An empty `label` calls them by their language, as does another language where they were called by the old one. Of a
    film's subtitles one at most is shown unasked. Raises SubtitlesError NOT_FOUND.
    """
    asset, track = _track(track_id)
    forced = track.is_forced if is_forced is None else is_forced
    hearing_impaired = track.is_hearing_impaired if is_hearing_impaired is None else is_hearing_impaired
    language = track.language if language is None else language
    values = {"language": language, "is_forced": forced, "is_hearing_impaired": hearing_impaired}
    title = _title(track) if label is None else label
    shown: dict[UUID, str] = {}
    for row in _everywhere(asset, track):
        others = row.version.renditions.filter(kind=RenditionKind.SUBTITLES).exclude(pk=row.pk)
        shown[row.pk] = subtitle_label(
            title,
            language,
            forced=forced,
            hearing_impaired=hearing_impaired,
            taken=list(others.values_list("label", flat=True)),
        )[:120]
        Rendition.objects.filter(pk=row.pk).update(label=shown[row.pk], **values)
    if track.sidecar_id is not None:
        Sidecar.objects.filter(pk=track.sidecar_id).update(label=title[:120], **values)
    else:
        _note(asset, track, {"label": shown[track.pk], **values})
    if is_default is not None and is_default != track.is_default:
        _choose(asset, track if is_default else None)
    _publish(asset)


@transactional
def remove_subtitles(*, track_id: UUID) -> None:
    """Takes subtitles away for good, a file beside the film with its bytes. Raises SubtitlesError NOT_FOUND."""
    asset, track = _track(track_id)
    rows = _everywhere(asset, track)
    changes = changes_of(asset)
    changes["next"] = max(changes["next"], *(number_of(row) + 1 for row in rows))
    if changes.get("default") == name_for_good(track):
        changes["default"] = None
    asset.subtitle_changes = changes
    keys = Segment.objects.filter(rendition__in=rows).values_list("key", flat=True)
    # Each text has a folder of its own, and no track ever has its name again.
    folders = [key.rpartition("/")[0] for key in keys]
    Rendition.objects.filter(pk__in=[row.pk for row in rows]).delete()
    if track.sidecar is not None:
        key = track.sidecar.key
        track.sidecar.delete()
        transaction.on_commit(lambda: _remove(key), robust=True)
        asset.save(update_fields=["subtitle_changes"])
    else:
        _note(asset, track, None)
    remove_below(folders)
    _publish(asset)


def _track(key: UUID) -> tuple[Asset, Rendition]:
    """The track and its film, which is locked."""
    found = Rendition.objects.filter(pk=key, kind=RenditionKind.SUBTITLES)
    owner = found.values_list("version__asset", flat=True).first()
    asset = Asset.objects.select_for_update().filter(pk=owner).first() if owner else None
    track = found.select_related("sidecar").first() if asset else None
    if asset is None or track is None:
        raise SubtitlesError(SubtitlesErrorCode.NOT_FOUND, "There are no such subtitles.")
    return asset, track


def _title(track: Rendition) -> str:
    """What a person or the file called it; empty where it is called by its language."""
    if track.sidecar is not None:
        return track.sidecar.label
    flags = {"forced": track.is_forced, "hearing_impaired": track.is_hearing_impaired}
    return "" if track.label == subtitle_label("", track.language, taken=(), **flags) else track.label


def _everywhere(asset: Asset, track: Rendition) -> Sequence[Rendition]:
    """The track in all living versions, and in its own."""
    versions = {version.pk for version in living_versions(asset)} | {track.version_id}
    rows = Rendition.objects.filter(version__in=versions, kind=RenditionKind.SUBTITLES)
    same = {"sidecar": track.sidecar_id} if track.sidecar_id else {"sidecar": None, "name": track.name}
    return list(rows.filter(**same).select_related("version"))


def _note(asset: Asset, track: Rendition, values: dict[str, Any] | None) -> None:
    changes = changes_of(asset)
    kept = None if values is None else {name: values[name] for name in CHANGEABLE}
    changes["tracks"] = {**changes["tracks"], track.name: kept}
    asset.subtitle_changes = changes
    asset.save(update_fields=["subtitle_changes"])


def _choose(asset: Asset, track: Rendition | None) -> None:
    asset.subtitle_changes = {**changes_of(asset), "default": name_for_good(track) if track else None}
    asset.save(update_fields=["subtitle_changes"])
    rows = Rendition.objects.filter(version__in=living_versions(asset), kind=RenditionKind.SUBTITLES)
    rows.filter(is_default=True).update(is_default=False)
    if track is not None:
        Rendition.objects.filter(pk__in=[row.pk for row in _everywhere(asset, track)]).update(is_default=True)


def _publish(asset: Asset) -> None:
    living = living_versions(asset)
    # What people watch by says it already; a stored master that cannot be written now is no reason to fail.
    transaction.on_commit(lambda: republish(living), robust=True)


def _remove(key: str) -> None:
    # Else it goes with the folder of the film's source.
    with suppress(OSError):
        objects().delete(key)
