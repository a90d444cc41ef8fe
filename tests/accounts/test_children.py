"""A child's profile cannot widen itself by any door, not even on an operator's account."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import AccessToken, Profile, User
from catalog import search
from tests.conftest import Ask
from tests.documents import operations
from tests.people import Person, make_person, make_token
from tests.playback.library import make_film
from vod.lib.graphql.persisted import hash_of


@pytest.fixture
def small(operator: Person) -> Person:
    """Ole: a child on the account of Oscar, who runs the library."""
    return make_person(operator.user, "Ole", is_kids=True, maturity_limit=7)


def browser(gql: Ask, person: Person) -> Client:
    """A browser that is signed in as the account and watches as the person."""
    client = Client()
    client.force_login(person.user)
    activate(gql, person, client=client)
    return client


def activate(gql: Ask, person: Person, **asking: Any) -> list[str]:
    answer = gql("ActivateProfile", {"input": {"profileId": person.global_profile_id}}, **asking)
    return [error["code"] for error in answer["data"]["activateProfile"]["errors"]]


def create(gql: Ask, **asking: Any) -> list[str]:
    answer = gql("CreateProfile", {"input": {"name": "Grown up"}}, **asking)
    return [error["code"] for error in answer["data"]["createProfile"]["errors"]]


def names(*pages: dict[str, Any]) -> set[str]:
    return {edge["node"]["name"] for page in pages for edge in page["edges"]}


@pytest.mark.parametrize(
    "page", ["/admin/", "/admin/accounts/user/", "/admin/catalog/title/add/", "/admin/password_change/"]
)
def test_the_admin_is_closed_on_a_childs_profile_of_an_operator(
    gql: Ask, operator: Person, small: Person, page: str
) -> None:
    client = browser(gql, small)

    closed = client.get(page)
    assert (closed.status_code, closed.content) == (
        403,
        b"Not from a child's profile. Switch to another profile first.\n",
    )
    activate(gql, operator, client=client)
    assert client.get(page).status_code == 200


def test_a_child_changes_nothing_in_the_admin(gql: Ask, operator: Person, small: Person) -> None:
    client = browser(gql, small)
    form = {"name": "Ole", "user": operator.user.pk, "language": "en", "avatar": "fox"}

    told = client.post(f"/admin/accounts/profile/{small.profile.pk}/change/", form)

    assert told.status_code == 403
    assert Profile.objects.get(pk=small.profile.pk).is_kids


def test_pages_of_the_account_are_closed_on_a_childs_profile(gql: Ask, kid: Person) -> None:
    client = browser(gql, kid)

    assert client.get("/accounts/email/").status_code == 403
    assert client.post("/accounts/password/change/", {}).status_code == 403
    assert client.post("/accounts/logout/").status_code == 302


def test_a_profile_that_was_only_named_by_the_client_counts_for_nothing(
    gql: Ask, owner: Person, kid: Person
) -> None:
    hidden = make_film("Cellar", minimum_age=16)
    kid_named = {
        "HTTP_X_PROFILE_ID": owner.global_profile_id,
        "HTTP_COOKIE": f"active_profile={owner.profile.pk}",
    }

    told = gql("TitlePage", {"slug": hidden.title.slug}, as_=kid, **kid_named)

    assert told["data"] == {"title": None}


@pytest.mark.parametrize("way", ["token", "cookie"])
def test_where_a_childs_profile_is_deleted_the_device_is_no_adults(
    gql: Ask, operator: Person, small: Person, way: str
) -> None:
    make_film("Cellar", minimum_age=16)
    asking: dict[str, Any] = {"as_": small}
    if way == "cookie":
        asking = {"client": browser(gql, small)}
    else:
        activate(gql, small, as_=small)

    gql("DeleteProfile", {"input": {"profileId": small.global_profile_id}}, as_=operator)

    assert [error["extensions"]["code"] for error in gql("Browse", **asking)["errors"]] == [
        "PROFILE_REQUIRED"
    ]
    assert [error["extensions"]["code"] for error in gql("Assets", **asking)["errors"]] == ["FORBIDDEN"]
    assert create(gql, **asking) == ["FORBIDDEN"]
    assert Profile.objects.filter(user=operator.user).count() == 1
    if way == "cookie":
        assert asking["client"].get("/admin/").status_code == 403

    # To choose another is what a child's profile may do too.
    assert activate(gql, operator, **asking) == []
    assert gql("Browse", **asking)["data"]["titles"]["totalCount"] == 1


@pytest.mark.parametrize("way", ["token", "cookie"])
def test_who_deletes_the_own_profile_goes_on_without_one(gql: Ask, owner: Person, way: str) -> None:
    asking: dict[str, Any] = {"as_": owner}
    if way == "cookie":
        asking = {"client": browser(gql, owner)}
    else:
        activate(gql, owner, as_=owner)

    gql("DeleteProfile", {"input": {"profileId": owner.global_profile_id}}, **asking)

    assert create(gql, **asking) == []


def test_a_token_that_never_had_a_profile_may_make_the_first(gql: Ask, household: User) -> None:
    secret = make_token(household)
    assert not AccessToken.objects.get(user=household).had_profile

    assert create(gql, HTTP_AUTHORIZATION=f"Bearer {secret}") == []


def test_the_same_session_sees_what_its_profile_may_at_that_moment(
    gql: Ask, owner: Person, kid: Person
) -> None:
    """No cache on the way, neither of answers nor of Home, keeps what another profile saw."""
    films = [make_film("Cellar", minimum_age=16), make_film("Garden"), make_film("Attic", minimum_age=None)]
    search.index([film.title.pk for film in films])
    client = browser(gql, owner)

    def seen() -> list[set[str]]:
        home = gql("Home", client=client)["data"]["home"]
        rows = [row["node"]["titles"] for row in home["rows"]["edges"]]
        found = [gql("Search", {"text": film.title.name}, client=client)["data"]["search"] for film in films]
        nodes = {
            film.title.name
            for film in films
            for key in (film.title_id, film.id)
            if gql("Node", {"id": key}, client=client)["data"]["node"]
        }
        hero = {home["hero"]["name"]} if home["hero"] else set()
        return [
            names(*rows) | hero,
            names(gql("Browse", client=client)["data"]["titles"]),
            names(*found),
            nodes,
        ]

    everything = {"Cellar", "Garden", "Attic"}
    assert seen() == [everything] * 4
    activate(gql, kid, client=client)
    assert seen() == [{"Garden"}] * 4
    activate(gql, owner, client=client)
    assert seen() == [everything] * 4


def test_a_document_by_its_hash_shows_a_child_no_more_than_the_document_does(
    gql: Ask, owner: Person, kid: Person
) -> None:
    """Asked for with the adult's profile, by POST and GET, and again by the same login with the child's."""
    make_film("Cellar", minimum_age=16)
    make_film("Garden")
    client = Client(headers={"Authorization": f"Bearer {owner.token}"})
    text = operations()["Browse"]
    named = {"persistedQuery": {"version": 1, "sha256Hash": hash_of(text)}}
    client.post("/graphql/", {"query": text, "extensions": named}, content_type="application/json")

    def seen() -> list[set[str]]:
        posted = client.post("/graphql/", {"extensions": named}, content_type="application/json")
        asked = client.get("/graphql/", {"extensions": json.dumps(named)})
        return [names(answer.json()["data"]["titles"]) for answer in (posted, asked)]

    assert seen() == [{"Cellar", "Garden"}] * 2
    activate(gql, kid, as_=owner)
    assert seen() == [{"Garden"}] * 2


@pytest.mark.parametrize("argument", ["profileId", "maturityLimit", "isKids", "as"])
def test_no_argument_of_browsing_names_a_profile(gql: Ask, kid: Person, argument: str) -> None:
    """What a client says of itself beyond the schema is refused, not believed."""
    answer = gql(f'{{ titles({argument}: "18") {{ totalCount }} }}', as_=kid)

    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_INPUT"]
