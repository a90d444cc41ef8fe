"""Text that a database cannot hold is answered with a code, at every door, and never with an error of ours.

PostgreSQL's text has no NUL; nobody's UTF-8 has half a surrogate pair.
"""

import json
from typing import Any

import pytest
from django.test import Client

from tests.people import Person

ODD = ["a\x00b", "a\ud800b"]
DOORS = {
    "signUp": "mutation($t: String!) { signUp(input: {email: $t, password: $t}) { errors { code } } }",
    "signIn": "mutation($t: String!) { signIn(input: {email: $t, password: $t}) { errors { code } } }",
    "createProfile": "mutation($t: String!) { createProfile(input: {name: $t, pin: $t}) { errors { code } } }",
    "search": "query($t: String!) { search(text: $t, first: 3) { totalCount } }",
    "titles": "query($t: String!) { titles(first: 3, filter: {genre: $t}) { totalCount } }",
    "language": "query($t: String!) { titles(first: 3, filter: {language: $t}) { totalCount } }",
    "title": "query($t: String!) { title(slug: $t) { id } }",
    "node": "query($t: ID!) { node(id: $t) { id } }",
}


@pytest.mark.parametrize("text", ODD, ids=["nul", "half a pair"])
@pytest.mark.parametrize("door", DOORS)
def test_no_door_of_the_api_breaks_over_it(owner: Person, door: str, text: str) -> None:
    sent: Any = Client().post(
        "/graphql/",
        json.dumps({"query": DOORS[door], "variables": {"t": text}}),
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {owner.token}",
    )

    answer = sent.json()
    assert "errors" not in answer, answer


@pytest.mark.parametrize("text", ["a%00b", "a%ED%A0%80b"], ids=["nul", "half a pair"])
@pytest.mark.parametrize(
    "path",
    [
        "/title/{}",
        "/images/{}/a.webp",
        "/stream/{}/x",
        "/login?next={}",
        "/admin/login/?next={}",
        "/admin/catalog/title/?q={}",
    ],
)
def test_no_address_breaks_over_it(operator: Person, client: Client, path: str, text: str) -> None:
    client.force_login(operator.user)
    assert client.get(path.format(text)).status_code < 500


def test_no_key_breaks_over_it(db: None, client: Client) -> None:
    text = "a\x00b"
    client.cookies["sessionid"] = text
    assert (
        client.get("/graphql/?query={__typename}", headers={"Accept": "application/json"}).status_code < 500
    )
    assert (
        client.get("/graphql/?query={__typename}", headers={"Authorization": f"Bearer {text}"}).status_code
        < 500
    )
