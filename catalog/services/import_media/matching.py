"""Which title of the catalogue a title of a folder is. What is not clear is not guessed."""

from collections.abc import Collection
from uuid import UUID

from catalog.importing.planned import PlannedTitle
from catalog.models import Title
from catalog.search import fold


class Unclear(Exception):
    """`args[0]` is a sentence that says between what it cannot be told."""


def find_title(
    planned: PlannedTitle, *, years: Collection[int] = (), to_change: bool = False
) -> Title | None:
    """The title that is there already: by what was imported before, else by name and year; None for a new one.

    A year that only one of the two has is no difference where the name is nobody else's. `years` are those of all titles
    of this name in the folder. Raises Unclear.
    """
    titles = Title.objects.select_for_update() if to_change else Title.objects.all()
    if planned.known:
        return titles.filter(pk=UUID(planned.known)).first()
    named = titles.filter(kind=planned.kind.value).order_by("id")
    original = planned.facts.original_name if planned.facts else ""
    folded = {fold(name)[:400] for name in (planned.name, original)} - {""}
    # Names without a letter or figure fold to nothing.
    same = list((named.filter(folded_name__in=folded) if folded else named.filter(name=planned.name))[:20])
    if planned.year is None:
        return _only(same, planned)
    exact = [title for title in same if title.year == planned.year]
    if exact:
        return _only(exact, planned)
    for title in same:
        if title.year not in years and title.year is not None and abs(title.year - planned.year) == 1:
            raise Unclear(
                f"The catalogue has “{title.name}” of {title.year}, and this says {planned.year}."
                " Correct the year of one of the two."
            )
    return _only([title for title in same if title.year is None], planned)


def _only(titles: list[Title], planned: PlannedTitle) -> Title | None:
    if len(titles) > 1:
        years = ", ".join(str(title.year or "without a year") for title in titles[:5])
        raise Unclear(
            f"The catalogue has {len(titles)} titles called “{planned.name}” ({years})."
            " Put the year into the name."
        )
    return titles[0] if titles else None
