"""`manage.py set_up_bucket` and the bucket's privacy, on a real server."""

import json
from collections.abc import Callable
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.stores.conftest import Connect, use_s3
from tests.stores.server import StoreServer
from vod.lib.storage import objects
from vod.lib.storage.bucket import State, Wishes, see_to_bucket
from vod.lib.storage.client import make_client
from vod.lib.storage.s3 import S3Store

_names = count(1)


@pytest.fixture
def new(connect: Connect) -> S3Store:
    """A store whose bucket is not there yet."""
    return connect(bucket_name=f"lantern-new-{next(_names)}")


def found(store: S3Store, **wishes: Any) -> dict[str, State]:
    return {finding.about: finding.state for finding in see_to_bucket(store, Wishes(**wishes))}


def anybody(server: StoreServer) -> Any:
    return make_client(
        endpoint_url=server.endpoint,
        region_name=server.region,
        config=Config(signature_version=UNSIGNED, s3={"addressing_style": "path"}),
    )


def test_a_bucket_is_made_and_made_safe_and_then_nothing_is_left_to_do(
    new: S3Store, s3_server: StoreServer
) -> None:
    assert found(new) == {"bucket": State.MISSING}

    first, again, looked = found(new, change=True), found(new, change=True), found(new)

    rules = (State.DONE, State.FINE) if s3_server.has_rules else (State.UNKNOWN, State.UNKNOWN)
    assert first["bucket"] is State.DONE
    assert (first["uploads"], again["uploads"]) == rules
    assert (first["public access"], again["public access"]) == rules
    assert set(again.values()) <= {State.FINE, State.UNKNOWN}
    # A store without such rules says only of a write that it has none.
    assert looked == {**again, "uploads": State.FINE if s3_server.has_rules else State.MISSING}
    assert (again["private"], again["writes"]) == (State.FINE, State.FINE)
    assert new.keys_below("checks") == []


def test_what_is_missing_is_said_and_not_changed_where_one_only_looks(
    new: S3Store, s3_server: StoreServer
) -> None:
    new.client.create_bucket(Bucket=new.bucket_name)

    looked = found(new)

    assert looked["uploads"] is State.MISSING
    assert looked["public access"] is (State.MISSING if s3_server.has_rules else State.UNKNOWN)
    assert found(new) == looked


