"""Whatever an editor or the profile itself changes: a remembered page is what would be said if nothing were remembered."""

from typing import Any

import pytest
from django.core.cache import cache

from catalog.services.changes import catalogue_changed
from tests.conftest import Ask
from tests.documents import APP, document, operations
from tests.people import Person
from tests.playback.library import Film, make_film

# In this order, on one library: later ones change what earlier ones have made ({name} stands for its id).
STEPS: list[tuple[str, dict[str, Any]]] = [
    ("createMovie", {"name": "Another film", "genres": ["Drama"]}),
    ("publishTitle", {"titleId": "{movie}"}),
    ("updateTitle", {"titleId": "{film}", "name": "Renamed", "genres": ["Drama", "Comedy"], "year": 1999}),
    ("setTranslations", {"id": "{film}", "translations": [{"language": "en", "name": "Said so in English"}]}),
    ("setRatings", {"titleId": "{film}", "ratings": [{"system": "BBFC", "rating": "U"}]}),
    ("setAlternativeNames", {"titleId": "{film}", "names": [{"name": "Also called so"}]}),
    ("setAvailability", {"titleId": "{film}", "availableUntil": "2099-01-01T00:00:00Z"}),
    (
        "setMarkers",
        {"videoId": "{video}", "markers": [{"kind": "INTRO", "startSeconds": 0, "endSeconds": 5}]},
    ),
    ("setChapters", {"videoId": "{video}", "chapters": [{"title": "One", "startSeconds": 0}]}),
    (
        "setCredits",
        {
            "titleId": "{film}",
            "credits": [{"personName": "Ida Holm", "role": "Actor", "character": "The keeper"}],
        },
    ),
    ("createPerson", {"name": "Somebody"}),
    ("createGenre", {"name": "Western"}),
    ("updateGenre", {"genreId": "{genre}", "name": "Far West"}),
    ("deleteGenre", {"genreId": "{genre}"}),
    ("createTag", {"name": "Quiet"}),
    ("updateTag", {"tagId": "{tag}", "name": "Loud"}),
    ("deleteTag", {"tagId": "{tag}"}),
    ("createTrailer", {"titleId": "{film}", "name": "A trailer"}),
    ("createCollection", {"name": "Ours", "homePlace": 1, "shownFrom": "2020-01-01T00:00:00Z"}),
    ("setCollectionTitles", {"collectionId": "{collection}", "titleIds": ["{film}", "{other}"]}),
    ("updateCollection", {"collectionId": "{collection}", "name": "Theirs"}),
    ("addToMyList", {"titleId": "{film}"}),
    ("markWatched", {"videoId": "{video}", "watched": True}),
    ("rateTitle", {"titleId": "{other}", "rating": "LOVE"}),
    ("removeFromMyList", {"titleId": "{film}"}),
    ("detachAsset", {"videoId": "{video}"}),
    ("unpublishTitle", {"titleId": "{other}"}),
    ("deleteCollection", {"collectionId": "{collection}"}),
    ("deleteTitle", {"titleId": "{film}"}),
]

# The inputs that are not named after their mutation.
INPUTS = {"addToMyList": "MyListInput", "removeFromMyList": "MyListInput"}
# What these make is named in later steps.
MADE = ("createMovie", "createGenre", "createTag", "createCollection")


@pytest.fixture
def films(db: None) -> list[Film]:
    """Nine films for everybody."""
    made = [make_film(f"Film {number}") for number in range(9)]
    catalogue_changed()
    return made


def _filled(value: Any, known: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(one, known) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, known) for one in value]
    return value.format(**known) if isinstance(value, str) else value


PAGES = {
    "Home": (document("Home"), {}),
    "Home of the app": (operations(APP)["Home"], {}),
    "Browse": (document("Browse"), {"orderBy": "NAME"}),
    "TitlePage": (document("TitlePage"), {"slug": "film-3"}),
}


@pytest.mark.parametrize("page", PAGES)
def test_what_is_remembered_is_what_would_be_said_anew_after_each_mutation(
    gql: Ask, owner: Person, operator: Person, films: list[Film], page: str
) -> None:
    asked, variables = PAGES[page]
    known = {"film": films[3].title_id, "video": films[3].id, "other": films[5].title_id}
    gql(asked, variables, as_=owner)
    for name, values in STEPS:
        kind = INPUTS.get(name) or f"{name[0].upper()}{name[1:]}Input"
        whole = name[0].upper() + name[1:]
        wanted = f"{whole[6:].lower()} {{ id }}" if name in MADE else ""
        change = f"mutation($input: {kind}!) {{ answer: {name}(input: $input) {{ {wanted} errors {{ code message }} }} }}"
        by = owner if name in (*INPUTS, "rateTitle", "markWatched") else operator
        payload = gql(change, {"input": _filled(values, known)}, as_=by)
        assert "data" in payload, (name, payload)
        assert payload["data"]["answer"]["errors"] == [], (name, payload)
        if name in MADE:
            thing = whole[6:].lower()
            known[thing] = payload["data"]["answer"][thing]["id"]

        remembered = gql(asked, variables, as_=owner)
        # What is asked anew is remembered for the next step.
        cache.clear()

        assert "errors" not in remembered, name
        assert remembered == gql(asked, variables, as_=owner), name
