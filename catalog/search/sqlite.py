"""The indexes of SQLite: three tables of FTS5, kept by triggers.

Their tokenizers know no language: `ascii` parts folded text at spaces alone, `trigram` parts it nowhere. What comes
from a table of FTS5 comes in the order of its rows without being sorted, so that a limit spares the work.
"""

from collections.abc import Collection, Sequence

from catalog.search.clauses import Clause, Groups, Term


def documents_with(alternatives: Sequence[Groups], *, names_only: bool) -> Clause:
    """The documents that have a term of each group of one alternative, the last written first."""
    asked = " OR ".join(f"({_all_of(groups)})" for groups in alternatives)
    return _match(
        "catalog_searchdocument", "catalog_searchtext", f"{{names}} : ({asked})" if names_only else asked
    )


def words_with_keys(keys: Collection[str]) -> Clause:
    """The words that have one of these keys."""
    return _match("catalog_searchword", "catalog_searchslips", _any_of(keys))


def words_around(parts: Collection[str]) -> Clause:
    """The words in which one of these parts of three or more letters stands."""
    return _match("catalog_searchword", "catalog_searchparts", _any_of(parts))


def _match(table: str, index: str, asked: str) -> Clause:
    return Clause(
        f"{index}.rowid = {table}.id AND {index} MATCH %s", [asked], order=f"{index}.rowid DESC", index=index
    )


def _all_of(groups: Groups) -> str:
    return " AND ".join(f"({' OR '.join(map(_term, group))})" for group in groups)


def _any_of(words: Collection[str]) -> str:
    return " OR ".join(f'"{word}"' for word in sorted(words))


def _term(term: Term) -> str:
    # Folded: letters and figures. Nothing in it could end the quotes.
    return f'"{term.text}" *' if term.begins else f'"{term.text}"'
