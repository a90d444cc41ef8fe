"""Documents that are sent by their hash, and installations that answer only those that they know.

By hash: Apollo's protocol of automatic persisted queries. A client sends `extensions.persistedQuery` with the SHA-256
of a document; where nobody has sent that document yet it is told so, and sends both. What holds is kept for
all processes in the cache, where it may be lost at any moment; so many, and no more.

By manifest (GRAPHQL_OPERATIONS): nothing else is answered. What the web app asks stands in a manifest of its own.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from graphql import DocumentNode, GraphQLError, parse, print_ast

from vod.lib.actor import Actor
from vod.lib.graphql.errors import ApiError, ApiErrorCode

MAX_KEPT = 2000
MAX_KEPT_BYTES = 16 * 1024
KEPT_SECONDS = 30 * 24 * 3600
_HASH = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True)
class Persisted:
    """How a request names its document: by the hash of its text, or by a manifest's id."""

    key: str
    is_hash: bool


def named_by(extensions: Mapping[str, Any] | None, document_id: Any) -> Persisted | None:
    """What the parameters `extensions` and `documentId` name. Raises ApiError BAD_INPUT for what names nothing."""
    if document_id is not None:
        if not isinstance(document_id, str) or not 1 <= len(document_id) <= 200:
            raise ApiError(ApiErrorCode.BAD_INPUT, "The parameter documentId must be a short string.")
        key = document_id.removeprefix("sha256:")
        return Persisted(key, _HASH.match(key) is not None)
    given = (extensions or {}).get("persistedQuery")
    if given is None:
        return None
    found: dict[str, Any] = given if isinstance(given, dict) else {}
    version, named = found.get("version"), found.get("sha256Hash")
    if version is True or version != 1 or not isinstance(named, str) or not _HASH.match(named):
        raise ApiError(
            ApiErrorCode.BAD_INPUT,
            "extensions.persistedQuery must have version 1 and the document's sha256Hash, in 64 small hex digits.",
        )
    return Persisted(named, is_hash=True)


def hash_of(text: str) -> str:
    """The SHA-256 of a document as it was sent."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


class Manifest:
    """The operations of a manifest: Apollo's (`operations: [{id, body}]`) or Relay's (id → text)."""

    def __init__(self, path: str) -> None:
        try:
            found = json.loads(Path(path).read_text(encoding="utf-8"))
            if "operations" in found:
                found = {entry["id"]: entry["body"] for entry in found["operations"]}
            self.by_id: dict[str, str] = {str(key): str(text) for key, text in found.items()}
            self._meant = frozenset(_meaning(parse(text, no_location=True)) for text in self.by_id.values())
        except (OSError, ValueError, LookupError, TypeError, AttributeError, GraphQLError) as error:
            raise ImproperlyConfigured(f"{path} is no manifest of persisted operations: {error}") from None
        self.by_hash = {hash_of(text): text for text in found.values()}

    def text(self, key: str) -> str | None:
        """The document of an id, or of the hash of its text."""
        return self.by_id.get(key) or self.by_hash.get(key)

    def has(self, text: str, document: DocumentNode) -> bool:
        """Whether the document is one of these, however it is laid out."""
        return hash_of(text) in self.by_hash or _meaning(document) in self._meant


def _meaning(document: DocumentNode) -> str:
    return "\n".join(sorted(map(print_ast, document.definitions)))


_TYPENAME = _meaning(parse("{ __typename }"))


@lru_cache(maxsize=8)
def manifest_at(path: str) -> Manifest:
    """Read once by each process: another manifest takes a restart. Raises ImproperlyConfigured."""
    return Manifest(path)


def _manifests() -> list[Manifest]:
    own = manifest_at(str(settings.GRAPHQL_WEB_OPERATIONS))
    return [own, manifest_at(settings.GRAPHQL_OPERATIONS)] if settings.GRAPHQL_OPERATIONS else [own]


def is_held_to_manifest(actor: Actor) -> bool:
    """Whether this asker gets an answer to known operations alone."""
    free = settings.GRAPHQL_OPERATORS_ASK_FREELY and actor.is_operator
    return bool(settings.GRAPHQL_OPERATIONS) and not free


def check_allowed(text: str, document: DocumentNode, actor: Actor) -> None:
    """Raises ApiError FORBIDDEN for a document that this installation does not answer. `{ __typename }` it always does."""
    if not is_held_to_manifest(actor):
        return
    if not any(manifest.has(text, document) for manifest in _manifests()) and _meaning(document) != _TYPENAME:
        raise ApiError(
            ApiErrorCode.FORBIDDEN,
            "This installation answers only operations that it knows. Ask its operators to add yours.",
        )


def text_of(query: str, named: Persisted | None, actor: Actor) -> str:
    """The document that is asked for: `query`, or what is kept of the one that is named.

    Raises ApiError PERSISTED_QUERY_NOT_FOUND; BAD_INPUT where both are given and do not belong together.
    """
    if named is None:
        return query
    if query:
        if named.is_hash and hash_of(query) != named.key:
            raise ApiError(ApiErrorCode.BAD_INPUT, "The hash of persistedQuery is not that of the query.")
        return query
    for manifest in _manifests():
        if text := manifest.text(named.key):
            return text
    kept = cache.get(_place(named.key)) if named.is_hash and not is_held_to_manifest(actor) else None
    if isinstance(kept, str) and hash_of(kept) == named.key:
        return kept
    # The words are the protocol's: Apollo's clients look for them.
    raise ApiError(ApiErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")


def keep(text: str, named: Persisted | None) -> None:
    """Keeps a valid document that came with its hash, in place of the oldest where there are MAX_KEPT."""
    if named is None or not named.is_hash or len(text.encode("utf-8", "replace")) > MAX_KEPT_BYTES:
        return
    if not cache.add(_place(named.key), text, timeout=KEPT_SECONDS):
        return
    cache.add("graphql:kept", 0, timeout=None)
    try:
        seat = f"graphql:kept:{cache.incr('graphql:kept') % MAX_KEPT}"
    except ValueError:
        # The cache was emptied in between.
        return
    before = cache.get(seat)
    if isinstance(before, str) and before != named.key:
        cache.delete(_place(before))
    cache.set(seat, named.key, timeout=KEPT_SECONDS)


def _place(key: str) -> str:
    return f"graphql:document:{key}"
