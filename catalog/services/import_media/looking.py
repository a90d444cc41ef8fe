"""Compares a planned title with the catalogue and with earlier imports. Reads only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from catalog.importing.planned import PlannedFilm, PlannedTitle, Role, Shape
from catalog.importing.reasons import LeftOut, Reason, left_out
from catalog.importing.scanning import Found
from catalog.importing.subtitles import SubtitleMarks
from catalog.importing.wording import shown
from catalog.models import Artwork, Episode, ImportedFile, Title, Video
from catalog.services.import_media.knowing import Memory, what_it_is
from catalog.services.import_media.matching import Unclear, find_title
from catalog.services.import_media.reporting import Action, Line
from transcoding.models import Asset, AssetState

_HOPELESS = (AssetState.FAILED, AssetState.CANCELLED)


@dataclass(slots=True)
class Step:
    """What there is to do about one title; nothing where all lists are empty and `facts_are_new` is False."""

    planned: PlannedTitle
    title: Title | None = None
    films: list[tuple[PlannedFilm, Action]] = field(default_factory=list)
    subtitles: list[tuple[PlannedFilm, Found, SubtitleMarks]] = field(default_factory=list)
    pictures: list[tuple[Shape, Found, PlannedFilm | None]] = field(default_factory=list)
    facts_are_new: bool = False
    unchanged: int = 0
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def is_idle(self) -> bool:
        return not (self.films or self.subtitles or self.pictures or self.facts_are_new)


class Looker:
    def __init__(self, memory: Memory, *, again: bool) -> None:
        self._memory = memory
        self._again = again
        keys = [row.asset_key for row in memory.rows.values() if row.asset_key]
        self._assets: Mapping[UUID, Asset] = Asset.objects.only("state", "failure_message").in_bulk(keys)

    def look(self, planned: PlannedTitle, years: Collection[int]) -> Step:
        """What there is to do; where the title is unclear, nothing, and all of its new files are left out."""
        step = Step(planned)
        try:
            step.title = find_title(planned, years=years)
        except Unclear as error:
            new = [file for file in planned.files if not self._is_done(file)]
            step.left_out = [left_out(file.path, Reason.UNCLEAR, str(error)) for file in new]
            return step
        taken: set[str] = set()
        for film in planned.films:
            self._film(step, film, taken)
        if not step.title and not step.films:
            # Nothing of it is taken, so what lies beside it has nowhere to go.
            return step
        for film in planned.films:
            if film.file.path in taken:
                step.subtitles += [
                    (film, file, marks) for file, marks in film.subtitles if not self._is_done(file)
                ]
                if film.still and not self._is_done(film.still):
                    self._picture(step, Shape.STILL, film.still, film)
        for shape, file in planned.pictures.items():
            if not self._is_done(file):
                self._picture(step, shape, file, None)
        step.facts_are_new = planned.nfo is not None and not self._is_done(planned.nfo)
        step.facts_are_new |= any(film.nfo and not self._is_done(film.nfo) for film in planned.films)
        return step

    def _is_done(self, file: Found) -> bool:
        row = self._memory.row(file)
        return row is not None and row.is_done and self._memory.is_same(file)

    def _film(self, step: Step, film: PlannedFilm, taken: set[str]) -> None:
        row = self._memory.row(film.file)
        found = self._judged(step, film, row)
        if isinstance(found, LeftOut):
            step.left_out.append(found)
            return
        taken.add(film.file.path)
        if found is Action.KEEP:
            step.unchanged += 1
        else:
            step.films.append((film, found))

    def _judged(self, step: Step, film: PlannedFilm, row: ImportedFile | None) -> Action | LeftOut:
        path = film.file.path
        if row and row.is_done and self._memory.is_same(film.file):
            return self._before(path, row)
        try:
            is_other = what_it_is(self._memory.root / path)
        except OSError:
            return left_out(path, Reason.UNREADABLE)
        if is_other:
            return left_out(path, Reason.NO_VIDEO, f"By its bytes it is no video: {is_other}.")
        if row and row.is_done and row.video_id:
            return Action.CHANGE
        if not (row and row.video_id) and self._has_another_film(step.title, film):
            return left_out(path, Reason.HAS_FILM)
        return Action.ADD if step.title else Action.MAKE

    def _before(self, path: str, row: ImportedFile) -> Action | LeftOut:
        asset = self._assets.get(row.asset_key) if row.asset_key else None
        if row.video_id is None or asset is None:
            return Action.ADD if self._again else left_out(path, Reason.REMOVED)
        if asset.state in _HOPELESS:
            if self._again:
                return Action.CHANGE
            return left_out(
                path, Reason.FAILED, f"It was imported and could not be made: {asset.failure_message}"
            )
        return Action.RENAME if path in self._memory.moved else Action.KEEP

    def _has_another_film(self, title: Title | None, film: PlannedFilm) -> bool:
        video = video_of(title, film) if title and film.role in (Role.FEATURE, Role.EPISODE) else None
        return video is not None and has_film(video, but=self._memory.row(film.file))

    def _picture(self, step: Step, shape: Shape, file: Found, film: PlannedFilm | None) -> None:
        """A picture that a person gave stays, unless it came from this very file."""
        row = self._memory.row(file)
        there = artwork_of(step.title, shape, film) if step.title else None
        if there and not there.is_made and not (row and row.artwork_key == there.key):
            step.left_out.append(left_out(file.path, Reason.HAS_PICTURE))
        else:
            step.pictures.append((shape, file, film))


def video_of(title: Title, film: PlannedFilm) -> Video | None:
    """The title's video that the film is for; None where there is none yet."""
    videos = Video.objects.filter(title=title)
    if film.role is Role.EPISODE:
        season, number = film.place
        return videos.filter(episode__season__number=season, episode__number=number).first()
    if film.role is Role.FEATURE:
        return videos.filter(kind=Role.FEATURE.value).first()
    return None


