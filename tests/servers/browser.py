"""One real browser for all tests of a process."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.servers.nginx import NAME

ARGUMENTS = [
    # As root Chromium has no sandbox of its own; the rest keeps it from calling home.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    # The site behind the tests' edges, which no name server knows.
    f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
]


def find_chromium() -> str:
    """The browser that `make test` found or installed."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "Chromium is missing: run these tests with make test, which installs it where it may"
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()
