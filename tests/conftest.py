"""What all tests share: data in a folder of the test's own, people to ask as, a way to ask."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import AppConfig, apps
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.documents import document
from tests.people import Person, make_person, make_user
from tests.servers.browser import browser as browser
from tests.servers.objectstore import s3_server as s3_server
from tests.servers.redis import RedisServer

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def own_data(settings: Settings, tmp_path: Path) -> None:
    """No test sees another one's files, or an installation's; passwords are hashed and static files found quickly."""
    home = tmp_path / "home"
    settings.VOD_HOME = home
    settings.MEDIA_ROOT = home / "objects"
    settings.WORK_ROOT = home / "tmp"
    settings.UPLOAD_ROOT = home / "uploads"
    for folder in (settings.MEDIA_ROOT, settings.WORK_ROOT, settings.UPLOAD_ROOT):
        folder.mkdir(parents=True)
    settings.STORAGES = {
        "default": {
            "BACKEND": "vod.lib.storage.LocalStore",
            "OPTIONS": {"location": str(settings.MEDIA_ROOT)},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(home)}
    }
    # Otherwise each test client has every static file read before its first request.
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def own_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages go nowhere: a test that wants work done calls the service or the task itself."""
    monkeypatch.setattr("vod.lib.queue.current_app.send_task", lambda *_args, **_options: None)
    monkeypatch.setattr("vod.lib.queue.waiting_messages", lambda _queue: 0)


@pytest.fixture(scope="session", autouse=True)
def rows_of_migrations() -> None:
    """What migrations put into tables is there again once a test with transactions of its own has emptied them.

    Django empties all tables after such a test and then says `post_migrate`. Whatever runs next, in an order that
    depends on the number of processes, counts on the default plan.
    """
    make_default_plan = import_module("accounts.migrations.0002_default_plan").make_default_plan

    def put_back(*, sender: AppConfig, using: str, **_said: Any) -> None:
        if using == DEFAULT_DB_ALIAS:
            make_default_plan(apps, None)

    post_migrate.connect(put_back, sender=apps.get_app_config("accounts"), weak=False)


@pytest.fixture(scope="session")
def redis_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One Redis for all tests of a run, started by the first that asks."""
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def redis_server(redis_of_the_run: RedisServer) -> RedisServer:
    """A real Redis, empty and answering. A test may stop, pause and flush it, if it starts or resumes it again."""
    redis_of_the_run.flush()
    return redis_of_the_run


@pytest.fixture(autouse=True)
def kept_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of a request closes no connection whose transaction is the test's own."""
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def close_unless_in_transaction(connection: BaseDatabaseWrapper) -> None:
        if not connection.in_atomic_block:
            close(connection)

    monkeypatch.setattr(BaseDatabaseWrapper, close.__name__, close_unless_in_transaction)


@pytest.fixture
def household(db: None) -> User:
    """The account of the owner, the other adult and the kid."""
    return make_user("olive@example.org")


@pytest.fixture
def owner(household: User) -> Person:
    """Olive: the account is hers; no limit on what she may see."""
    return make_person(household, "Olive")


@pytest.fixture
def other_adult(household: User) -> Person:
    """Arthur: another adult of Olive's household."""
    return make_person(household, "Arthur")


@pytest.fixture
def kid(household: User) -> Person:
    """Kit: a child's profile of Olive's household, with titles up to 7."""
    return make_person(household, "Kit", is_kids=True, maturity_limit=7)


@pytest.fixture
def stranger(db: None) -> Person:
    """Stella: has an account of her own and nothing to do with Olive's."""
    return make_person(make_user("stella@example.org"), "Stella")


@pytest.fixture
def operator(db: None) -> Person:
    """Oscar: runs the library."""
    return make_person(make_user("oscar@example.org", is_staff=True), "Oscar")


@pytest.fixture
def gql(db: None) -> Ask:
    """`gql(name_or_document, variables, as_=person)`: the parsed answer of /graphql/.

    A name is an operation of the contract. `as_` sends the person's bearer token; `client` is a Django
    test client with cookies to send instead; further keyword arguments are headers as Django's test
    client takes them (`HTTP_ACCEPT=...`, `REMOTE_ADDR=...`).
    """

    def ask(
        name_or_document: str,
        variables: dict[str, Any] | None = None,
        as_: Person | None = None,
        *,
        client: Client | None = None,
        **headers: str,
    ) -> dict[str, Any]:
        if as_ is not None:
            headers = {"HTTP_AUTHORIZATION": f"Bearer {as_.token}", **headers}
        body = {"query": document(name_or_document), "variables": variables or {}}
        sent: Any = (client or Client()).post(
            "/graphql/",
            body,
            content_type="application/json",
            **headers,  # type: ignore[arg-type]
        )
        answer: dict[str, Any] = sent.json()
        return answer

    return ask
