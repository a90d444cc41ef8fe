"""Statements on documents and words: the indexes of this database, and the titles that may be seen.

Written by hand, since one search has half a dozen of them and Django would spend more time on making each than the
database on answering it. Which titles may be seen is Django's SQL of the queryset that is given.
"""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Exists, OuterRef, QuerySet

from catalog.models import SearchDocument, Title
from catalog.search import postgresql, sqlite
from catalog.search.clauses import Clause
from catalog.search.ranking import Candidate


class Library:
    """The documents of `rows`, and all words. `index` makes clauses for this database."""

    def __init__(self, rows: "QuerySet[Title]") -> None:
        self._connection = connections[rows.db]
        self.index: ModuleType = postgresql if self._connection.vendor == "postgresql" else sqlite
        seen = SearchDocument.objects.using(rows.db).filter(Exists(rows.filter(pk=OuterRef("title_id"))))
        try:
            sql, values = seen.order_by().values("id").query.sql_with_params()
            self._seen: tuple[str, list[Any]] | None = (sql.partition(" WHERE ")[2], list(values))
        except EmptyResultSet:
            self._seen = None

    def documents(self, clause: Clause, most: int, *, others: bool = False) -> Iterator[Candidate]:
        """So many documents at most, of titles of `rows` alone."""
        if self._seen is None:
            return
        seen, values = self._seen
        columns = f"title_id, names, {'others' if others else repr('')}, weight"
        asked = Clause(f"{clause.where} AND {seen}", [*clause.values, *values], clause.order, clause.index)
        for key, *rest in self._rows("catalog_searchdocument", columns, asked, most):
            yield Candidate(key if isinstance(key, str) else key.hex, *rest)

    def keys(self, clause: Clause, most: int, *, start: int) -> list[int]:
        """Keys of documents, whoever may see them, in the clause's order."""
        return [key for (key,) in self._rows("catalog_searchdocument", "id", clause, most, start)]

    def words(self, clause: Clause, most: int) -> list[str]:
        return [word for (word,) in self._rows("catalog_searchword", "word", clause, most)]

    def _rows(
        self, table: str, columns: str, clause: Clause, most: int, start: int = 0
    ) -> list[tuple[Any, ...]]:
        tables = f"{table}, {clause.index}" if clause.index else table
        chosen = ", ".join(f"{table}.{name}" if name.isidentifier() else name for name in columns.split(", "))
        order = f" ORDER BY {clause.order}" if clause.order else ""
        sql = f"SELECT {chosen} FROM {tables} WHERE {clause.where}{order} LIMIT %s OFFSET %s"  # noqa: S608 - names of ours
        with self._connection.cursor() as cursor:
            cursor.execute(sql, [*clause.values, most, start])
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found
