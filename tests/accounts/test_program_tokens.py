"""Tokens that do less than their user: how they are made, listed and killed, and that every door holds to their scopes."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from graphql import GraphQLSchema
from pytest_django import Settings

from accounts.models import AccessToken
from playback.models import PlaybackSession
from tests.conftest import Ask
from tests.inputs import call_of, digest_of_tables, mutations_of, value_of
from tests.people import Person
from vod.lib.actor import Scope
from vod.lib.graphql.ids import encode_id
from vod.schema import schema as graphene_schema

CREATE = """mutation($input: CreateTokenInput!) { createToken(input: $input) {
  token accessToken { id name scopes isCurrent createdAt expiresAt } errors { field code message } } }"""
REVOKE = """mutation($input: RevokeTokenInput!) { revokeToken(input: $input) {
  revokedTokenId errors { field code } } }"""
LIST = """query($first: Int, $after: String) { viewer { tokens(first: $first, after: $after) {
  totalCount edges { node { id name scopes isCurrent } } pageInfo { hasNextPage endCursor } } } }"""


def schema() -> GraphQLSchema:
    found: GraphQLSchema = graphene_schema.graphql_schema
    return found


def make(gql: Ask, person: Person, *scopes: str, **more: Any) -> dict[str, Any]:
    given = {"name": "a program", "scopes": list(scopes), **more}
    payload: dict[str, Any] = gql(CREATE, {"input": given}, as_=person)["data"]["createToken"]
    return payload


def with_token(person: Person, token: str) -> Person:
    return Person(person.user, person.profile, token)


def program(gql: Ask, person: Person, *scopes: str) -> Person:
    """A program of the person's, as their profile."""
    made = make(gql, person, *scopes)
    assert made["errors"] == []
    AccessToken.objects.filter(scopes__isnull=False).update(active_profile=person.profile)
    return with_token(person, made["token"])


def test_a_token_is_shown_once_and_kept_as_a_digest(gql: Ask, owner: Person) -> None:
    made = make(gql, owner, "WATCH", name="  the  kitchen radio ", expiresInDays=7)

    row = AccessToken.objects.get(scopes__isnull=False)
    assert made["accessToken"]["name"] == row.name == "the kitchen radio"
    assert made["accessToken"]["scopes"] == ["READ", "WATCH"]
    assert made["accessToken"]["isCurrent"] is False
    assert timedelta(days=6) < row.expires_at - timezone.now() <= timedelta(days=7)
    assert made["token"] not in repr(vars(row))
    assert made["token"] not in json.dumps(gql(LIST, as_=owner))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"name": ""}, "name"),
        ({"name": "n" * 81}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "a\ud800b"}, "name"),
        ({"expiresInDays": 0}, "expiresInDays"),
        ({"expiresInDays": 367}, "expiresInDays"),
        ({"expiresInDays": -(2**31)}, "expiresInDays"),
    ],
)
def test_what_makes_no_token_is_refused(gql: Ask, owner: Person, given: dict[str, Any], field: str) -> None:
    before = digest_of_tables()

    payload = gql(CREATE, {"input": {"name": "x", "scopes": ["READ"], **given}}, as_=owner)["data"]

    assert [error["field"] for error in payload["createToken"]["errors"]] == [field]
    assert payload["createToken"]["token"] is None
    assert digest_of_tables() == before


def test_there_are_only_so_many(gql: Ask, owner: Person, settings: Settings) -> None:
    settings.TOKENS_PER_ACCOUNT = 1
    make(gql, owner, "READ")

    assert make(gql, owner, "READ")["errors"][0]["code"] == "TOO_MANY_TOKENS"


def test_only_operators_give_away_what_operators_may_do(
    gql: Ask, owner: Person, operator: Person, kid: Person
) -> None:
    assert make(gql, owner, "OPERATE")["errors"][0]["code"] == "FORBIDDEN"
    assert make(gql, kid, "READ")["errors"][0]["code"] == "FORBIDDEN"
    assert make(gql, operator, "OPERATE")["accessToken"]["scopes"] == ["OPERATE", "READ"]


