"""Search as one types, behind one interface: what is looked in (`index`) and what is found (`find`).

SQLite looks by FTS5, PostgreSQL by GIN; what either finds is put in order by the same rules.
"""

from catalog.search.asking import MAX_LENGTH, MAX_WORDS
from catalog.search.finding import MOST, find
from catalog.search.folding import fold
from catalog.search.indexing import differences, index, index_genres, index_people, reindex_all, unindexed
from catalog.search.ranking import Rank

__all__ = [
    "MAX_LENGTH",
    "MAX_WORDS",
    "MOST",
    "Rank",
    "differences",
    "find",
    "fold",
    "index",
    "index_genres",
    "index_people",
    "reindex_all",
    "unindexed",
]
