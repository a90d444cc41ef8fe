"""Gives the files of a title to the factory and to the catalogue. None of them is changed, moved or removed."""

from pathlib import Path

from catalog.importing.scanning import Found
from catalog.importing.subtitles import SubtitleMarks
from catalog.importing.wording import shown
from catalog.models import ImportedFile
from catalog.services.attach_asset import attach_asset
from transcoding.models import Asset
from transcoding.services.ingest import add_source, source_folder
from transcoding.services.removing import remove_below
from transcoding.services.subtitles import add_subtitles
from vod.lib.transactions import transactional


class ChangedMeanwhile(Exception):
    """The file is not what it was when the import began."""


def take_film(*, root: Path, file: Found, row: ImportedFile, name: str) -> None:
    """Copies a film into the store, attaches it to its video and queues it, once however often it is asked.

    Raises ChangedMeanwhile, and then nothing is left but the video without a film; OSError and StoreError.
    """
    path = root / file.path

    def settle(asset: Asset) -> None:
        _check(path, file)
        attach_asset(video_id=row.video_id, asset_id=asset.pk)
        # Another run that began later has a key of its own.
        if not ImportedFile.objects.filter(pk=row.pk, asset_key=row.asset_key).update(is_done=True):
            raise ChangedMeanwhile
        row.is_done = True

    try:
        _check(path, file)
        add_source(path=path, file_name=name, key=row.asset_key, within=settle, stays=True)
    except (ChangedMeanwhile, FileNotFoundError) as error:
        _forget(row)
        raise ChangedMeanwhile from error


def _check(path: Path, file: Found) -> None:
    facts = path.stat()
    if (facts.st_size, facts.st_mtime_ns) != (file.size, file.modified_ns):
        raise ChangedMeanwhile


@transactional
def _forget(row: ImportedFile) -> None:
    """What was copied is neither the old file nor the new one."""
    if row.asset_key:
        remove_below([source_folder(row.asset_key)])
    ImportedFile.objects.filter(pk=row.pk, asset_key=row.asset_key).delete()


def take_subtitles(
    *, root: Path, file: Found, film: ImportedFile, marks: SubtitleMarks, language: str
) -> None:
    """Gives the film's asset the subtitles. Raises SubtitlesError and OSError."""
    assert film.asset_key is not None
    add_subtitles(
        asset_id=film.asset_key,
        path=root / file.path,
        file_name=shown(file.path.rpartition("/")[2]),
        language=marks.language or language,
        label=marks.label,
        is_forced=marks.is_forced,
        is_hearing_impaired=marks.is_hearing_impaired,
    )
