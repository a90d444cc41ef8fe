"""The main job as people do it, in a real browser."""

import re
import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.film import Film

pytestmark = pytest.mark.e2e

#: Small enough to compare, large enough to tell two moments of a film apart.
PICTURE = """() => {
  const video = document.querySelector("video");
  const canvas = document.createElement("canvas");
  canvas.width = 32; canvas.height = 18;
  canvas.getContext("2d").drawImage(video, 0, 0, 32, 18);
  return Array.from(canvas.getContext("2d").getImageData(0, 0, 32, 18).data);
}"""


def position(page: Page) -> float:
    return float(page.evaluate("document.querySelector('video').currentTime"))


def wait_past(page: Page, seconds: float) -> None:
    """Waits until the film has played past `seconds`, with a picture decoded there."""
    page.wait_for_function(
        "(s) => { const v = document.querySelector('video'); return v && v.currentTime > s && v.readyState >= 2; }",
        arg=seconds,
        timeout=30_000,
    )


def difference(one: list[int], other: list[int]) -> float:
    """Mean difference of two pictures, 0 to 255."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def sign_up(page: Page) -> None:
    """A new person makes an account and a profile, and stands on the home page."""
    page.goto("/signup")
    page.get_by_label("E-mail").fill(f"{secrets.token_hex(4)}@e2e.example")
    page.get_by_label("Password").fill(secrets.token_urlsafe(12))
    page.get_by_role("button", name="Make an account").click()
    page.get_by_label("Name").fill("Alma")
    page.get_by_role("button", name="Start watching").click()


def test_a_new_person_finds_a_film_watches_seeks_and_comes_back(film: Film, page: Page) -> None:
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    sign_up(page)

    page.get_by_role("link", name=re.compile("Search", re.IGNORECASE)).first.click()
    page.get_by_role("searchbox").fill("bunny")
    page.get_by_role("main").get_by_role("link", name=re.compile(film.name)).first.click()
    expect(page.get_by_role("heading", level=1, name=film.name)).to_be_visible()
    page.get_by_role("link", name=re.compile("^Play")).first.click()

    wait_past(page, 3)
    first = page.evaluate(PICTURE)
    wait_past(page, position(page) + 2)
    second = page.evaluate(PICTURE)
    assert max(first) > 0
    assert difference(first, second) > 1

    page.keyboard.press("8")  # to eight tenths of it
    wait_past(page, film.seconds * 0.8 - 0.5)
    assert position(page) < film.seconds * 0.8 + 4
    wait_past(page, film.seconds * 0.8 + 0.5)
    page.keyboard.press("k")
    left_at = position(page)

    page.reload()
    wait_past(page, left_at - 5)
    assert abs(position(page) - left_at) < 8
    assert mistakes == []


def test_the_first_load_asks_nobody_else_and_breaks_no_policy(film: Film, page: Page) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    sign_up(page)
    expect(page.get_by_role("heading", name=film.name).first).to_be_visible()
    base = page.url.split("/", 3)[2]
    assert [url for url in asked if not url.startswith(("data:", "blob:")) and base not in url] == []
    assert complaints == []
