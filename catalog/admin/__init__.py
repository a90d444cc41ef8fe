"""Operators' pages for the library: titles with their pictures, people and films, episodes, genres."""

from catalog.admin import episodes, people, titles, videos

__all__ = ["episodes", "people", "titles", "videos"]
