"""The product that the end-to-end tests share."""

import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.client import Client
from tests.e2e.film import Film, put_in
from tests.e2e.product import OPERATOR, ROOT, Product, running_product
from transcoding.engine.tools import find_tools

SHARED_CLIP = ROOT.parent / "shared" / "media" / "good" / "bbb_480p24_30s_51.mp4"


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with running_product(tmp_path_factory.mktemp("product") / "home") as product:
        try:
            yield product
        finally:
            print(product.logs())


@pytest.fixture(scope="session")
def operator(product: Product) -> Client:
    client = Client(product.address)
    client.sign_in(OPERATOR, product.password)
    return client


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real film of 30 s with sound; one of the demo's own where there is no collection beside the project."""
    if SHARED_CLIP.is_file():
        return SHARED_CLIP
    from catalog.demo.films import MOVIES
    from catalog.demo.render import render_film

    target = tmp_path_factory.mktemp("clip") / "film.mkv"
    render_film(MOVIES[0].film, target, find_tools())
    return target


@pytest.fixture(scope="session")
def short_clip(clip: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its beginning: enough to be at work on for a few seconds."""
    target = tmp_path_factory.mktemp("short") / "film.mkv"
    subprocess.run(
        [str(find_tools().ffmpeg), "-v", "error", "-i", str(clip), "-t", "16", "-c", "copy", str(target)],
        check=True,
    )
    return target


@pytest.fixture
def page(browser: Browser, product: Product) -> Iterator[Page]:
    context = browser.new_context(base_url=product.address, viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def film(operator: Client, clip: Path) -> Film:
    return put_in(operator, clip, "Big Buck Bunny, the short cut")


@pytest.fixture
def viewer(product: Product) -> Client:
    """A new person with a profile of their own."""
    client = Client(product.address)
    client.token = client.change(
        "SignUp", email=f"{secrets.token_hex(4)}@e2e.example", password=secrets.token_urlsafe(12)
    )["token"]
    profile = client.change("CreateProfile", name="Alma")["profile"]
    client.change("ActivateProfile", profileId=profile["id"])
    return client
