"""Figures: what they say, who may read them, and that nobody can make them grow."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import Resolver404, resolve
from pytest_django import Settings

from tests.probes.seen import series
from vod import probes
from vod.lib import metrics
from vod.operations import known_operations

ROOT = Path(__file__).resolve().parents[2]
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are read in the test's own thread, whose transaction they are in."""

    def ask(dependencies: list[Any]) -> dict[str, str]:
        for dependency in dependencies:
            dependency.attempt()
        return {dependency.name: "ok" for dependency in dependencies}

    monkeypatch.setattr(probes, "ask", ask)


def names_of(found: set[tuple[str, tuple[tuple[str, str], ...]]], label: str) -> set[str]:
    return {dict(labels)[label] for _, labels in found if label in dict(labels)}


@pytest.mark.django_db
def test_thousands_of_made_up_operations_and_paths_make_one_series_each(gql: Ask, client: Client) -> None:
    client.get("/some/page")
    client.get("/graphql/unknown")
    gql("query Made { __typename }")
    gql("query Made { viewer { nothing } }")
    client.generic("BREW", "/some/page")
    before = series(metrics.exposition())

    for number in range(3):
        gql(f"query Made{number} {{ __typename }}")
        client.get(f"/made/up/{number}")
        client.get(f"/stream/token{number}.a.b/x/{number}.m4s")
        client.get(f"/images/made{number}/up.webp")
        client.get(f"/api/made/{number}")
        client.get(f"/admin/made/{number}")
        client.generic(f"BREW{number}", "/some/page")
    for number in range(1000):
        for path in (
            f"/made/up/{number}",
            f"/stream/{number}.a.b/x.m4s",
            f"/admin/{number}/",
            f"/api/docs/{number}",
        ):
            try:
                route = resolve(path).route
            except Resolver404:
                route = None
            metrics.count_request(route=route, method=f"M{number}", status=404, seconds=0.0, operation=None)
        assert metrics.operation_label(f"Made{number}", known_operations()) == "other"

    added = series(metrics.exposition()) - before
    assert names_of(added, "route") <= {"none", "stream", "images", "api", "admin", "app"}
    # One method and one class of status of each, and a histogram of fifteen lines.
    assert len(added) < 120
    assert not any("made" in str(labels).lower() for _, labels in added)


@pytest.mark.django_db
def test_a_known_operation_is_told_by_its_name(gql: Ask) -> None:
    gql("Viewer")

    found = series(metrics.exposition())
    assert ("lantern_operations_total", (("operation", "Viewer"), ("outcome", "ok"))) in found
    assert ("lantern_operation_seconds_count", (("operation", "Viewer"),)) in found


def test_the_known_operations_are_those_of_the_contract_and_of_the_app() -> None:
    documents = [
        ROOT / "tests" / "contract" / "operations.graphql",
        *(ROOT / "frontend" / "src" / "gql").glob("*.graphql"),
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in documents)

    assert known_operations() == set(
        re.findall(r"^\s*(?:query|mutation|subscription) (\w+)", text, re.MULTILINE)
    )


def test_every_figure_stands_on_the_page_and_the_page_names_no_other() -> None:
    sources = (ROOT / "vod" / "lib" / "metrics.py", ROOT / "vod" / "probes.py")
    named = {
        name for path in sources for name in re.findall(r'"(lantern_\w+)"', path.read_text(encoding="utf-8"))
    }
    page = (ROOT / "docs" / "observing.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `(lantern_\w+)` \|", page, re.MULTILINE)) == named


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "sent", "status"),
    [
        ({}, {"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({}, {"REMOTE_ADDR": "::1"}, 200),
        ({}, {"REMOTE_ADDR": "192.0.2.7"}, 404),
        ({}, {"REMOTE_ADDR": "10.0.0.7"}, 404),
        ({}, {"REMOTE_ADDR": ""}, 404),
        ({}, {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),
        ({}, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),
        ({}, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": "192.0.2.7"}, 404),
        ({}, {"REMOTE_ADDR": "192.0.2.7", "HTTP_HOST": "localhost"}, 404),
        ({"BEHIND_PROXY": True}, {"REMOTE_ADDR": "127.0.0.1"}, 404),
        ({"METRICS_TOKEN": "a token of some length"}, {"REMOTE_ADDR": "127.0.0.1"}, 404),
        (
            {"METRICS_TOKEN": "a token of some length"},
            {"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer a token of some length"},
            200,
        ),
        (
            {"METRICS_TOKEN": "a token of some length"},
            {"REMOTE_ADDR": "127.0.0.1", "HTTP_AUTHORIZATION": "Bearer a token of some lengtH"},
            404,
        ),
        (
            {"METRICS_TOKEN": "a token of some length"},
            {"REMOTE_ADDR": "127.0.0.1", "HTTP_AUTHORIZATION": "Bearer \u00e9"},
            404,
        ),
    ],
)
def test_figures_are_for_who_has_the_token_or_for_this_machine(
    settings: Settings, changes: dict[str, object], sent: dict[str, str], status: int
) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)

    answer = probes.figures(RequestFactory().get("/metrics", **sent))  # type: ignore[arg-type]

    assert (answer.status_code, b"lantern" in answer.content) == (status, status == 200)


@pytest.mark.django_db
def test_probes_do_not_look_at_the_host_and_are_not_sent_to_https(settings: Settings, client: Client) -> None:
    settings.ALLOWED_HOSTS = ["films.example.org"]
    settings.SECURE_SSL_REDIRECT = True

    answer = client.get("/healthz", HTTP_HOST="10.1.2.3:8000")

    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"ok", "no-store")
    assert client.post("/healthz").status_code == 405
    assert client.get("/some/page", HTTP_HOST="10.1.2.3:8000").status_code == 400
