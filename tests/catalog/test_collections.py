"""Collections: shown in their time, with what the profile may see of them, in the editor's order."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Artwork, Collection, Title
from catalog.selectors.collections import live_collections
from catalog.services.artwork import put_artwork
from catalog.services.collections import create_collection, set_collection_titles, update_collection
from catalog.services.delete_title import delete_title
from tests.catalog.conftest import MakeTitle
from tests.conftest import Ask
from tests.people import Person
from vod.lib.graphql.ids import encode_id
from vod.lib.storage import objects


def collection(name: str, *titles: Title, **words: Any) -> Collection:
    made = create_collection(name=name, **{"shown_from": timezone.now(), "home_place": 1, **words})
    return set_collection_titles(collection_id=made.pk, title_ids=[title.pk for title in titles])


def on_home(person: Person) -> list[tuple[str, list[str]]]:
    return [
        (one.collection.name, [title.name for title in one.titles]) for one in live_collections(person.actor)
    ]


def test_the_home_page_shows_collections_in_their_time_and_place(
    owner: Person, kid: Person, operator: Person, movie: MakeTitle
) -> None:
    now = timezone.now()
    dark, light = movie("Dark", maturity_rating="18"), movie("Light", maturity_rating="U")
    draft = movie("Draft", published=False, maturity_rating="U")
    collection("Second", dark, light, home_place=2)
    collection("First", light, draft, dark, home_place=1)
    collection("Of grown-ups", dark, home_place=3)
    collection("Nowhere", light, home_place=None)
    collection("Not ready", light, shown_from=None)
    collection("Later", light, shown_from=now + timedelta(days=1))
    collection("Over", light, shown_from=now - timedelta(days=2), shown_until=now - timedelta(days=1))
    collection("Empty")

    asker = owner.actor
    with CaptureQueriesContext(connection) as statements:
        live_collections(asker)
    assert len(statements) == 1
    assert on_home(owner) == [
        ("First", ["Light", "Dark"]),
        ("Second", ["Dark", "Light"]),
        ("Of grown-ups", ["Dark"]),
    ]
    assert on_home(kid) == [("First", ["Light"]), ("Second", ["Light"])]
    assert on_home(operator)[0] == ("First", ["Light", "Draft", "Dark"])


ASK = """query($slug: String!, $first: Int, $after: String) {
  collection(slug: $slug) { id name artwork { posterUrl } shownUntil
    titles(first: $first, after: $after) { totalCount edges { node { name collections { slug } } }
      pageInfo { hasNextPage endCursor } } }
  collections { totalCount edges { node { slug } } } }"""


def test_a_collection_is_there_for_who_sees_something_of_it(
    gql: Ask, owner: Person, kid: Person, operator: Person, movie: MakeTitle
) -> None:
    dark, light = movie("Dark", maturity_rating="18"), movie("Light", maturity_rating="U")
    both = collection("Both", light, dark)
    collection("Dark only", dark)
    hidden = collection("Hidden", light, shown_from=None)

    first = gql(ASK, {"slug": "both", "first": 1}, as_=owner)["data"]
    after = first["collection"]["titles"]["pageInfo"]["endCursor"]
    second = gql(ASK, {"slug": "both", "first": 1, "after": after}, as_=owner)["data"]["collection"]

    assert first["collection"]["titles"]["totalCount"] == 2
    assert [edge["node"]["name"] for edge in first["collection"]["titles"]["edges"]] == ["Light"]
    assert [edge["node"]["name"] for edge in second["titles"]["edges"]] == ["Dark"]
    assert first["collections"]["totalCount"] == 2
    seen = gql(ASK, {"slug": "both"}, as_=kid)["data"]
    assert [edge["node"]["name"] for edge in seen["collection"]["titles"]["edges"]] == ["Light"]
    assert seen["collections"]["edges"] == [{"node": {"slug": "both"}}]
    assert gql(ASK, {"slug": "dark-only"}, as_=kid)["data"]["collection"] is None
    assert gql(ASK, {"slug": "hidden"}, as_=owner)["data"]["collection"] is None
    assert gql(ASK, {"slug": "hidden"}, as_=operator)["data"]["collection"]["name"] == "Hidden"
    for person, row, there in (
        (owner, hidden, False),
        (operator, hidden, True),
        (kid, both, True),
        (owner, both, True),
    ):
        node = gql("Node", {"id": encode_id("Collection", row.pk)}, as_=person)["data"]["node"]
        assert (node is not None) is there
    for slug in ("", "\0", "\ud800", "x" * 1000):
        assert gql(ASK, {"slug": slug}, as_=owner)["data"]["collection"] is None


CHANGE = """mutation($input: UpdateCollectionInput!) { updateCollection(input: $input) {
  collection { name homePlace shownFrom shownUntil } errors { field code } } }"""
FILL = """mutation($input: SetCollectionTitlesInput!) { setCollectionTitles(input: $input) {
  collection { titles { edges { node { name } } } } errors { field code } } }"""
REMOVE = """mutation($input: DeleteCollectionInput!) { deleteCollection(input: $input) {
  deletedCollectionId errors { field code } } }"""


def test_editors_change_collections_through_the_api(
    gql: Ask, operator: Person, movie: MakeTitle, picture: Any, django_capture_on_commit_callbacks: Any
) -> None:
    a, b = movie("A"), movie("B")
    made = collection("Old", a, b)
    mine = encode_id("Collection", made.pk)
    titles = [encode_id("Movie", b.pk), encode_id("Movie", a.pk)]

    changed = gql(CHANGE, {"input": {"collectionId": mine, "name": "New", "homePlace": None}}, as_=operator)
    assert changed["data"]["updateCollection"]["collection"]["name"] == "New"
    assert changed["data"]["updateCollection"]["collection"]["homePlace"] is None
    assert changed["data"]["updateCollection"]["collection"]["shownFrom"] is not None
    for wrong, field, code in (
        ({"name": " "}, "name", "REQUIRED"),
        ({"slug": "a b"}, "slug", "INVALID"),
        ({"homePlace": -1}, "homePlace", "INVALID"),
        ({"shownUntil": "2020-01-01T00:00:00Z"}, "shownUntil", "INVALID"),
        ({"collectionId": titles[0]}, "collectionId", "NOT_FOUND"),
    ):
        answer = gql(CHANGE, {"input": {"collectionId": mine, **wrong}}, as_=operator)
        assert answer["data"]["updateCollection"]["errors"] == [{"field": field, "code": code}], wrong

    filled = gql(FILL, {"input": {"collectionId": mine, "titleIds": titles}}, as_=operator)["data"]
    edges = filled["setCollectionTitles"]["collection"]["titles"]["edges"]
    assert [edge["node"]["name"] for edge in edges] == ["B", "A"]
    for some, code in (([titles[0]] * 2, "DUPLICATE"), ([mine], "NOT_FOUND")):
        answer = gql(FILL, {"input": {"collectionId": mine, "titleIds": some}}, as_=operator)["data"]
        assert answer["setCollectionTitles"]["errors"] == [{"field": "titleIds", "code": code}]
    assert made.entries.count() == 2

    poster = put_artwork(source=picture(300, 450), kind="POSTER", collection=made)
    assert gql(ASK, {"slug": "old"}, as_=operator)["data"]["collection"]["artwork"]["posterUrl"]
    with django_capture_on_commit_callbacks(execute=True):
        again = put_artwork(source=picture(300, 450), kind="POSTER", collection=made)
    assert (objects().exists(poster.key), objects().exists(again.key)) == (False, True)
    delete_title(title_id=a.pk)
    assert made.entries.get().title == b
    with django_capture_on_commit_callbacks(execute=True):
        gone = gql(REMOVE, {"input": {"collectionId": mine}}, as_=operator)["data"]["deleteCollection"]
    assert gone == {"deletedCollectionId": mine, "errors": []}
    assert (Artwork.objects.count(), objects().exists(again.key), Title.objects.count()) == (0, False, 1)


def test_an_end_may_not_come_before_its_start(movie: MakeTitle) -> None:
    made = collection("Winter", movie("Snow"))

    update_collection(collection_id=made.pk, shown_until=timezone.now() + timedelta(days=1))
    made.refresh_from_db()

    assert made.shown_until is not None
