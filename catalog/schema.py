"""Wiring of the catalogue's root fields."""

from typing import Any


class CatalogQueries:
    pass


class CatalogMutations:
    pass


catalog_types: list[Any] = []