@pytest.mark.parametrize("scopes", [["READ"], ["WATCH"], ["OPERATE"], ["READ", "WATCH", "OPERATE"]])
def test_a_programs_token_makes_lists_and_kills_none(gql: Ask, operator: Person, scopes: list[str]) -> None:
    mine = program(gql, operator, *scopes)
    before = digest_of_tables()

    listed = gql(LIST, as_=mine)
    row = AccessToken.objects.get(scopes__isnull=True)
    killed = gql(REVOKE, {"input": {"tokenId": encode_id("AccessToken", row.pk)}}, as_=mine)

    assert [error["code"] for error in make(gql, mine, "READ")["errors"]] == ["FORBIDDEN"]
    assert listed["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert killed["data"]["revokeToken"]["errors"][0]["code"] == "FORBIDDEN"
    assert digest_of_tables() == before


def test_ones_tokens_are_a_list_without_what_they_say(gql: Ask, owner: Person, stranger: Person) -> None:
    make(gql, owner, "READ", name="first")
    make(gql, owner, "READ", name="second")
    make(gql, stranger, "READ", name="hers")
    expired = AccessToken.objects.get(name="first")

    page = gql(LIST, {"first": 1}, as_=owner)["data"]["viewer"]["tokens"]
    rest = gql(LIST, {"after": page["pageInfo"]["endCursor"]}, as_=owner)["data"]["viewer"]["tokens"]

    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (3, True)
    found = [edge["node"] for edge in page["edges"] + rest["edges"]]
    assert [(node["name"], node["scopes"], node["isCurrent"]) for node in found] == [
        ("second", ["READ"], False),
        ("first", ["READ"], False),
        ("", None, True),
    ]
    AccessToken.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    assert gql(LIST, as_=owner)["data"]["viewer"]["tokens"]["totalCount"] == 2


def test_a_revoked_token_is_dead_with_the_streams_it_started(
    gql: Ask, owner: Person, stranger: Person
) -> None:
    made = make(gql, owner, "WATCH")
    key = made["accessToken"]["id"]
    for whom in (stranger, owner):
        answer = gql(REVOKE, {"input": {"tokenId": key}}, as_=whom)["data"]["revokeToken"]
        alive = gql("Viewer", as_=with_token(owner, made["token"]))["data"]["viewer"] is not None
        if whom is stranger:
            assert (answer["errors"][0]["code"], alive) == ("NOT_FOUND", True)
        else:
            assert (answer["revokedTokenId"], alive) == (key, False)


def test_a_token_is_a_node_for_its_owner_alone(
    gql: Ask, owner: Person, stranger: Person, kid: Person
) -> None:
    key = make(gql, owner, "READ")["accessToken"]["id"]

    assert gql("Node", {"id": key}, as_=owner)["data"]["node"]["__typename"] == "AccessToken"
    for other in (stranger, kid):
        assert gql("Node", {"id": key}, as_=other)["data"]["node"] is None


# What each mutation needs: OPERATE unless it stands here.
NEEDS = {
    "signUp": None,
    "signIn": None,
    "signOut": None,
    "activateProfile": Scope.READ,
    **dict.fromkeys(
        ["createProfile", "updateProfile", "deleteProfile", "createToken", "revokeToken"], Scope.ACCOUNT
    ),
    **dict.fromkeys(
        [
            "reviewDevice",
            "decideDevice",
            "endBrowserSession",
            "signOutElsewhere",
            "exportAccount",
            "eraseAccount",
            "keepAccount",
        ],
        Scope.ACCOUNT,
    ),
    **dict.fromkeys(
        ["startPlayback", "heartbeat", "stopPlayback", "markWatched", "removeFromContinueWatching"],
        Scope.WATCH,
    ),
    **dict.fromkeys(["addToMyList", "removeFromMyList", "rateTitle"], Scope.WATCH),
}


@pytest.mark.parametrize("granted", [["READ"], ["WATCH"], ["OPERATE"]])
def test_every_mutation_is_held_to_its_scope(gql: Ask, operator: Person, granted: list[str]) -> None:
    mine = program(gql, operator, *granted)
    before = digest_of_tables()
    refused = set()

    for name, field in mutations_of(schema()).items():
        needed = NEEDS.get(name, Scope.OPERATE)
        if needed is None:
            continue
        given = {key: value_of(argument.type) for key, argument in field.args.items()}
        errors = gql(call_of(name, field), given, as_=mine)["data"][name]["errors"]
        held = needed not in (Scope.READ, *granted)
        said = [error["message"] for error in errors if error["code"] == "FORBIDDEN"]
        assert len(said) == held, (name, errors)
        if held:
            refused.add(name)
            assert needed is Scope.ACCOUNT or needed.value in said[0]

    assert {"createToken", "deleteProfile"} <= refused
    if granted == ["READ"]:
        assert digest_of_tables() == before


def test_rest_is_held_to_the_same_scopes(gql: Ask, operator: Person) -> None:
    def upload(scope: str) -> Any:
        mine = program(gql, operator, scope)
        headers = {
            "Authorization": f"Bearer {mine.token}",
            "Tus-Resumable": "1.0.0",
            "Upload-Length": "10",
            "Upload-Metadata": "filename YS5tcDQ=",
        }
        return Client().post("/api/uploads/", headers=headers)

    refused = upload("WATCH")
    assert (refused.status_code, refused.json()["code"]) == (403, "FORBIDDEN")
    assert "OPERATE" in refused.json()["message"]
    assert upload("OPERATE").status_code == 201


def test_beacons_are_held_to_the_same_scopes(gql: Ask, owner: Person) -> None:
    reader, watcher = (program(gql, owner, scope) for scope in ("READ", "WATCH"))
    path = f"/api/playback/{encode_id('PlaybackSession', owner.profile.pk)}/position"

    answers = [
        Client().post(
            path,
            {"positionSeconds": 1},
            content_type="application/json",
            headers={"Authorization": f"Bearer {who.token}"},
        )
        for who in (reader, watcher)
    ]

    assert [answer.status_code for answer in answers] == [403, 404]
    assert not PlaybackSession.objects.exists()
