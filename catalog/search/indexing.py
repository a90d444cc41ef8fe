"""Keeps documents and words as the titles' rows are. Whoever changes rows says so in the same transaction."""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from uuid import UUID

from django.db import transaction

from catalog.models import Credit, SearchDocument, SearchWord, Title
from catalog.search.documents import gather, words_to_slip
from catalog.search.folding import slips

_BATCH = 2000
_SAY_EVERY_SECONDS = 2.0
_FIELDS = ("name", "names", "others", "start_1", "start_2", "start_3", "weight")


def index(title_ids: Collection[UUID]) -> None:
    """Brings what search looks in up to the rows of these titles, and their `folded_name` to their name.

    To be called within the transaction that changes names, people or genres. Documents of titles that are deleted
    go with them.
    """
    for some in _batches(list(title_ids)):
        with transaction.atomic():
            _put(some, None)


def index_people(person_ids: Collection[UUID]) -> None:
    """As `index`, for all titles of these people."""
    index(set(Credit.objects.filter(person_id__in=person_ids).values_list("title_id", flat=True)))


def index_genres(genre_ids: Collection[UUID]) -> None:
    """As `index`, for all titles of these genres."""
    through = Title.genres.through.objects.filter(genre_id__in=genre_ids)
    index(set(through.values_list("title_id", flat=True)))


def reindex_all(say: Callable[[str], None] = lambda _line: None) -> int:
    """Makes the whole index anew in one transaction, and answers for how many titles.

    The same rows make the same index. `say` is told how far it is, every other second.
    """
    with transaction.atomic():
        for model in (SearchDocument, SearchWord):
            model._default_manager.all()._raw_delete(model._default_manager.db)
        # Where there are more titles than are looked at, those that came last are preferred.
        keys = list(Title.objects.order_by("available_from", "id").values_list("id", flat=True))
        known: set[str] = set()
        said, done = time.monotonic(), 0
        for some in _batches(keys):
            _put(some, known)
            done += len(some)
            if time.monotonic() - said > _SAY_EVERY_SECONDS:
                said = time.monotonic()
                say(f"{done} of {len(keys)} titles")
    return len(keys)


def _batches(keys: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    rest = iter(keys)
    while some := list(islice(rest, _BATCH)):
        yield some


def _put(title_ids: Collection[UUID], known: "set[str] | None") -> None:
    """Writes documents and words of some titles. `known` are all words that are there, and grows; None: they are asked for."""
    gathered = gather(title_ids)
    documents = [words.document() for words in gathered]
    for words, document in zip(gathered, documents, strict=True):
        if words.folded_name != document.name:
            Title.objects.filter(pk=words.title_id).update(folded_name=document.name)
    wanted = set().union(*map(words_to_slip, documents)) if documents else set()
    if known is None:
        SearchDocument.objects.bulk_create(
            documents, update_conflicts=True, unique_fields=["title"], update_fields=_FIELDS
        )
        new = wanted - set(SearchWord.objects.filter(word__in=wanted).values_list("word", flat=True))
    else:
        documents.sort(key=lambda document: (document.weight, document.title_id))
        SearchDocument.objects.bulk_create(documents)
        new = wanted - known
        known |= new
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, slips=" ".join(sorted(slips(word)))) for word in sorted(new)],
        ignore_conflicts=True,
    )


def unindexed() -> int:
    """How many titles have no document."""
    return Title.objects.filter(search_document__isnull=True).count()


def differences(limit: int = 10) -> list[UUID]:
    """Some titles whose documents are missing or say something else than their rows; empty when all is well."""
    found: list[UUID] = []
    keys = list(Title.objects.order_by("id").values_list("id", flat=True))
    for some in _batches(keys):
        rows = SearchDocument.objects.filter(title_id__in=some)
        there = {row["title_id"]: row for row in rows.values("title_id", *_FIELDS)}
        for words in gather(some):
            document = words.document()
            row = there.get(words.title_id)
            if row is None or any(row[field] != getattr(document, field) for field in _FIELDS):
                found.append(words.title_id)
                if len(found) == limit:
                    return found
    return found
