"""Keeps what search looks in as the title's names, people and genres are."""

from catalog import search
from catalog.models import Title


def refresh_search_text(title: Title) -> None:
    """Sets and saves `search_text` and `folded_name` of `title`; to be called by whatever changes its words."""
    people = title.credits.values_list("person__name", flat=True)
    characters = title.credits.exclude(character="").values_list("character", flat=True)
    genres = title.genres.values_list("name", flat=True)
    title.folded_name = search.fold(title.name)[:400]
    title.search_text = search.searchable([title.name, title.original_name, *people, *characters, *genres])
    title.save(update_fields=["folded_name", "search_text"])
