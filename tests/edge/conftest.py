"""The three ways, started by the first test that asks and kept for all."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.edge.installation import (
    SECRET,
    YES_SECONDS,
    Application,
    Library,
    Way,
    begin_application,
    make_library,
    wait_for,
)
from tests.edge.origin import Origin
from tests.servers.nginx import start_nginx
from tests.servers.objectstore import BUCKET
from tests.stores.server import StoreServer
from vod.lib.storage.s3 import S3Store

WAYS = ("application", "disk", "s3")
EDGES = ("disk", "s3")
_PREFIX = "edge"


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of everything here."""
    folder = tmp_path_factory.mktemp("edge")
    # nginx's workers give up root's rights where it was started with them.
    for place in (folder, *folder.parents[:2]):
        if place.owner() == Path.home().owner() or os.geteuid() == 0:
            place.chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def library(ground: Path) -> Library:
    return make_library(ground / "home")


Begin = Callable[..., Application]


@pytest.fixture(scope="session")
def begin(ground: Path, library: Library) -> Iterator[Begin]:
    """`begin(name, **settings)`: an application on the library."""
    with ExitStack() as stack:

        def began(name: str, **settings: str) -> Application:
            application = begin_application(ground / "home", ground / f"{name}.log", **settings)
            stack.callback(application.stop)
            wait_for(application)
            return application

        yield began


EDGE = {"DELIVERY": "nginx", "EDGE_SECRET": SECRET, "EDGE_YES_SECONDS": str(YES_SECONDS), "BEHIND_PROXY": "1"}


@pytest.fixture(scope="session")
def by_application(begin: Begin, library: Library) -> Way:
    return Way("application", library, begin("application"))


@pytest.fixture(scope="session")
def from_disk(begin: Begin, library: Library, ground: Path) -> Iterator[Way]:
    application = begin("disk", **EDGE)
    address = f"127.0.0.1:{application.port}"
    nginx = start_nginx(
        ground / "nginx-disk",
        EDGE_SECRET=SECRET,
        LANTERN_WEB=address,
        LANTERN_BYTES=address,
        LANTERN_OBJECTS="disk",
        LANTERN_OBJECTS_ROOT=str(ground / "home" / "objects"),
    )
    yield Way("disk", library, application, nginx)
    nginx.stop()


@pytest.fixture(scope="session")
def from_s3(begin: Begin, library: Library, ground: Path, s3_server: StoreServer) -> Iterator[Way]:
    endpoint = urlsplit(s3_server.endpoint)
    origin = Origin((str(endpoint.hostname), int(endpoint.port or 80)))
    store = S3Store(
        bucket_name=BUCKET,
        location=_PREFIX,
        copies=ground / "copies",
        blocks=ground / "blocks",
        endpoint_url=s3_server.endpoint,
        region_name=s3_server.region,
        access_key=s3_server.access_key,
        secret_key=s3_server.secret_key,
    )
    objects = ground / "home" / "objects"
    for path in objects.rglob("*"):
        if path.is_file():
            store.put_bytes(path.relative_to(objects).as_posix(), path.read_bytes())
    application = begin(
        "s3",
        **EDGE,
        S3_BUCKET=BUCKET,
        S3_PREFIX=_PREFIX,
        S3_ENDPOINT_URL=f"http://127.0.0.1:{origin.port}",
        S3_REGION=s3_server.region,
        S3_ACCESS_KEY=s3_server.access_key,
        S3_SECRET_KEY=s3_server.secret_key,
    )
    address = f"127.0.0.1:{application.port}"
    nginx = start_nginx(
        ground / "nginx-s3",
        EDGE_SECRET=SECRET,
        LANTERN_WEB=address,
        LANTERN_BYTES=address,
        LANTERN_OBJECTS="s3",
    )
    yield Way("s3", library, application, nginx, origin)
    nginx.stop()
    origin.stop()


def _way(request: pytest.FixtureRequest) -> Way:
    names = {"application": "by_application", "disk": "from_disk", "s3": "from_s3"}
    way: Way = request.getfixturevalue(names[request.param])
    return way


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    """Each way in turn."""
    return _way(request)


@pytest.fixture(params=EDGES)
def edge(request: pytest.FixtureRequest) -> Way:
    """Each way through nginx in turn."""
    return _way(request)


@pytest.fixture
def folder(way: Way) -> str:
    """The folder that a stream of the film may fetch from, the same for many tests."""
    return way.folder


@pytest.fixture
def edge_folder(edge: Way) -> str:
    """The same, through nginx."""
    return edge.folder
