"""Writes the rows of one title: itself, its seasons, episodes and videos, and what was taken from which file."""

from dataclasses import dataclass, field

from catalog import maturity
from catalog.errors import CatalogError
from catalog.importing.nfo import Facts
from catalog.importing.planned import Kind, PlannedFilm, Role
from catalog.importing.scanning import Found
from catalog.importing.wording import shown
from catalog.models import Episode, ImportedFile, ImportFolder, Title, Video
from catalog.services.create_episode import create_episode
from catalog.services.create_movie import create_movie
from catalog.services.create_series import create_series
from catalog.services.create_trailer import create_trailer
from catalog.services.import_media.knowing import Memory, clamped, mark_of
from catalog.services.import_media.looking import Step, has_film, video_of
from catalog.services.import_media.matching import find_title
from catalog.services.import_media.reporting import Action
from catalog.services.publish_title import publish_title
from catalog.services.set_credits import CreditLine, set_credits
from catalog.services.update_title import update_title
from transcoding.services.ingest import source_folder
from transcoding.services.removing import remove_below
from vod.lib.rows import new_id
from vod.lib.transactions import transactional


@dataclass(slots=True)
class Made:
    """A title and the rows of the files that are to be taken; `occupied` have got another film meanwhile."""

    title: Title
    is_new: bool
    rows: dict[str, ImportedFile] = field(default_factory=dict)
    occupied: list[Found] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@transactional
def make_title(*, step: Step, folder: ImportFolder, memory: Memory, years: set[int], publish: bool) -> Made:
    """The title of a step, made or found again, with a video for each of its films.

    What the catalogue says already stays: only what is missing is filled in. Two imports at once do one title after the
    other. Raises Unclear and CatalogError.
    """
    list(ImportFolder.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    planned = step.planned
    title = find_title(planned, years=years, to_change=True)
    made = Made(title or _create(step), is_new=title is None)
    facts = planned.facts
    if facts and title and step.facts_are_new:
        _fill(title, facts)
    if facts and facts.ratings and not _rating(facts):
        made.notes.append(
            f"{shown(planned.name)}: no rating of the NFO is known here ({', '.join(facts.ratings)})."
        )
    if facts and facts.credits and not made.title.credits.exists():
        lines = [CreditLine(one.person, one.role, one.character) for one in facts.credits]
        set_credits(title_id=made.title.pk, credits=lines)
    for film, action in step.films:
        _film(made, film, action, folder, memory)
    for file in (planned.nfo, *(film.nfo for film in planned.films)):
        if file:
            keep_row(file, folder, memory, title=made.title)
    if publish and made.is_new:
        publish_title(title_id=made.title.pk)
    return made


def _create(step: Step) -> Title:
    planned, facts = step.planned, step.planned.facts
    create = create_movie if planned.kind is Kind.MOVIE else create_series
    return create(
        name=planned.name,
        year=planned.year,
        synopsis=facts.synopsis if facts else "",
        maturity_rating=_rating(facts) if facts else "",
        genres=facts.genres if facts else (),
        original_name=_original(planned.name, facts),
    )


def _original(name: str, facts: Facts | None) -> str:
    return facts.original_name if facts and facts.original_name != name else ""


def _rating(facts: Facts) -> str:
    """The first rating that is known here; none where there is none."""
    for rating in facts.ratings:
        try:
            if maturity.minimum_age(rating) is not None:
                return rating
        except CatalogError:
            continue
    return ""


def _fill(title: Title, facts: Facts) -> None:
    """Adds what the catalogue does not say yet."""
    update_title(
        title_id=title.pk,
        year=facts.year if title.year is None else None,
        synopsis=facts.synopsis or None if not title.synopsis else None,
        maturity_rating=_rating(facts) or None if not title.maturity_rating else None,
        genres=facts.genres or None if not title.genres.exists() else None,
        original_name=_original(title.name, facts) or None if not title.original_name else None,
    )


def _film(made: Made, film: PlannedFilm, action: Action, folder: ImportFolder, memory: Memory) -> None:
    row = memory.row(film.file)
    video = _video(made.title, film, row)
    is_ours = row is not None and row.video_id == video.pk
    if not is_ours and has_film(video, but=row):
        made.occupied.append(film.file)
        return
    key = row.asset_key if row is not None and action is Action.RENAME else new_id()
    if row is not None and row.asset_key and not row.is_done:
        # A run was cut short while it copied the film: what there is of it goes, and it is copied anew.
        remove_below([source_folder(row.asset_key)])
    made.rows[film.file.path] = keep_row(
        film.file,
        folder,
        memory,
        title=made.title,
        video=video,
        asset_key=key,
        is_done=action is Action.RENAME,
    )


def _video(title: Title, film: PlannedFilm, row: ImportedFile | None) -> Video:
    if row is not None and row.video is not None:
        return row.video
    there = video_of(title, film)
    if there is not None:
        return there
    if film.role in (Role.TRAILER, Role.EXTRA):
        return create_trailer(title_id=title.pk, name=film.name, kind=film.role.value)
    season, number = film.place
    episode: Episode = create_episode(
        series_id=title.pk,
        season_number=season,
        number=number,
        name=film.name,
        synopsis=film.facts.synopsis if film.facts else "",
    )
    return Video.objects.get(episode=episode)


def keep_row(
    file: Found, folder: ImportFolder, memory: Memory, *, is_done: bool = True, **values: object
) -> ImportedFile:
    """The row of a file as it is now, made where there is none."""
    row = memory.row(file) or ImportedFile(folder=folder)
    row.path, row.path_mark = shown(file.path), mark_of(file.path)
    row.size_bytes, row.modified_ns = file.size, clamped(file.modified_ns)
    row.fingerprint = memory.fingerprint(file)
    row.is_done = is_done
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    memory.rows[file.path] = row
    return row
