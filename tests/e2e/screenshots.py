"""`python -m tests.e2e.screenshots ADDRESS FOLDER`: pictures of every screen of a running product.

They are taken as a new person sees them, at three sizes; for the README and for looking at.
"""

import re
import secrets
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.servers.browser import ARGUMENTS, find_chromium

SIZES = {"phone": (390, 844), "tablet": (820, 1180), "laptop": (1440, 900)}


def take(page: Page, folder: Path, name: str) -> None:
    """One picture, once what is on the screen has come to rest."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)
    page.screenshot(path=folder / f"{name}.jpg", type="jpeg", quality=82)


def walk(browser: Browser, address: str, folder: Path, size: str) -> None:
    """All screens at one size, in the order in which a person comes to them."""
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, has_touch=size == "phone"
    )
    page = context.new_page()
    page.goto("/")
    take(page, folder, f"welcome-{size}")
    page.goto("/signup")
    take(page, folder, f"sign-up-{size}")
    page.get_by_label("E-mail").fill(f"{secrets.token_hex(4)}@screens.example")
    page.get_by_label("Password").fill(secrets.token_urlsafe(12))
    page.get_by_role("button", name="Make an account").click()
    page.get_by_label("Name").fill("Alma")
    take(page, folder, f"new-profile-{size}")
    page.get_by_role("button", name="Start watching").click()
    page.get_by_role("heading", level=1).first.wait_for()
    take(page, folder, f"home-{size}")
    page.mouse.wheel(0, height)
    take(page, folder, f"rows-{size}")
    page.goto("/search")
    take(page, folder, f"search-empty-{size}")
    page.get_by_role("searchbox").fill("bunny")
    page.wait_for_timeout(800)
    take(page, folder, f"search-{size}")
    page.get_by_role("main").get_by_role("link", name=re.compile("bunny", re.IGNORECASE)).first.click()
    page.get_by_role("heading", level=1).wait_for()
    take(page, folder, f"title-{size}")
    for path in ("my-list", "account", "profiles", "nowhere"):
        page.goto(f"/{path}")
        take(page, folder, f"{path}-{size}")
    watch(page, folder, size)
    context.close()


def watch(page: Page, folder: Path, size: str) -> None:
    """The player, with its controls, where there is something to play."""
    page.goto("/search")
    page.get_by_role("searchbox").fill("bunny")
    page.get_by_role("main").get_by_role("link", name=re.compile("bunny", re.IGNORECASE)).first.click()
    play = page.get_by_role("link", name=re.compile("^(Play|Resume)")).first
    play.click()
    page.wait_for_function("() => document.querySelector('video')?.currentTime > 2")
    page.mouse.move(SIZES[size][0] / 2, SIZES[size][1] / 2)
    page.wait_for_timeout(300)
    page.screenshot(path=folder / f"watch-{size}.jpg", type="jpeg", quality=82)
    bar = page.get_by_test_id("seek-bar").bounding_box()
    assert bar
    page.mouse.move(bar["x"] + bar["width"] * 0.4, bar["y"] + bar["height"] / 2)
    page.wait_for_timeout(700)
    page.screenshot(path=folder / f"watch-seeking-{size}.jpg", type="jpeg", quality=82)


def main(address: str, target: str) -> None:
    folder = Path(target)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        for size in SIZES:
            walk(browser, address, folder, size)
            print(f"{size}: {len(list(folder.glob(f'*-{size}.jpg')))} pictures")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