def test_rules_of_others_stay(new: S3Store, s3_server: StoreServer) -> None:
    if not s3_server.has_rules:
        assert found(new, change=True)["uploads"] is State.UNKNOWN
        return
    new.client.create_bucket(Bucket=new.bucket_name)
    theirs = {"ID": "theirs", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 30}}
    new.client.put_bucket_lifecycle_configuration(
        Bucket=new.bucket_name, LifecycleConfiguration={"Rules": [theirs]}
    )

    found(new, change=True, abort_days=7)
    # A stricter wish replaces our own rule and nobody else's.
    assert found(new, abort_days=3)["uploads"] is State.MISSING
    found(new, change=True, abort_days=3)

    rules = new.client.get_bucket_lifecycle_configuration(Bucket=new.bucket_name)["Rules"]
    assert sorted(rule["ID"] for rule in rules) == sorted(["theirs", f"lantern-uploads-{new.location}"])
    [ours] = [rule for rule in rules if rule["ID"] != "theirs"]
    assert ours["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 3}
    assert ours["Filter"] == {"Prefix": f"{new.location}/"}
    [kept] = [rule for rule in rules if rule["ID"] == "theirs"]
    assert kept["Expiration"] == {"Days": 30}


def test_nobody_reads_lists_or_writes_without_a_key(new: S3Store, s3_server: StoreServer) -> None:
    found(new, change=True)
    new.put_bytes("a/0.m4s", b"a segment")
    stranger, bucket, name = anybody(s3_server), new.bucket_name, new.name_of("a/0.m4s")

    requests: list[Callable[[], object]] = [
        lambda: stranger.get_object(Bucket=bucket, Key=name),
        lambda: stranger.head_object(Bucket=bucket, Key=name),
        lambda: stranger.list_objects_v2(Bucket=bucket),
        lambda: stranger.list_multipart_uploads(Bucket=bucket),
        lambda: stranger.put_object(Bucket=bucket, Key=name, Body=b"else"),
        lambda: stranger.delete_object(Bucket=bucket, Key=name),
    ]
    for request in requests:
        with pytest.raises(ClientError) as caught:
            request()
        # Swift finds fault with some of these before it asks who wants them.
        status = caught.value.response["ResponseMetadata"]["HTTPStatusCode"]
        assert status in ((401, 403) if s3_server.has_rules else range(400, 500))

    assert new.read_bytes("a/0.m4s") == b"a segment"


def open_up(store: S3Store, *actions: str) -> bool:
    """Makes the bucket public, as somebody in a hurry does; False where the store has no policies."""
    store.client.create_bucket(Bucket=store.bucket_name)
    whole = f"arn:aws:s3:::{store.bucket_name}"
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": "*", "Action": list(actions), "Resource": [whole, f"{whole}/*"]}
        ],
    }
    try:
        store.client.put_bucket_policy(Bucket=store.bucket_name, Policy=json.dumps(policy))
    except ClientError:
        return False
    return True


@pytest.mark.parametrize(
    ("action", "what"), [("s3:GetObject", "read its objects"), ("s3:ListBucket", "list its objects")]
)
def test_a_public_bucket_is_refused_with_a_sentence(
    new: S3Store, s3_server: StoreServer, action: str, what: str
) -> None:
    assert open_up(new, action) is s3_server.has_rules

    last = list(see_to_bucket(new, Wishes()))[-1]

    if s3_server.has_rules:
        assert (last.about, last.state) == ("private", State.WRONG)
        assert f"Anybody can {what}" in last.sentence
    else:
        assert last.state is not State.WRONG


def test_a_store_that_takes_the_rule_and_forgets_it_is_told_of(
    new: S3Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    new.client.create_bucket(Bucket=new.bucket_name)
    monkeypatch.setattr(
        new.client, "put_bucket_lifecycle_configuration", lambda **_rule: {"ResponseMetadata": {}}
    )

    said = {one.about: one for one in see_to_bucket(new, Wishes(change=True))}["uploads"]

    assert said.state is State.UNKNOWN
    assert "forgets the rule" in said.sentence


def test_pages_may_read_only_where_that_is_asked_for(new: S3Store, s3_server: StoreServer) -> None:
    origins = ["https://films.example.org"]
    assert "pages" not in found(new, change=True)

    states = [found(new, change=change, cors_origins=origins)["pages"] for change in (False, True, False)]

    if not s3_server.has_rules:
        assert set(states) == {State.UNKNOWN}
        return
    assert states == [State.MISSING, State.DONE, State.FINE]
    [rule] = new.client.get_bucket_cors(Bucket=new.bucket_name)["CORSRules"]
    assert (rule["AllowedOrigins"], sorted(rule["AllowedMethods"])) == (origins, ["GET", "HEAD"])


def test_what_every_write_asks_for_is_tried(connect: Connect, new: S3Store) -> None:
    found(new, change=True)
    store = connect(bucket_name=new.bucket_name, storage_classes={"": "TEPID"})

    last = list(see_to_bucket(store, Wishes()))[-1]

    assert (last.about, last.state) == ("writes", State.WRONG)
    assert "StorageClass=TEPID" in last.sentence


def test_a_key_that_may_not_is_told_of(connect: Connect) -> None:
    last = list(see_to_bucket(connect(secret_key="wrong"), Wishes()))[-1]

    assert (last.about, last.state) == ("bucket", State.WRONG)
    assert "may not look at the bucket" in last.sentence


def run(*words: str) -> str:
    out = StringIO()
    call_command("set_up_bucket", *words, stdout=out)
    return out.getvalue()


def test_the_command_sets_up_what_settings_name(
    settings: Settings, s3_server: StoreServer, tmp_path: Path
) -> None:
    use_s3(settings, s3_server, tmp_path)
    default = settings.STORAGES["default"]
    named = {**default["OPTIONS"], "bucket_name": f"lantern-new-{next(_names)}"}
    settings.STORAGES = {**settings.STORAGES, "default": {**default, "OPTIONS": named}}

    with pytest.raises(CommandError, match="Something is missing"):
        run("--check")
    assert "was made" in run()
    assert "was made" not in run()
    if s3_server.has_rules:
        assert "missing" not in run("--check")
    assert objects().keys_below("checks") == []
    with pytest.raises(CommandError, match="UPLOAD_LONGEST_DAYS"):
        run("--abort-days", "1")


def test_the_command_says_where_there_is_no_bucket_to_set_up() -> None:
    with pytest.raises(CommandError, match="set S3_BUCKET"):
        run()
