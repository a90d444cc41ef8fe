"""Requests made up from the schemas themselves (schemathesis): none is answered with a 5xx or an error of ours.

The seed is fixed, so that a run is repeated exactly. What is refused changes no row.
"""

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings

from tests.inputs import Watch
from tests.people import Person
from tests.playback.library import make_film, make_series
from vod.wsgi import application

EXAMPLES = {"operator": 1, "owner": 1}


@schemathesis.serializer("application/offset+octet-stream")
def as_it_is(_context: Any, value: Any) -> bytes:
    """The body of a part of an upload."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


def each_case(operation: Any, judge: Any, examples: int) -> None:
    """Calls `judge` with a few cases of an operation, always the same ones."""

    @seed(5)
    @hypothesis_settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy())
    def run(case: Any) -> None:
        judge(case)

    run()


@pytest.fixture
def library(db: None) -> None:
    """A film and a series that can be watched."""
    make_film()
    make_series()


@pytest.mark.parametrize("who", ["operator", "owner"])
def test_no_made_up_document_breaks_the_api(who: str, library: None, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    # What made the requests reads answers as they are, and asks for packed ones unless it is told not to.
    headers = {"Authorization": f"Bearer {person.token}", "Accept-Encoding": "identity"}
    schema = schemathesis.graphql.from_wsgi("/graphql/", application, headers=headers)
    watch = Watch()
    asked = 0

    def judge(case: Any) -> None:
        nonlocal asked
        asked += 1
        answer, changed = watch.changed_by(lambda: case.call(headers=headers))
        assert answer.status_code < 500, case.body
        body = json.loads(answer.content)
        codes = [error["extensions"]["code"] for error in body.get("errors", [])]
        assert "INTERNAL" not in codes, (case.body, body)
        payloads = [payload for payload in (body.get("data") or {}).values() if isinstance(payload, dict)]
        failed = "data" not in body or all(payload.get("errors") for payload in payloads)
        # Where a document asks for no errors, nobody knows whether it was refused.
        assert not (failed and changed), case.body

    for result in schema.get_all_operations():
        operation: Any = result
        operation = operation.ok()
        each_case(operation, judge, EXAMPLES[who])

    assert asked > 40


@pytest.mark.parametrize("who", ["operator", "owner"])
def test_no_made_up_request_breaks_the_rest_part(
    who: str, library: None, request: pytest.FixtureRequest
) -> None:
    person: Person = request.getfixturevalue(who)
    headers = {"Authorization": f"Bearer {person.token}"}
    schema = schemathesis.openapi.from_wsgi("/api/schema/", application, headers=headers)
    watch = Watch()
    seen = []

    def judge(case: Any) -> None:
        answer, changed = watch.changed_by(lambda: case.call(headers=headers))
        seen.append(answer.status_code)
        # 503 is an answer where the store is away; it never is here.
        assert answer.status_code < 500, (case.method, case.path)
        assert not (answer.status_code >= 400 and changed)

    for result in schema.get_all_operations():
        operation: Any = result
        each_case(operation.ok(), judge, 2 * EXAMPLES[who])

    assert len(seen) > 6
