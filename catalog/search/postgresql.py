"""The indexes of PostgreSQL: GIN over generated columns of words, over keys, and of trigrams over words.

The columns are no part of the models, since no other database has them. No configuration of full-text search: those
know languages, addresses and numbers, and would take a folded text apart in ways that nobody expects.
"""

from collections.abc import Collection, Sequence

from catalog.search.clauses import Clause, Groups, Term


def documents_with(alternatives: Sequence[Groups], *, names_only: bool) -> Clause:
    """The documents that have a term of each group of one alternative, the last written first."""
    asked = " | ".join(f"({_all_of(groups)})" for groups in alternatives)
    column = "names_words" if names_only else "all_words"
    return Clause(
        f"catalog_searchdocument.{column} @@ CAST(%s AS tsquery)",
        [asked],
        order="catalog_searchdocument.id DESC",
    )


def words_with_keys(keys: Collection[str]) -> Clause:
    """The words that have one of these keys."""
    return Clause("string_to_array(catalog_searchword.slips, ' ') && CAST(%s AS text[])", [sorted(keys)])


def words_around(parts: Collection[str]) -> Clause:
    """The words in which one of these parts of three or more letters stands."""
    patterns = [f"%{part}%" for part in sorted(parts)]
    return Clause("catalog_searchword.word LIKE ANY (CAST(%s AS text[]))", [patterns])


def _all_of(groups: Groups) -> str:
    return " & ".join(f"({' | '.join(map(_term, group))})" for group in groups)


def _term(term: Term) -> str:
    # Folded: letters and figures. Nothing in it could end the quotes.
    return f"'{term.text}':*" if term.begins else f"'{term.text}'"
