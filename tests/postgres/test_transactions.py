"""Transactions that collide, deadlock or lose their connection, on a real server."""

import threading
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.postgresql.base import DatabaseWrapper

from accounts.attempts import Limit, take
from accounts.errors import AccountError
from accounts.models import AttemptCount, Plan
from tests.postgres.at_once import at_once
from vod.lib.transactions import TRIES, in_transaction, is_conflict

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def strict() -> Iterator[None]:
    """Serializable on every connection of this database, whatever the server's own level is."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"ALTER DATABASE {connection.settings_dict['NAME']} SET default_transaction_isolation = serializable"
        )
    connection.close()
    yield
    with connection.cursor() as cursor:
        cursor.execute(
            f"ALTER DATABASE {connection.settings_dict['NAME']} RESET default_transaction_isolation"
        )
    connection.close()


@pytest.fixture
def plans() -> tuple[Plan, Plan]:
    return Plan.objects.create(name="a", max_streams=1), Plan.objects.create(name="b", max_streams=1)


def test_transactions_that_could_not_have_run_one_after_the_other_are_run_again(
    plans: tuple[Plan, Plan],
) -> None:
    """Each of two sees one stream in either plan and takes the other one away, unless only one is left."""
    together = threading.Barrier(2)
    tries = [0, 0]

    def take_away(number: int) -> None:
        tries[number] += 1
        left = sum(
            Plan.objects.filter(pk__in=[plan.pk for plan in plans]).values_list("max_streams", flat=True)
        )
        if tries[number] == 1:
            together.wait(timeout=30)
        if left > 1:
            Plan.objects.filter(pk=plans[number].pk).update(max_streams=0)

    at_once(2, lambda number: in_transaction(lambda: take_away(number)))

    assert (
        sum(Plan.objects.filter(pk__in=[plan.pk for plan in plans]).values_list("max_streams", flat=True))
        == 1
    )
    assert sorted(tries) == [1, 2]


def test_a_deadlock_costs_one_of_the_two_a_second_try(plans: tuple[Plan, Plan]) -> None:
    together = threading.Barrier(2)
    tries = [0, 0]

    def lock_both(number: int) -> None:
        tries[number] += 1
        first, second = (plans[0], plans[1]) if number == 0 else (plans[1], plans[0])
        Plan.objects.filter(pk=first.pk).update(max_height=number)
        if tries[number] == 1:
            together.wait(timeout=30)
        Plan.objects.filter(pk=second.pk).update(max_height=number)

    at_once(2, lambda number: in_transaction(lambda: lock_both(number)))

    assert sorted(tries) == [1, 2]
    assert len(set(Plan.objects.filter(name__in="ab").values_list("max_height", flat=True))) == 1


def test_a_single_statement_that_collides_is_run_again_by_the_connection(plans: tuple[Plan, Plan]) -> None:
    def count_up(_number: int) -> None:
        for _ in range(10):
            with connection.cursor() as cursor:
                cursor.execute("UPDATE accounts_plan SET max_height = max_height + 1 WHERE name = 'a'")

    at_once(4, count_up)

    assert Plan.objects.get(name="a").max_height == 2160 + 40


def test_many_at_one_secret_get_no_more_tries_than_it_has() -> None:
    limit = Limit("the one door", tries=10, seconds=900)

    def knock(_number: int) -> int:
        allowed = 0
        for _ in range(5):
            try:
                take(limit)
                allowed += 1
            except AccountError:
                pass
        return allowed

    assert sum(at_once(6, knock)) == 10
    assert AttemptCount.objects.get().count == 10


def end_this_session() -> None:
    """As a restart of the server does: from another session, which finds this one by its number."""
    number = connection.connection.info.backend_pid
    other = DatabaseWrapper(connection.settings_dict, "other")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    other.close()


def test_a_connection_that_breaks_before_the_commit_costs_nothing() -> None:
    tries = []

    def work() -> str:
        tries.append(1)
        Plan.objects.create(name="once")
        if len(tries) == 1:
            end_this_session()
        Plan.objects.create(name="twice")
        return "done"

    assert in_transaction(work) == "done"
    assert len(tries) == 2
    assert sorted(Plan.objects.filter(name__in=["once", "twice"]).values_list("name", flat=True)) == [
        "once",
        "twice",
    ]


def test_a_commit_that_was_asked_for_is_not_tried_again() -> None:
    """Its answer was lost on the way: whether it was done is for the caller to find out."""
    tries = []

    def work() -> None:
        tries.append(1)
        Plan.objects.create(name="once")
        transaction.on_commit(end_this_session_and_ask)

    def end_this_session_and_ask() -> None:
        end_this_session()
        Plan.objects.count()

    with pytest.raises(OperationalError):
        in_transaction(work)
    connection.close()

    assert len(tries) == 1
    assert Plan.objects.filter(name="once").count() == 1


def test_nobody_tries_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vod.lib.transactions.time.sleep", lambda _seconds: None)
    tries = []

    def work() -> None:
        tries.append(1)
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$")

    with pytest.raises(OperationalError) as raised:
        in_transaction(work)

    assert is_conflict(raised.value)
    assert len(tries) == TRIES


def test_a_fault_of_the_caller_is_raised_at_once_and_undoes_all() -> None:
    tries = []

    def work() -> None:
        tries.append(1)
        Plan.objects.create(name="never")
        raise ValueError

    with pytest.raises(ValueError):
        in_transaction(work)

    assert len(tries) == 1
    assert not Plan.objects.filter(name="never").exists()
