"""`python -m tests.e2e.screenshots ADDRESS [FOLDER]`: pictures of every screen of a running product, at four sizes.

They are taken of the demo library as a new person sees it, into docs/screenshots/ unless another folder is named; for
the README and for looking at. An operator's screens want SCREENS_OPERATOR and SCREENS_PASSWORD.
"""

import os
import re
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.visitor import sign_in
from tests.servers.browser import ARGUMENTS, find_chromium
from vod.settings.core import BASE_DIR

SIZES = {"phone": (390, 844), "tablet": (820, 1180), "laptop": (1440, 900), "television": (1920, 1080)}
FILM = "big-buck-bunny"
QUALITY = 74


@dataclass(frozen=True)
class Album:
    """Where the pictures of one size go."""

    folder: Path
    size: str

    def take(self, page: Page, name: str, *, still: bool = True) -> None:
        """One picture, once what is on the screen has come to rest."""
        if still:
            page.wait_for_load_state("networkidle")
            page.evaluate("() => document.fonts.ready")
            page.wait_for_timeout(700)
        with Image.open(BytesIO(page.screenshot(type="png"))) as seen:
            seen.convert("RGB").save(self.folder / f"{name}-{self.size}.webp", quality=QUALITY, method=6)


def walk(browser: Browser, address: str, album: Album) -> None:
    """All screens at one size, in the order in which a person comes to them."""
    width, height = SIZES[album.size]
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        has_touch=album.size == "phone",
        reduced_motion="reduce",
    )
    page = context.new_page()
    for path, name in (("/", "welcome"), ("/login", "sign-in"), ("/signup", "sign-up")):
        page.goto(path)
        album.take(page, name)
    page.get_by_label("E-mail").fill(f"{secrets.token_hex(4)}@screens.example")
    page.get_by_label("Password", exact=True).fill(secrets.token_urlsafe(12))
    page.get_by_role("button", name="Make an account").click()
    page.get_by_label("Name").fill("Alma")
    album.take(page, "new-profile")
    page.get_by_role("button", name="Start watching").click()
    page.get_by_role("link", name="My list").first.wait_for()
    keep_some(page)
    watch(page, album)
    for path, name in (
        ("/", "home"),
        (f"/title/{FILM}", "title"),
        ("/browse", "browse"),
        ("/search", "search-empty"),
        ("/search?q=bunny", "search"),
        ("/my-list", "my-list"),
        ("/history", "history"),
        ("/account", "account"),
        ("/profiles", "profiles"),
        ("/nowhere", "not-found"),
    ):
        page.goto(path)
        page.get_by_role("heading", level=1).first.wait_for()
        album.take(page, name)
    offline(page, album)
    page.goto("/")
    page.get_by_role("heading", level=2).nth(1).scroll_into_view_if_needed()
    page.mouse.wheel(0, height * 0.7)
    album.take(page, "rows")
    in_light(page, album)
    context.close()


def keep_some(page: Page) -> None:
    """A list is shown with something on it."""
    for slug in (FILM, "the-lake-remembers", "lacework"):
        page.goto(f"/title/{slug}")
        button = page.get_by_role("button", name="My list").first
        button.click()
        page.wait_for_function("button => button.ariaPressed === 'true'", arg=button.element_handle())


def watch(page: Page, album: Album) -> None:
    """The player, with its controls and with the picture under the pointer."""
    page.goto(f"/title/{FILM}")
    page.get_by_role("link", name=re.compile("^(Play|Resume)")).first.click()
    page.wait_for_function("() => document.querySelector('video')?.currentTime > 8", timeout=60_000)
    width, height = SIZES[album.size]
    page.mouse.move(width / 2, height / 2)
    page.wait_for_timeout(300)
    album.take(page, "watch", still=False)
    bar = page.get_by_test_id("seek-bar").bounding_box()
    assert bar
    page.mouse.move(bar["x"] + bar["width"] * 0.4, bar["y"] + bar["height"] / 2)
    page.wait_for_timeout(900)
    album.take(page, "watch-seeking", still=False)


def offline(page: Page, album: Album) -> None:
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    page.goto("/my-list")
    page.get_by_role("heading", level=1).wait_for()
    album.take(page, "offline", still=False)
    page.context.set_offline(False)
    # It goes on by itself.
    page.get_by_role("heading", level=1, name="My list").wait_for()


def in_light(page: Page, album: Album) -> None:
    page.evaluate("() => localStorage.setItem('theme', 'light')")
    for path, name in (("/", "home-light"), (f"/title/{FILM}", "title-light")):
        page.goto(path)
        page.get_by_role("heading", level=1).first.wait_for()
        page.evaluate("() => scrollTo(0, 0)")
        album.take(page, name)
    page.evaluate("() => localStorage.removeItem('theme')")


def operate(browser: Browser, address: str, album: Album) -> None:
    """What an operator sees, where one may sign in."""
    email, password = os.environ.get("SCREENS_OPERATOR"), os.environ.get("SCREENS_PASSWORD")
    if not email or not password:
        return
    width, height = SIZES[album.size]
    context = browser.new_context(base_url=address, viewport={"width": width, "height": height})
    page = context.new_page()
    sign_in(page, email, password)
    page.goto("/studio")
    page.get_by_role("heading", level=1).first.wait_for()
    album.take(page, "studio")
    context.close()


WALKS: tuple[Callable[[Browser, str, Album], None], ...] = (walk, operate)


def main(address: str, target: str = str(BASE_DIR / "docs" / "screenshots")) -> None:
    folder = Path(target)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        for size in SIZES:
            for one in WALKS:
                one(browser, address, Album(folder, size))
            print(f"{size}: {len(list(folder.glob(f'*-{size}.webp')))} pictures")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
