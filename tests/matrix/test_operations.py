"""Six people against every operation of the contract: what each may do, and that nothing happened where they may not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache

from tests.conftest import Ask
from tests.documents import operations
from tests.inputs import Watch
from tests.matrix.cells import OK, Row
from tests.matrix.operations import ROWS
from tests.matrix.world import PEOPLE, World, make_world
from vod.lib.graphql import registry


def kept_files() -> dict[str, int]:
    """Every file that an installation keeps, with its size."""
    return {
        str(path): path.stat().st_size
        for path in settings.VOD_HOME.rglob("*")
        if path.is_file() and settings.WORK_ROOT not in path.parents
    }


def test_no_operation_of_the_contract_is_missing() -> None:
    assert {row.operation for row in ROWS} == set(operations())


def test_no_type_with_an_id_is_missing() -> None:
    asked = {row.what.split()[0] for row in ROWS if row.operation == "Node"}
    assert asked == set(registry._nodes)


def writes(row: Row) -> bool:
    return operations()[row.operation].lstrip().startswith("mutation")


@pytest.mark.parametrize("who", PEOPLE)
def test_each_may_do_what_is_theirs_and_nothing_else_happens(gql: Ask, db: None, who: str) -> None:
    world = make_world()
    world.ids["home row"] = home_row(gql, world)
    person = world.people[who]
    watch = Watch()
    wrong: list[str] = []

    for row in ROWS:
        expected = row.expected[PEOPLE.index(who)]
        label = f"{row.operation} ({row.what})"
        files = kept_files()

        def judge(
            answer: dict[str, Any],
            is_changed: Callable[[], bool],
            row: Row = row,
            expected: Any = expected,
            label: str = label,
            files: dict[str, int] = files,
        ) -> None:
            found = row.outcome(answer)
            if found != expected:
                wrong.append(f"{label}: {found}, not {expected}: {answer}")
            elif writes(row) and expected == OK:
                if row.changes and not is_changed():
                    wrong.append(f"{label}: said yes and did nothing")
            elif is_changed() or kept_files() != files:
                wrong.append(f"{label}: {found}, and yet something changed")

        # The answer to a title that was only there for a moment must not be remembered.
        cache.clear()
        watch.undone(lambda row=row: gql(row.operation, row.given(world), as_=person), judge)  # type: ignore[misc]

    assert not wrong, "\n".join(wrong)


def home_row(gql: Ask, world: World) -> str:
    """The id of a row of the home page that everybody has."""
    kids = gql("Home", as_=world.people["kid"])["data"]["home"]["rows"]["edges"]
    row: str = kids[-1]["node"]["id"]
    return row
