"""Setting a bucket up, and looking whether it is: there, private, and cleared of uploads that nobody ended.

Each look tries the thing itself and gives a sentence. A store that lacks something is told of; it is no error.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from vod.lib.storage.client import code_of, failure, make_client
from vod.lib.storage.s3 import S3Store
from vod.lib.storage.store import trial_key

_REFUSES = {"403", "401", "AccessDenied", "AllAccessDisabled", "AuthorizationHeaderMalformed", "Unauthorized"}
# These make public lists and policies count for nothing; the fourth refuses such lists when they are set. With that one,
# several versions of Ceph refuse every write, for they take the absence of a list for a public one.
_BLOCK = ("IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
_DONE = 200
_BLOCK_LISTS = "BlockPublicAcls"


class State(StrEnum):
    """What became of one thing."""

    FINE = "fine"
    #: It was not so, and now it is.
    DONE = "done"
    #: It is not so, and nothing was changed.
    MISSING = "missing"
    #: The store does not have it.
    UNKNOWN = "unknown"
    #: It is so that nothing should be put there.
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `about` is a word for programs, `sentence` for people."""

    about: str
    state: State
    sentence: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the bucket is to be: days until an upload that nobody ended is removed, and sites whose pages may read it."""

    abort_days: int = 8
    cors_origins: Sequence[str] = ()
    change: bool = False


def see_to_bucket(store: S3Store, wishes: Wishes) -> Iterator[Finding]:
    """Looks at the store's bucket, and puts right what can be where `wishes.change`; the first thing that is wrong is the last.

    Raises StoreError where the store cannot be used at all.
    """
    bucket = _Bucket(store, wishes)
    for look in (
        bucket.is_there,
        bucket.is_closed,
        bucket.takes_writes,
        bucket.is_private,
        bucket.clears_uploads,
        bucket.lets_pages_read,
        bucket.keeps_old_versions,
        bucket.keeps_conditions,
    ):
        finding = look()
        if finding is not None:
            yield finding
            if finding.state is State.WRONG or (finding.about == "bucket" and finding.state is State.MISSING):
                return


class _Bucket:
    def __init__(self, store: S3Store, wishes: Wishes) -> None:
        self._store = store
        self._wishes = wishes
        self._client = store.client
        self._name: str = store.bucket_name
        self._prefix = store.location.strip("/") + "/" if store.location else ""
        # One rule for each installation in the bucket.
        self._rule = f"lantern-uploads-{self._prefix.strip('/').replace('/', '-') or 'all'}"[:255]

    def is_there(self) -> Finding:
        code = self._try(lambda: self._client.head_bucket(Bucket=self._name))
        if not code:
            return Finding("bucket", State.FINE, f"The bucket {self._name} is there.")
        if code in _REFUSES:
            return self._wrong("bucket", f"The access key may not look at the bucket {self._name}")
        if not self._wishes.change:
            return Finding("bucket", State.MISSING, f"There is no bucket {self._name}.")
        where: dict[str, Any] = {}
        if not self._store.endpoint_url and self._store.region_name not in (None, "us-east-1"):
            where["CreateBucketConfiguration"] = {"LocationConstraint": self._store.region_name}
        code = self._try(lambda: self._client.create_bucket(Bucket=self._name, **where))
        if code:
            return self._wrong("bucket", f"The bucket {self._name} could not be made ({code})")
        return Finding("bucket", State.DONE, f"The bucket {self._name} was made.")

    def is_closed(self) -> Finding:
        def ask() -> dict[str, Any]:
            answer = self._client.get_public_access_block(Bucket=self._name)
            return dict(answer.get("PublicAccessBlockConfiguration", {}))

        code, found = self._get(ask, nothing="NoSuchPublicAccessBlockConfiguration")
        if code:
            return self._without("public access", "block of public access", code)
        if all((found or {}).get(name) for name in _BLOCK):
            return Finding("public access", State.FINE, "Public access to the bucket is blocked.")
        if not self._wishes.change:
            return Finding("public access", State.MISSING, "Public access to the bucket is not blocked.")
        code = self._block(lists=True)
        if not code and self._try(self._write) in _REFUSES:
            code = self._block(lists=False)
        if code:
            return self._without("public access", "block of public access", code)
        return Finding("public access", State.DONE, "Public access to the bucket is blocked now.")

    def _block(self, *, lists: bool) -> str:
        block = {**dict.fromkeys(_BLOCK, True), _BLOCK_LISTS: lists}
        return self._try(
            lambda: self._client.put_public_access_block(
                Bucket=self._name, PublicAccessBlockConfiguration=block
            )
        )

    def _write(self) -> None:
        where = {"Bucket": self._name, "Key": self._store.name_of(trial_key())}
        self._client.put_object(**where, Body=b"", **self._store.writing.headers_of(where["Key"]))
        self._client.delete_object(**where)

    def takes_writes(self) -> Finding:
        key, content = trial_key(), b"Lantern was here."
        try:
            self._store.put_bytes(key, content)
            kept = self._store.read_bytes(key)
            self._store.delete(key)
        except OSError as error:
            asked = self._store.writing.headers_of(key)
            what = [f"{name}={value}" for name, value in asked.items() if name.startswith(("SSE", "S"))]
            also = f" Every write asks for {', '.join(what)}." if what else ""
            return self._wrong("writes", f"An object cannot be written, read and removed: {error}.{also}")
        if kept != content:
            return self._wrong("writes", "The store gives back other bytes than it was given")
        return Finding(
            "writes", State.FINE, f"Objects can be written, read and removed below {self._prefix}."
        )

    def is_private(self) -> Finding:
        """Asks as somebody without a key, and as somebody with an address that is guessed right."""
        key = trial_key()
        anybody = self._anybody()
        name = self._store.name_of(key)
        try:
            self._store.put_bytes(key, b"Nobody else may read this.")
            for what, request in (
                ("read its objects", lambda: anybody.get_object(Bucket=self._name, Key=name)["Body"].close()),
                ("list its objects", lambda: anybody.list_objects_v2(Bucket=self._name, MaxKeys=1)),
                ("write to it", lambda: anybody.put_object(Bucket=self._name, Key=name, Body=b"")),
            ):
                status = self._status(request)
                if status == _DONE:
                    return self._wrong(
                        "private",
                        f"Anybody can {what}: the bucket {self._name} is public. Take back its policy and its access lists",
                    )
                # Stores say no in many ways; that they could not answer is none of them.
                if not 400 <= status < 500:
                    return Finding(
                        "private", State.UNKNOWN, f"Whether anybody can {what} could not be tried ({status})."
                    )
        except BotoCoreError as error:
            raise failure(error, key="its bucket", bucket=self._name) from error
        finally:
            anybody.close()
            with suppress(OSError):
                self._store.delete(key)
        return Finding("private", State.FINE, "Without a key nobody can read, list or write.")

    def _anybody(self) -> Any:
        store = self._store
        return make_client(
            region_name=store.region_name,
            endpoint_url=store.endpoint_url,
            verify=store.verify,
            config=store.client_config.merge(Config(signature_version=UNSIGNED)),
        )

    def clears_uploads(self) -> Finding:
        days = self._wishes.abort_days

        def ask() -> list[dict[str, Any]]:
            return list(self._client.get_bucket_lifecycle_configuration(Bucket=self._name).get("Rules", []))

        code, rules = self._get(ask, nothing="NoSuchLifecycleConfiguration")
        if code:
            return self._without("uploads", "rule that removes uploads that nobody ends", code)
        rules = rules or []
        if self._are_cleared(rules):
            return Finding("uploads", State.FINE, f"Uploads that nobody ends are removed within {days} days.")
        if not self._wishes.change:
            return Finding("uploads", State.MISSING, "No rule removes uploads that nobody ends.")
        ours = {
            "ID": self._rule,
            "Status": "Enabled",
            "Filter": {"Prefix": self._prefix},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": days},
        }
        others = [rule for rule in rules if rule.get("ID") != self._rule]
        code = self._try(
            lambda: self._client.put_bucket_lifecycle_configuration(
                Bucket=self._name, LifecycleConfiguration={"Rules": [*others, ours]}
            )
        )
        # Some stores take such a rule and forget it without a word.
        if not code and not self._are_cleared(
            self._get(ask, nothing="NoSuchLifecycleConfiguration")[1] or []
        ):
            code = "it forgets the rule"
        if code:
            return self._without("uploads", "rule that removes uploads that nobody ends", code)
        return Finding(
            "uploads", State.DONE, f"Uploads that nobody ends are removed after {days} days from now on."
        )

    def _are_cleared(self, rules: list[dict[str, Any]]) -> bool:
        return any(self._clears(rule, self._wishes.abort_days) for rule in rules)

    def _clears(self, rule: dict[str, Any], days: int) -> bool:
        prefix = rule.get("Prefix", rule.get("Filter", {}).get("Prefix", ""))
        after = rule.get("AbortIncompleteMultipartUpload", {}).get("DaysAfterInitiation", days + 1)
        # One with more conditions may leave some out.
        whole = set(rule.get("Filter", {})) <= {"Prefix"}
        return bool(
            rule.get("Status") == "Enabled" and whole and self._prefix.startswith(prefix) and after <= days
        )

    def lets_pages_read(self) -> Finding | None:
        """Only where it is asked for: players get segments from the site itself, unless a CDN leads them here."""
        origins = list(self._wishes.cors_origins)
        if not origins:
            return None

        def ask() -> list[dict[str, Any]]:
            return list(self._client.get_bucket_cors(Bucket=self._name).get("CORSRules", []))

        code, rules = self._get(ask, nothing="NoSuchCORSConfiguration")
        if code:
            return self._without("pages", "CORS on buckets", code)
        ours = {
            "AllowedOrigins": origins,
            "AllowedMethods": ["GET", "HEAD"],
            "AllowedHeaders": ["Range"],
            "ExposeHeaders": ["Content-Length", "Content-Range", "ETag"],
            "MaxAgeSeconds": 86400,
        }
        rules = rules or []
        if any(set(origins) <= set(rule.get("AllowedOrigins", ())) for rule in rules):
            return Finding(
                "pages", State.FINE, f"Pages of {', '.join(origins)} may read with a signed address."
            )
        if not self._wishes.change:
            return Finding("pages", State.MISSING, f"Pages of {', '.join(origins)} may not read.")
        code = self._try(
            lambda: self._client.put_bucket_cors(
                Bucket=self._name, CORSConfiguration={"CORSRules": [*rules, ours]}
            )
        )
        if code:
            return self._without("pages", "CORS on buckets", code)
        return Finding(
            "pages", State.DONE, f"Pages of {', '.join(origins)} may read with a signed address now."
        )

    def keeps_old_versions(self) -> Finding | None:
        code, answer = self._get(lambda: self._client.get_bucket_versioning(Bucket=self._name), nothing="")
        if code or (answer or {}).get("Status") != "Enabled":
            return None
        return Finding(
            "versions",
            State.MISSING,
            "The bucket keeps old versions of what is removed, which cost as much as films: add a rule that expires them.",
        )

    def keeps_conditions(self) -> Finding:
        if self._store.refuses_late_writers:
            return Finding("conditions", State.FINE, "Of two writers of an object the first is kept.")
        return Finding(
            "conditions",
            State.UNKNOWN,
            "The store lets a late writer replace an object, so each object's name carries the number of its claim.",
        )

    @staticmethod
    def _without(about: str, what: str, code: str) -> Finding:
        if code in _REFUSES:
            sentence = f"The access key may not see to this: {what} ({code})."
        else:
            sentence = f"This store does not have this: {what} ({code})."
        return Finding(about, State.UNKNOWN, sentence)

    def _try(self, request: Callable[[], object]) -> str:
        """The code of what the store says against it; empty where it was done. Raises StoreError where it says nothing."""
        try:
            request()
        except ClientError as error:
            return code_of(error)
        except BotoCoreError as error:
            raise failure(error, key="its bucket", bucket=self._name) from error
        return ""

    @staticmethod
    def _status(request: Callable[[], object]) -> int:
        """What HTTP says of a request. Raises BotoCoreError where nobody answers."""
        try:
            request()
        except ClientError as error:
            return int(error.response["ResponseMetadata"]["HTTPStatusCode"])
        return _DONE

    def _get(self, request: Callable[[], Any], *, nothing: str) -> tuple[str, Any]:
        """A code that the store says against it, or the answer; None for what was never set (`nothing`)."""
        found: list[Any] = []
        code = self._try(lambda: found.append(request()))
        if code == nothing:
            return "", None
        return code, found[0] if found else None

    @staticmethod
    def _wrong(about: str, sentence: str) -> Finding:
        return Finding(about, State.WRONG, f"{sentence.rstrip('.')}.")