def has_film(video: Video, *, but: ImportedFile | None) -> bool:
    """Whether a video has a film, or one that is coming, other than what the row stands for."""
    mine = but.asset_key if but else None
    keys = {key for key in (video.asset_id, video.pending_asset_id) if key and key != mine}
    if Asset.objects.filter(pk__in=keys).exclude(state__in=_HOPELESS).exists():
        return True
    wanted = Asset.objects.filter(wanted_for=video.pk).exclude(state__in=_HOPELESS)
    return wanted.exclude(pk=mine).exists() if mine else wanted.exists()


def artwork_of(title: Title, shape: Shape, film: PlannedFilm | None) -> Artwork | None:
    if film is None:
        return Artwork.objects.filter(title=title, kind=shape.value).first()
    season, number = film.place
    episodes = Episode.objects.filter(season__series=title, season__number=season, number=number)
    return Artwork.objects.filter(episode__in=episodes, kind=shape.value).first()


def lines_of(step: Step) -> list[Line]:
    """The step as a report shows it."""
    title = step.planned
    name = f"{title.name} ({title.year})" if title.year else title.name
    lines = [
        Line(action, film.role.value.lower(), _what(name, film), film.file.path)
        for film, action in step.films
    ]
    for film, file, marks in step.subtitles:
        lines.append(Line(Action.ADD, "subtitles", f"{_what(name, film)}, {said(marks)}", file.path))
    for shape, file, one in step.pictures:
        lines.append(
            Line(Action.ADD, shape.value.lower(), _what(name, one) if one else shown(name), file.path)
        )
    return lines


def _what(name: str, film: PlannedFilm) -> str:
    if film.role is not Role.EPISODE:
        return shown(name if film.role is Role.FEATURE else f"{name}, {film.name}")
    numbers = film.covers or (film.number,)
    return shown(
        f"{name}, S{film.season:02d}" + "".join(f"E{number:02d}" for number in numbers if number is not None)
    )


def said(marks: SubtitleMarks) -> str:
    """The language of subtitles and whom they are for."""
    words = [marks.language or "und", marks.label]
    words += ["forced"] if marks.is_forced else []
    words += ["captions"] if marks.is_hearing_impaired else []
    return " ".join(word for word in words if word)
