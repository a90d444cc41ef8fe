"""Claims on a database that can lock rows: each piece once, whoever asks at the same moment, and nobody waits."""

import time
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.models import Count, Q

from tests.postgres.at_once import at_once
from transcoding.models import Asset, AssetVersion, Chunk, WorkState
from transcoding.services.claiming import claim

PIECES, CLAIMERS = 60, 8


@pytest.fixture
def version(transactional_db: None) -> AssetVersion:
    asset = Asset.objects.create(file_name="a", size_bytes=1, source_key="s")
    made = asset.versions.create(number=1, plan={"build": "x"}, key_prefix="p")
    Chunk.objects.bulk_create(Chunk(version=made, kind="VIDEO", number=n, priority=n) for n in range(PIECES))
    return made


def test_many_at_once_claim_each_piece_exactly_once(version: AssetVersion) -> None:
    def claim_all(_number: int) -> list[int]:
        mine = []
        while (hold := claim(Chunk)) is not None:
            mine.append(hold.row.number)
        return mine

    shares = at_once(CLAIMERS, claim_all)

    assert sorted(number for share in shares for number in share) == list(range(PIECES))
    assert sum(1 for share in shares if share) > 1
    assert set(Chunk.objects.values_list("state", "fence", "attempt")) == {(WorkState.RUNNING, 1, 1)}


def test_nobody_waits_for_somebody_who_is_just_claiming(version: AssetVersion) -> None:
    """The first thread holds the foremost piece in an open transaction until the other one has had its turn."""
    before, others = time.monotonic(), Barrier(2)

    def hold_or_claim(number: int) -> int | None:
        if number == 0:
            with transaction.atomic():
                foremost = Chunk.objects.select_for_update().order_by("priority").first()
                assert foremost is not None
                others.wait(timeout=30)
                others.wait(timeout=30)
                return foremost.number
        others.wait(timeout=30)
        with connection.cursor() as cursor:
            # Whoever waits for a lock at all fails.
            cursor.execute("SET lock_timeout = '10ms'")
        hold = claim(Chunk)
        others.wait(timeout=30)
        return hold.row.number if hold else None

    assert at_once(2, hold_or_claim) == [0, 1]
    assert time.monotonic() - before < 20


def test_what_one_worker_cannot_make_is_not_locked_for_others(version: AssetVersion) -> None:
    """A condition on the version joins its table, whose rows all claimers share."""
    holds = at_once(4, lambda _number: claim(Chunk, only=Q(version__plan__build="x")))

    numbers = [hold.row.number for hold in holds if hold is not None]
    assert sorted(numbers) == [0, 1, 2, 3]
    assert Chunk.objects.values("state").annotate(n=Count("pk")).get(state=WorkState.RUNNING)["n"] == 4
