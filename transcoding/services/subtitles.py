"""Subtitles that come in a file of their own: kept with the asset's source, in every version of it."""

import hashlib
import logging
import math
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from transcoding.asset_errors import SubtitlesError, SubtitlesErrorCode
from transcoding.engine.plan import Plan
from transcoding.engine.subtitles.cues import Cue
from transcoding.engine.subtitles.faults import SubtitleFault, UnusableSubtitles
from transcoding.engine.subtitles.reading import MAX_BYTES, read_subtitles
from transcoding.engine.subtitles.tracks import MAX_TRACKS, subtitle_label
from transcoding.engine.subtitles.webvtt import write_webvtt
from transcoding.models import Asset, AssetVersion, Rendition, RenditionKind, RenditionState, Segment, Sidecar
from transcoding.selectors.subtitle_changes import as_changed, first_free, mark_default, number_of
from transcoding.services.ingest import source_folder
from transcoding.services.publishing import publish_late
from vod.lib.storage import objects
from vod.lib.transactions import transactional

log = logging.getLogger(__name__)

_CODEC = "webvtt"
_NO_FILM = "There is no such film."
# What tells one sidecar of an asset from another, beside its bytes.
_MARKS = ("file_name", "language", "label", "is_forced", "is_hearing_impaired")
_CODES = {
    SubtitleFault.NOT_SUBTITLES: SubtitlesErrorCode.NOT_SUBTITLES,
    SubtitleFault.TOO_LARGE: SubtitlesErrorCode.TOO_LARGE,
    SubtitleFault.EMPTY: SubtitlesErrorCode.NOT_SUBTITLES,
}


def add_subtitles(
    *,
    asset_id: UUID,
    path: Path,
    file_name: str,
    language: str,
    label: str = "",
    is_forced: bool = False,
    is_hearing_impaired: bool = False,
) -> Sidecar:
    """Gives an asset the subtitles in the file at `path`, in what is watched now and in all later versions.

    `language` is a BCP 47 tag or empty; `file_name` is for people only. The file stays where it is. Who gives the
    same once more, by a second click or after a crash, gets what is there. Raises
    SubtitlesError NOT_FOUND, NOT_SUBTITLES, TOO_LARGE or TOO_MANY, and then nothing has changed.
    """
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    # Before the transaction, which nobody else should wait for: this can take seconds.
    length = Asset.objects.filter(pk=asset_id).values_list("duration_seconds", flat=True).first()
    cues = _cues(data, length)
    sidecar = Sidecar(
        file_name=file_name[:255],
        language=language[:35],
        label=label[:120],
        is_forced=is_forced,
        is_hearing_impaired=is_hearing_impaired,
    )
    return _keep(asset_id, sidecar, data, cues)


def carry_sidecars(*, from_asset_id: UUID, to_asset_id: UUID) -> None:
    """Gives one asset the other's subtitles, those that it does not have yet; safe to repeat.

    What shows nothing within the new film stays behind. Raises OSError of the store.
    """
    length = Asset.objects.filter(pk=to_asset_id).values_list("duration_seconds", flat=True).first()
    for sidecar in Sidecar.objects.filter(asset=from_asset_id).order_by("id"):
        copy = Sidecar(**_marks_of(sidecar))
        # What is lost, is not of this film or is one too many stays behind.
        with suppress(SubtitlesError, FileNotFoundError):
            data = objects().read_bytes(sidecar.key)
            _keep(to_asset_id, copy, data, _cues(data, length))


def subtitle_rows(version: AssetVersion, plan: Plan) -> list[Rendition]:
    """The renditions of a new version's subtitles, unsaved: the source's own tracks, then the files beside it."""
    rows = [
        Rendition(
            version=version,
            name=subtitle.name,
            kind=RenditionKind.SUBTITLES,
            codec=_CODEC,
            language=subtitle.language[:35],
            label=subtitle.label[:120],
            is_default=subtitle.default,
            is_forced=subtitle.forced,
            is_hearing_impaired=subtitle.hearing_impaired,
        )
        for subtitle in plan.subtitles
    ]
    rows = as_changed(version.asset, rows)
    for sidecar in Sidecar.objects.filter(asset=version.asset_id).order_by("id"):
        rows.append(_row(version, sidecar, rows))
    mark_default(version.asset, rows)
    return rows


def sidecar_text(sidecar: Sidecar, plan: Plan) -> str:
    """The WebVTT of a sidecar for a version. Raises UnusableSubtitles, and FileNotFoundError for a lost file."""
    data = objects().read_bytes(sidecar.key)
    return write_webvtt(read_subtitles(data, duration=math.ceil(plan.duration * 1000)))


def _cues(data: bytes, seconds: float | None) -> tuple[Cue, ...]:
    try:
        return read_subtitles(data, duration=math.ceil(seconds * 1000) if seconds else None)
    except UnusableSubtitles as error:
        raise SubtitlesError(_CODES[error.fault], error.sentence) from error


def living_versions(asset: Asset) -> list[AssetVersion]:
    """What is watched now and what is being made; not what was given up, which has no renditions any more."""
    versions = AssetVersion.objects.filter(asset=asset).order_by("-number")
    newest = versions.first()
    keys = {asset.current_version_id, newest.pk if newest else None}
    return [version for version in versions if version.pk in keys and version.renditions.exists()]


