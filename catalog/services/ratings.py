"""Which of a title's ratings counts: its label and age stand in columns of their own, where queries find them."""

from collections.abc import Iterator

from catalog import maturity
from catalog.models import Title
from catalog.services.changes import catalogue_changed

_SLICE = 500


def count_one(title: Title, rating: tuple[str, str] | None) -> None:
    """Makes one rating, by system and label, the one that counts; None takes all away. The title is not saved."""
    if rating is None:
        title.ratings = {}
        title.maturity_rating, title.minimum_age = "", None
        return
    key, label = rating
    system = maturity.SYSTEMS[key]
    title.ratings = {**title.ratings, key: label}
    title.maturity_rating, title.minimum_age = system.shown(label), system.ages[label]


def count_best(title: Title) -> None:
    """Lets that of `ratings` count which the installation's settings say. The title is not saved."""
    key = maturity.counting(title.ratings)
    count_one(title, (key, title.ratings[key]) if key is not None else None)


def count_ratings() -> int:
    """Counts all titles' ratings anew, after RATING_SYSTEMS was changed. Answers how many have another one now."""
    changed = 0
    for titles in _slices():
        before = {title.pk: (title.maturity_rating, title.minimum_age) for title in titles}
        for title in titles:
            count_best(title)
        moved = [title for title in titles if before[title.pk] != (title.maturity_rating, title.minimum_age)]
        Title.objects.bulk_update(moved, ["maturity_rating", "minimum_age"])
        changed += len(moved)
    catalogue_changed()
    return changed


def _slices() -> Iterator[list[Title]]:
    rated = Title.objects.exclude(ratings={}).only("ratings", "maturity_rating", "minimum_age").order_by("pk")
    last = None
    while titles := list((rated.filter(pk__gt=last) if last else rated)[:_SLICE]):
        yield titles
        last = titles[-1].pk
