"""Every id that an operation takes, of every wrong sort, where all else is right: a code, and no row changed."""

import base64
from functools import partial

from django.utils import timezone
from graphql import GraphQLSchema

from accounts.models import AccessToken, Plan
from tests.conftest import Ask
from tests.inputs import Watch, call_of, ids_in, input_of, mutations_of
from tests.lib.conftest import Ids, mark, signed_in, watching
from tests.people import Person
from transcoding.models import Upload, UploadKind
from vod.lib.graphql.ids import encode_id, split_id
from vod.lib.rows import new_id
from vod.schema import schema as graphene_schema


def schema() -> GraphQLSchema:
    found: GraphQLSchema = graphene_schema.graphql_schema
    return found


def ids_of_a_stranger(gql: Ask, stranger: Person, right_ids: Ids) -> Ids:
    """What belongs to another household, by the names that inputs give to it."""
    upload = Upload.objects.create(
        owner=stranger.user,
        kind=UploadKind.ARTWORK,
        file_name="x.png",
        size_bytes=1,
        expires_at=timezone.now(),
    )
    return {
        "profileId": stranger.global_profile_id,
        "tokenId": mark(AccessToken.objects.get(user=stranger.user)),
        "browserSessionId": signed_in(stranger),
        "sessionId": watching(gql, stranger, right_ids["videoId"]),
        "uploadId": str(upload.pk),
    }


def wrong(right_id: str) -> dict[str, str]:
    """Ids of every other sort than this one."""
    kind, key = split_id(right_id) or ("", new_id())
    return {
        "nothing's": encode_id(kind, new_id()),
        "another type's name": encode_id("Plan", key),
        "another type's": mark(Plan.objects.all()[0]),
        "another type's key": encode_id(kind, Plan.objects.all()[0].pk),
        "no type's": encode_id("", key),
        "lower case": encode_id(kind.lower(), key),
        "a bare key": str(key),
        "padded": f"{right_id}==",
        "a path": "../../etc/passwd",
        "half a pair": "\ud800",
        "a NUL": f"{right_id}\x00",
        "huge": base64.urlsafe_b64encode(f"{kind}:{'9' * 4000}".encode()).decode(),
        "empty": "",
    }


def ids_of_mutations() -> list[tuple[str, str]]:
    """Each mutation that takes ids, with each of them."""
    return [
        (mutation, name)
        for mutation, field in mutations_of(schema()).items()
        if "input" in field.args
        for name in ids_in(field.args["input"].type)
    ]


def test_no_mutation_takes_an_id_of_another_sort(
    gql: Ask, operator: Person, right_ids: Ids, stranger: Person
) -> None:
    foreign = ids_of_a_stranger(gql, stranger, right_ids)
    watch = Watch()

    for mutation, name in ids_of_mutations():
        field = mutations_of(schema())[mutation]
        good = {**right_ids, "videoId": right_ids["trailerId"]} if "Trailer" in mutation else right_ids
        for sort, bad in {**wrong(good[name]), "a stranger's": foreign.get(name, "")}.items():
            given = {"input": input_of(field.args["input"].type, {**good, name: bad})}
            ask = partial(gql, call_of(mutation, field), given, as_=operator)
            answer, changed = watch.changed_by(ask)
            errors = answer.get("data", {}).get(mutation, {}).get("errors")
            assert errors, (mutation, name, sort, answer)
            said = [(error["field"], error["code"]) for error in errors]
            assert (said, changed) == ([(name, "NOT_FOUND")], False), (mutation, name, sort)


def test_no_query_finds_anything_by_an_id_of_another_sort(gql: Ask, operator: Person, right_ids: Ids) -> None:
    for name, good in right_ids.items():
        for sort, bad in wrong(good).items():
            for query in (
                "query($id: ID!) { node(id: $id) { id } }",
                "query($id: ID!) { asset(id: $id) { id } }",
            ):
                data = gql(query, {"id": bad}, as_=operator)["data"]
                plan = sort == "another type's" and data.get("node") is not None
                assert plan or set(data.values()) == {None}, (name, sort)