def _keep(asset_id: UUID, sidecar: Sidecar, data: bytes, cues: tuple[Cue, ...]) -> Sidecar:
    """Makes the sidecar the asset's, in its living versions too; or answers the one that is the same.

    Objects first, rows then: nobody waits for the store while the asset's row is held. What a refusal leaves lies
    below the asset's own folders, which go with it, and is tried to be removed at once.
    """
    asset = Asset.objects.filter(pk=asset_id).first()
    if asset is None:
        raise SubtitlesError(SubtitlesErrorCode.NOT_FOUND, _NO_FILM)
    there = _same(asset, sidecar, data)
    if there is not None:
        return there
    sidecar.digest, sidecar.size_bytes = hashlib.sha256(data).hexdigest(), len(data)
    sidecar.key = f"{source_folder(asset_id)}/subtitles-{sidecar.pk}"
    text = write_webvtt(cues).encode()
    put: list[str] = []
    # The very bytes that were read, whatever has become of the file meanwhile.
    _put(sidecar.key, data, put)
    kept: Sidecar | None = None
    try:
        while kept is None:
            for version in living_versions(asset):
                key = _key_in(version, sidecar)
                if key not in put:
                    _put(key, text, put)
            kept = _enter(asset_id, sidecar, put, size=len(text), last=cues[-1].end / 1000)
    finally:
        if kept is not sidecar:
            _take_back(put)
    return kept


def _put(key: str, content: bytes, put: list[str]) -> None:
    put.append(key)
    objects().put_bytes(key, content)


def _take_back(keys: Iterable[str]) -> None:
    for key in keys:
        try:
            objects().delete(key)
        except OSError as error:
            log.warning("%s could not be removed: %s", key, error)


@transactional
def _enter(
    asset_id: UUID, sidecar: Sidecar, put: Collection[str], *, size: int, last: float
) -> Sidecar | None:
    """The sidecar that counts now: this one, or the same one of somebody else.

    None where a version has come that its text was not `put` for.
    """
    asset = Asset.objects.select_for_update().filter(pk=asset_id).first()
    if asset is None:
        raise SubtitlesError(SubtitlesErrorCode.NOT_FOUND, _NO_FILM)
    there = Sidecar.objects.filter(asset=asset, digest=sidecar.digest, **_marks_of(sidecar)).first()
    if there is not None:
        return there
    if Sidecar.objects.filter(asset=asset).count() >= MAX_TRACKS:
        raise SubtitlesError(SubtitlesErrorCode.TOO_MANY, f"A film may have {MAX_TRACKS} files of subtitles.")
    living = living_versions(asset)
    if not {_key_in(version, sidecar) for version in living} <= set(put):
        return None
    sidecar.asset = asset
    # As if new, where the transaction is tried again.
    sidecar.save(force_insert=True)
    for version in living:
        row = _row(version, sidecar, list(version.renditions.filter(kind=RenditionKind.SUBTITLES)))
        row.state, row.progress, row.is_offered = RenditionState.READY, 1, True
        row.save(force_insert=True)
        Segment.objects.create(
            rendition=row,
            number=0,
            key=_key_in(version, sidecar),
            size_bytes=size,
            duration_seconds=asset.duration_seconds or last,
        )
    # What people watch by says it already; a stored master that cannot be written now is no reason to fail.
    transaction.on_commit(lambda: republish(living), robust=True)
    return sidecar


def _key_in(version: AssetVersion, sidecar: Sidecar) -> str:
    """Where its text lies: a folder of its own, as nobody knows the track's name before the row is held."""
    return f"{version.key_prefix}/subtitles-of-{sidecar.pk}/00000.vtt"


def _marks_of(sidecar: Sidecar) -> dict[str, Any]:
    return {name: getattr(sidecar, name) for name in _MARKS}


def _same(asset: Asset, sidecar: Sidecar, data: bytes) -> Sidecar | None:
    for other in Sidecar.objects.filter(asset=asset, size_bytes=len(data), **_marks_of(sidecar)):
        with suppress(FileNotFoundError):
            if objects().read_bytes(other.key) == data:
                return other
    return None


def republish(versions: Iterable[AssetVersion]) -> None:
    """Masters that are stored already name the new subtitles too; those of sessions do so by themselves."""
    for version in versions:
        if version.published_at is not None:
            publish_late(version)


def _row(version: AssetVersion, sidecar: Sidecar, others: list[Rendition]) -> Rendition:
    number = max((number_of(other) + 1 for other in others), default=0)
    label = subtitle_label(
        sidecar.label,
        sidecar.language,
        forced=sidecar.is_forced,
        hearing_impaired=sidecar.is_hearing_impaired,
        taken=[other.label for other in others],
    )
    return Rendition(
        version=version,
        sidecar=sidecar,
        name=f"subtitles-{max(number, first_free(version.asset))}",
        kind=RenditionKind.SUBTITLES,
        codec=_CODEC,
        language=sidecar.language,
        label=label[:120],
        is_forced=sidecar.is_forced,
        is_hearing_impaired=sidecar.is_hearing_impaired,
    )
