"""The GraphQL operations that are known by name: those of the contract, and our own app's with their documents."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings

_OF_THE_CONTRACT = Path(__file__).with_name("operations.txt")


@lru_cache(maxsize=1)
def web_documents() -> Mapping[str, str]:
    """The web app's documents by the names of their operations, as `npm run codegen` has written them."""
    manifest = json.loads(settings.GRAPHQL_WEB_OPERATIONS.read_text(encoding="utf-8"))
    return {operation["name"]: operation["body"] for operation in manifest["operations"]}


@lru_cache(maxsize=1)
def known_operations() -> frozenset[str]:
    """The names that metrics tell apart."""
    return frozenset([*_OF_THE_CONTRACT.read_text(encoding="ascii").split(), *web_documents()])
