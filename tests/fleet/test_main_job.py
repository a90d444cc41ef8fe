"""The main job on real engines: tus into S3, two workers without a common disk, Chromium through nginx."""

import re

import pytest
from playwright.sync_api import Browser

from tests.e2e.test_main_job import PICTURE, difference, position, sign_up, wait_past
from tests.fleet.films import FILM_SECONDS, Reference, Shown, made_of
from tests.fleet.fleet import Fleet

# A fleet takes its time to start, and to get over what happens to it.
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]


def test_two_workers_made_the_film_that_one_makes_alone(
    fleet: Fleet, film: Shown, reference: Reference
) -> None:
    wanted = {path: digest for path, digest in reference.digests.items() if path.endswith(".m4s")}

    assert made_of(fleet, film.asset_id) == wanted
    owners = {owner for (owner,) in fleet.ask("SELECT DISTINCT owner FROM transcoding_chunk")}
    for machine in fleet.workers:
        pids = {process.pid for process in machine.family()}
        assert [owner for owner in owners if int(owner.rpartition(":")[2]) in pids], machine.name


def test_nothing_of_it_stays_on_a_disk_and_every_object_has_a_row(fleet: Fleet, film: Shown) -> None:
    for machine in fleet.machines():
        left = [path for path in machine.home.rglob("*") if path.suffix in (".m4s", ".mkv", ".mp4")]
        assert left == []
    assert not (fleet.front.home / "objects").exists()
    assert not [*(fleet.front.home / "uploads").rglob("*")]


def test_a_new_person_watches_it_through_the_edge(fleet: Fleet, film: Shown, browser: Browser) -> None:
    context = browser.new_context(
        base_url=fleet.address, ignore_https_errors=True, viewport={"width": 1280, "height": 800}
    )
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    try:
        sign_up(page)
        page.get_by_role("link", name=re.compile("Search", re.IGNORECASE)).first.click()
        page.get_by_role("searchbox").fill("fleet")
        page.get_by_role("main").get_by_role("link", name=re.compile(film.name)).first.click()
        page.get_by_role("link", name=re.compile("^Play")).first.click()

        wait_past(page, 3)
        first = page.evaluate(PICTURE)
        page.keyboard.press("8")
        wait_past(page, FILM_SECONDS * 0.8 - 1)
        assert position(page) < FILM_SECONDS * 0.8 + 8
        assert difference(first, page.evaluate(PICTURE)) > 1
        page.keyboard.press("k")
        left_at = position(page)
        page.reload()
        wait_past(page, left_at - 5)
        assert abs(position(page) - left_at) < 8
        assert mistakes == []
    finally:
        context.close()
