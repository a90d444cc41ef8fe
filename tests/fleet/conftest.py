"""One fleet for all of its tests."""

import secrets
from collections.abc import Iterator

import pytest

from tests.fleet.client import FleetClient
from tests.fleet.films import Reference, Shown, make_reference, show
from tests.fleet.fleet import OPERATOR, Fleet, running_fleet

READY_SECONDS = 300


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    return make_reference(tmp_path_factory.mktemp("reference"))


@pytest.fixture(scope="session")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with running_fleet(tmp_path_factory.mktemp("fleet"), FLEET_READ_RATE="12") as fleet:
        yield fleet


@pytest.fixture(scope="session")
def operator(fleet: Fleet) -> FleetClient:
    client = FleetClient(fleet)
    client.sign_in(OPERATOR, fleet.password)
    return client


@pytest.fixture(scope="session")
def film(fleet: Fleet, operator: FleetClient, reference: Reference) -> Shown:
    """A film that came through the edge, was interrupted once, and has been made and published."""
    asset = operator.upload(reference.source, interrupt_at=reference.source.stat().st_size // 3)
    operator.wait_for_asset(asset, "READY", READY_SECONDS)
    return show(operator, asset, "The Fleet")


@pytest.fixture
def viewer(fleet: Fleet) -> FleetClient:
    """A new person with a profile of their own."""
    client = FleetClient(fleet)
    client.token = client.change(
        "SignUp", email=f"{secrets.token_hex(4)}@fleet.example", password=secrets.token_urlsafe(12)
    )["token"]
    profile = client.change("CreateProfile", name="Alma")["profile"]
    client.change("ActivateProfile", profileId=profile["id"])
    return client
