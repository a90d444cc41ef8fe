import math
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Video
from catalog.services import wording
from catalog.services.changes import catalogue_changed
from catalog.services.finding import video_to_change
from catalog.services.set_markers import length_of
from vod.lib.transactions import transactional

MOST = 500


@dataclass(frozen=True)
class ChapterStart:
    """A named part of a video, from `start_seconds` to the next one's. A title may be empty: it has a number then."""

    title: str
    start_seconds: float


@transactional
def set_chapters(*, video_id: UUID | None, chapters: Sequence[ChapterStart] | None) -> Video:
    """Gives a video an editor's chapters, sorted by their start; with None those of its file count again.

    Raises CatalogError NOT_FOUND, INVALID, OUT_OF_RANGE for one outside of the film, or DUPLICATE for two at one
    moment.
    """
    video = video_to_change(video_id)
    video.chapters = None if chapters is None else checked_chapters(chapters, length_of(video))
    video.save(update_fields=["chapters"])
    catalogue_changed()
    return video


def checked_chapters(chapters: Sequence[ChapterStart], length: float | None) -> list[dict[str, object]]:
    """Chapters as they are stored, by their start, in a film of `length` seconds. Raises as `set_chapters` does."""
    if len(chapters) > MOST:
        raise CatalogError(CatalogErrorCode.INVALID, f"A video may have {MOST} chapters.", field="chapters")
    for one in chapters:
        if not math.isfinite(one.start_seconds):
            raise CatalogError(CatalogErrorCode.INVALID, "Give each a start in seconds.", field="chapters")
        if one.start_seconds < 0 or (length is not None and one.start_seconds >= length):
            message = "Each chapter must start within the film" + (
                f", before {length:.1f} seconds." if length is not None else "."
            )
            raise CatalogError(CatalogErrorCode.OUT_OF_RANGE, message, field="chapters")
    # To the millisecond, as players show it.
    found = {round(one.start_seconds, 3): one for one in chapters}
    if len(found) < len(chapters):
        message = "Two chapters start at the same moment. Leave one out."
        raise CatalogError(CatalogErrorCode.DUPLICATE, message, field="chapters")
    return [
        {
            "title": wording.line(
                found[start].title, field="chapters", what="a title", most=200, required=False
            ),
            "start_seconds": start,
        }
        for start in sorted(found)
    ]
