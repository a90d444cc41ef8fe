"""Gives the files that lie beside films (pictures, subtitles, NFOs) to what they belong to."""

import re
from collections import defaultdict
from posixpath import basename

from catalog.importing.names import season_folder
from catalog.importing.planned import PlannedFilm, PlannedTitle, Role, Shape
from catalog.importing.reasons import LeftOut, Reason, left_out
from catalog.importing.scanning import FileKind, Found
from catalog.importing.subtitles import SubtitleMarks, read_marks

_SUBTITLE_FOLDERS = frozenset({"sub", "subs", "subtitle", "subtitles"})
_ENDS = ("-", ".", "_", " ", "(", "[")
# What a picture is by the word behind the film's name, or by its whole name in the title's own folder; the first
# word is liked best.
_POSTERS = ("poster", "folder", "cover", "movie", "show")
_BACKDROPS = ("fanart", "backdrop", "background", "landscape", "art")
_WORDS = {
    **{word: (Shape.POSTER, place) for place, word in enumerate(_POSTERS)},
    **{word: (Shape.BACKDROP, place) for place, word in enumerate(_BACKDROPS)},
}
_NUMBERED = re.compile(r"([a-z]+)[-_ ]?(\d{0,3})")
_SEASON_PICTURE = re.compile(r"season.*", re.IGNORECASE)
_THUMB = "thumb"


class Beside:
    """All planned films by folder and name, so that a file finds the one it is named after."""

    def __init__(self, titles: list[PlannedTitle]) -> None:
        self._films: dict[str, dict[str, tuple[PlannedTitle, PlannedFilm]]] = defaultdict(dict)
        self._titles: dict[str, list[PlannedTitle]] = defaultdict(list)
        self._wished: dict[int, dict[Shape, list[tuple[tuple[int, int], Found]]]] = {}
        self.left_out: list[LeftOut] = []
        for title in titles:
            for folder in title.folders:
                self._titles[folder].append(title)
            for film in title.films:
                self._films[film.file.folder][film.file.stem.casefold()] = (title, film)

    def give(self, files: list[Found]) -> None:
        """Each file to its film or title; what finds none is left out. NFOs are given where films are told."""
        for file in files:
            if file.kind is FileKind.SUBTITLES:
                self._give_subtitles(file)
            elif file.kind is FileKind.PICTURE:
                self._give_picture(file)
        for title in {id(one): one for titles in self._titles.values() for one in titles}.values():
            self._hang(title)
        for title, _ in (pair for films in self._films.values() for pair in films.values()):
            self._hang(title)

    def _leave(self, file: Found, reason: Reason) -> None:
        self.left_out.append(left_out(file.path, reason))

    def film_named(self, folder: str, name: str) -> tuple[PlannedTitle, PlannedFilm, str] | None:
        """The film in `folder` that `name` begins with, and the rest of the name; the longest of several."""
        films = self._films.get(folder, {})
        plain = name.casefold()
        for end in range(len(plain), 0, -1):
            if plain[:end] in films and (end == len(plain) or plain[end] in _ENDS):
                return *films[plain[:end]], name[end:]
        return None

    def _only_film(self, folder: str) -> tuple[PlannedTitle, PlannedFilm] | None:
        mains = [
            pair
            for pair in self._films.get(folder, {}).values()
            if pair[1].role in (Role.FEATURE, Role.EPISODE)
        ]
        return mains[0] if len(mains) == 1 else None

    def _give_subtitles(self, file: Found) -> None:
        found = self._film_of_subtitles(file)
        if found is None:
            self._leave(file, Reason.NO_OWNER)
        else:
            film, marks = found
            film.subtitles.append((file, marks))

    def _film_of_subtitles(self, file: Found) -> tuple[PlannedFilm, SubtitleMarks] | None:
        named = self.film_named(file.folder, file.stem)
        if named:
            return named[1], read_marks(named[2])
        upper, _, here = file.folder.rpartition("/")
        if here.casefold() in _SUBTITLE_FOLDERS:
            return self._in_subtitle_folder(upper, file.stem)
        higher, _, middle = upper.rpartition("/")
        if middle.casefold() in _SUBTITLE_FOLDERS:
            # Subs/<the film's name>/2_English.srt
            named = self.film_named(higher, here)
            return (named[1], read_marks(file.stem)) if named and not named[2] else None
        only, marks = self._only_film(file.folder), read_marks(file.stem)
        return (only[1], marks) if only and marks.is_certain and marks.language else None

    def _in_subtitle_folder(self, folder: str, stem: str) -> tuple[PlannedFilm, SubtitleMarks] | None:
        named = self.film_named(folder, stem)
        if named:
            return named[1], read_marks(named[2])
        only = self._only_film(folder)
        return (only[1], read_marks(stem)) if only else None

    def _give_picture(self, file: Found) -> None:
        named = self.film_named(file.folder, file.stem)
        if named:
            title, film, rest = named
            self._wish_named(file, title, film, rest.strip("-._ ").casefold())
            return
        owners = self._titles.get(file.folder, [])
        word = _NUMBERED.fullmatch(file.stem.casefold())
        known = _WORDS.get(word[1]) if word else None
        if _SEASON_PICTURE.fullmatch(file.stem) or (
            known and season_folder(basename(file.folder)) and not owners
        ):
            self._leave(file, Reason.UNUSED_PICTURE)
        elif known and word and len(owners) == 1:
            self._wish(owners[0], known[0], (known[1], int(word[2] or 0)), file)
        else:
            self._leave(file, Reason.UNUSED_PICTURE if len(owners) == 1 else Reason.NO_OWNER)

    def _wish_named(self, file: Found, title: PlannedTitle, film: PlannedFilm, word: str) -> None:
        if film.role is Role.EPISODE:
            if word in ("", _THUMB) and film.still is None:
                film.still = file
            else:
                self._leave(file, Reason.OTHER_PICTURE if word in ("", _THUMB) else Reason.UNUSED_PICTURE)
            return
        known = (Shape.POSTER, 9) if not word else (Shape.BACKDROP, 9) if word == _THUMB else _WORDS.get(word)
        if film.role is not Role.FEATURE or known is None:
            self._leave(file, Reason.UNUSED_PICTURE)
        else:
            self._wish(title, known[0], (known[1] - 20, 0), file)

    def _wish(self, title: PlannedTitle, shape: Shape, place: tuple[int, int], file: Found) -> None:
        self._wished.setdefault(id(title), {}).setdefault(shape, []).append((place, file))

    def _hang(self, title: PlannedTitle) -> None:
        """Of several pictures the one that is named best."""
        for shape, wished in self._wished.pop(id(title), {}).items():
            best, *others = sorted(wished, key=lambda pair: (pair[0], pair[1].path))
            title.pictures[shape] = best[1]
            for _, file in others:
                self._leave(file, Reason.OTHER_PICTURE)
