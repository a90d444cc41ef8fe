"""The names of the GraphQL operations that metrics tell apart: those of the contract and of our own app."""

from functools import lru_cache
from pathlib import Path

_LIST = Path(__file__).with_name("operations.txt")


@lru_cache(maxsize=1)
def known_operations() -> frozenset[str]:
    return frozenset(_LIST.read_text(encoding="ascii").split())
