"""Gives titles and episodes the pictures that lie beside their films."""

from pathlib import Path

from catalog.importing.planned import PlannedFilm, Shape
from catalog.importing.scanning import Found
from catalog.models import Episode, ImportFolder, Title
from catalog.services.artwork import put_artwork
from catalog.services.import_media.knowing import Memory
from catalog.services.import_media.looking import artwork_of
from catalog.services.import_media.making import keep_row


def hang_picture(
    *,
    root: Path,
    file: Found,
    shape: Shape,
    title: Title,
    film: PlannedFilm | None,
    folder: ImportFolder,
    memory: Memory,
) -> bool:
    """Makes the picture the title's, or the still of the episode of `film`; False where somebody gave another meanwhile.

    It is decoded in the sandbox. Raises CatalogError and OSError.
    """
    row = memory.row(file)
    there = artwork_of(title, shape, film)
    if there and not there.is_made and not (row and row.artwork_key == there.key):
        return False
    if film is None:
        artwork = put_artwork(source=root / file.path, kind=shape.value, title=title)
    else:
        season, number = film.place
        episode = Episode.objects.get(season__series=title, season__number=season, number=number)
        artwork = put_artwork(source=root / file.path, kind=shape.value, episode=episode)
    keep_row(file, folder, memory, title=title, artwork_key=artwork.key)
    return True
