"""Operators' pages for the library: titles with their pictures, people and films, episodes, genres, collections."""

from catalog.admin import collections, episodes, people, titles, videos

__all__ = ["collections", "episodes", "people", "titles", "videos"]
