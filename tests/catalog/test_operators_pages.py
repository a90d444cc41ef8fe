"""The admin's pages of the library open, show what is where, and make what the services would make."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Title, Video, VideoKind
from catalog.services.artwork import put_artwork
from catalog.services.attach_asset import attach_asset
from catalog.services.create_episode import create_episode
from catalog.services.set_credits import CreditLine, set_credits
from tests.catalog.conftest import MakeAsset, MakeTitle, feature_of
from tests.people import Person
from transcoding.models import AssetState


@pytest.fixture
def office(operator: Person) -> Client:
    """A browser in which the operator is signed in."""
    client = Client()
    client.force_login(operator.user)
    return client


def empty_inlines(*prefixes: str) -> dict[str, Any]:
    return {f"{prefix}-{what}_FORMS": 0 for prefix in prefixes for what in ("TOTAL", "INITIAL")}


def test_every_page_of_the_library_opens(
    office: Client, movie: MakeTitle, series: MakeTitle, asset: MakeAsset, picture: Callable[..., Path]
) -> None:
    film, show = movie("Lamp", genres=["Drama"]), series("Brook")
    attach_asset(video_id=feature_of(film).pk, asset_id=asset(state=AssetState.ENCODING, progress=0.4).pk)
    put_artwork(source=picture(), kind="POSTER", title=film)
    set_credits(title_id=film.pk, credits=[CreditLine("Ida Holm", "Director")])
    episode = create_episode(series_id=show.pk, season_number=1, number=1, name="Out")
    rows = {
        "title": film,
        "season": episode.season,
        "episode": episode,
        "video": episode.video,
        "genre": film.genres.get(),
        "person": film.credits.get().person,
    }
    for name, row in rows.items():
        for page in (
            reverse(f"admin:catalog_{name}_changelist"),
            reverse(f"admin:catalog_{name}_add"),
            reverse(f"admin:catalog_{name}_change", args=[row.pk]),
        ):
            assert office.get(page).status_code == 200, page
    listed = office.get(reverse("admin:catalog_title_changelist")).content.decode()
    assert "Being prepared, 40%" in listed
    assert "0 of 1 episodes can be watched" in listed
    assert "/images/" in listed


def test_a_film_made_by_hand_has_address_age_video_and_words(office: Client) -> None:
    form = {
        "kind": "MOVIE",
        "name": "  The   Lamplighter ",
        "maturity_rating": "fsk12",
        "available_from_0": "2026-01-01",
        "available_from_1": "00:00:00",
        **empty_inlines("artwork", "credits", "alternative_names", "seasons", "videos"),
    }

    answer = office.post(reverse("admin:catalog_title_add"), form)

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    title = Title.objects.get()
    assert (title.name, title.slug, title.maturity_rating, title.minimum_age) == (
        "The Lamplighter",
        "the-lamplighter",
        "FSK 12",
        12,
    )
    assert title.folded_name == "the lamplighter"
    assert title.published_at is None
    assert Video.objects.get().kind == VideoKind.FEATURE


def test_a_rating_of_no_known_system_is_refused_on_the_page(office: Client) -> None:
    form = {"kind": "MOVIE", "name": "Lamp", "maturity_rating": "21+", **empty_inlines("artwork", "credits")}

    answer = office.post(reverse("admin:catalog_title_add"), form)

    assert "is no rating that Lantern knows" in answer.content.decode()
    assert Title.objects.count() == 0


def test_titles_are_published_and_withdrawn_from_the_list(office: Client, movie: MakeTitle) -> None:
    draft = movie("Lamp", published=False)
    page = reverse("admin:catalog_title_changelist")

    office.post(page, {"action": "publish", "_selected_action": [str(draft.pk)]})
    draft.refresh_from_db()
    assert draft.published_at is not None

    office.post(page, {"action": "unpublish", "_selected_action": [str(draft.pk)]})
    draft.refresh_from_db()
    assert draft.published_at is None


def test_a_draft_is_found_in_the_list_although_a_letter_is_wrong(office: Client, movie: MakeTitle) -> None:
    movie("Lamplighter", published=False, original_name="Lyktetenneren")
    movie("Harbour")
    page = reverse("admin:catalog_title_changelist")

    for text in ("lyktet", "lampligter", "LAMP"):
        shown = office.get(page, {"q": text}).content.decode()
        assert ("Lamplighter" in shown, "Harbour" in shown) == (True, False), text
    assert "Harbour" in office.get(page, {"q": ""}).content.decode()


def test_nobody_else_gets_in(owner: Person) -> None:
    client = Client()
    client.force_login(owner.user)

    assert client.get(reverse("admin:catalog_title_changelist")).status_code == 302
