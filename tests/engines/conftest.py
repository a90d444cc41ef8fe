"""Celery over a real Redis: a worker, what sends to it, and what stands between."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import Celery

from tests.engines.workers import Crew, crew
from tests.servers.proxy import Proxy
from tests.servers.redis import RedisServer
from vod.settings import work

Messages = Callable[[str], Celery]


@pytest.fixture(scope="session")
def messages(tmp_path_factory: pytest.TempPathFactory) -> Messages:
    """`messages(broker)`: an application that sends as the product does, through that broker."""
    folder = tmp_path_factory.mktemp("no-broker")

    def made(broker: str) -> Celery:
        app = Celery("sender", broker=broker, set_as_current=False)
        app.config_from_object(work, namespace="CELERY")
        app.conf["broker_url"] = broker
        app.conf["broker_transport_options"] = work.transport_options(broker, folder=folder, prefix="lantern")
        return app

    return made


@pytest.fixture(scope="session")
def line(redis_of_the_run: RedisServer) -> Iterator[Proxy]:
    """What the worker of all these tests has between itself and Redis."""
    with Proxy(("127.0.0.1", redis_of_the_run.port)) as proxy:
        yield proxy


@pytest.fixture(scope="session")
def crew_of_the_run(
    tmp_path_factory: pytest.TempPathFactory, redis_of_the_run: RedisServer, line: Proxy
) -> Iterator[Crew]:
    home: Path = tmp_path_factory.mktemp("crew")
    broker = redis_of_the_run.url(1, port=line.port)
    options = ("--queues=first,background", "--autoscale=3,1")
    with crew(home, broker, *options, AUTOSCALE_KEEPALIVE="1") as made:
        yield made
