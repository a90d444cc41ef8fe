"""Looking around in a large library, as people do it in a real browser."""

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, StorageState, expect

from tests.e2e.large_library import FILM, fill
from tests.e2e.product import Product, running_product
from tests.e2e.tracing import longest_task

pytestmark = pytest.mark.e2e

#: So much of the processor's time a task may take before one's finger notices (a long task, W3C), in milliseconds.
LONG = 50


@dataclass(frozen=True)
class Cinema:
    """A library of many titles, one of which is a real film, and somebody who has signed in."""

    product: Product
    slug: str
    somebody: StorageState


@pytest.fixture(scope="module", autouse=True)
def patience() -> Iterator[None]:
    """A busy machine is slow, not wrong."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def cinema(patience: None, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cinema]:
    folder = tmp_path_factory.mktemp("cinema")
    with running_product(folder / "home") as product:
        try:
            slug = fill(product, folder)
            yield Cinema(product, slug, _somebody(browser, product.address))
        finally:
            print(product.logs())


def _somebody(browser: Browser, address: str) -> StorageState:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/signup")
    page.get_by_label("E-mail").fill(f"{secrets.token_hex(4)}@e2e.example")
    page.get_by_label("Password").fill(secrets.token_urlsafe(12))
    page.get_by_role("button", name="Make an account").click()
    page.get_by_label("Name").fill("Alma")
    page.get_by_role("button", name="Start watching").click()
    expect(page.get_by_role("heading", level=1, name=FILM)).to_be_visible()
    state = context.storage_state()
    context.close()
    return state


Open = Callable[..., Page]


@pytest.fixture
def open_at(browser: Browser, cinema: Cinema) -> Iterator[Open]:
    """Opens an address as the somebody of the cinema, in a window of its own; fails on a mistake in the page."""
    contexts: list[BrowserContext] = []
    mistakes: list[str] = []

    def start(path: str, width: int = 1440, height: int = 900, **more: Any) -> Page:
        context = browser.new_context(
            base_url=cinema.product.address,
            viewport={"width": width, "height": height},
            storage_state=cinema.somebody,
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        page.goto(path)
        return page

    yield start
    for context in contexts:
        context.close()
    assert mistakes == []


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def test_the_film_of_the_evening_moves_without_sound_until_it_is_stopped(open_at: Open) -> None:
    page = open_at("/")
    expect(page.get_by_role("heading", level=1, name=FILM)).to_be_visible()
    clip = page.locator("video[data-testid=clip]")
    stop = page.get_by_role("button", name="Stop the preview")
    expect(stop).to_be_visible(timeout=30_000)
    assert clip.evaluate("video => video.muted && video.videoWidth > 0")
    stop.click()
    expect(clip).to_have_count(0)


def test_a_row_shows_as_many_cards_as_fit_and_the_cut_one_says_that_there_is_more(open_at: Open) -> None:
    page = open_at("/")
    new = row(page, "New in the library")
    new.get_by_role("link").first.wait_for()
    for width, cards in ((390, 2.3), (820, 4.2), (1440, 6.25), (1920, 8.25)):
        page.set_viewport_size({"width": width, "height": 900})
        # What stands from the row's own beginning to its end, in steps from card to card.
        seen = new.locator("ul").evaluate(
            """list => {
              const [one, two] = [...list.children].map(item => item.getBoundingClientRect().left);
              return (list.clientWidth - one) / (two - one);
            }"""
        )
        assert seen == pytest.approx(cards, abs=0.12), width
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_a_row_scrolls_by_buttons_and_keys_fetches_more_and_remembers_where_it_was(open_at: Open) -> None:
    page = open_at("/")
    new = row(page, "New in the library")
    cards = new.get_by_role("listitem")
    new.scroll_into_view_if_needed()
    new.hover()
    assert cards.count() == 20
    further = new.get_by_role("button", name="Further")
    expect(new.get_by_role("button", name="Back")).to_have_count(0)
    for _ in range(3):
        further.click()
        page.wait_for_timeout(400)
    expect(cards).to_have_count(40)
    expect(new.get_by_role("button", name="Back")).to_be_visible()

    new.get_by_role("link").first.focus()
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    left = new.locator("ul").evaluate("list => list.scrollLeft")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert left > 0
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(re.escape(focused.split(",")[0])))
    page.go_back()
    expect(new.locator("li a[tabindex='0']").first).to_have_attribute("aria-label", focused)
    assert new.locator("ul").evaluate("list => list.scrollLeft") == pytest.approx(left, abs=4)


def test_a_card_opens_into_a_preview_for_pointer_and_keyboard(open_at: Open, cinema: Cinema) -> None:
    page = open_at("/browse?year=2019&genre=drama")
    card = page.get_by_role("link", name=FILM).first
    card.hover()
    preview = page.get_by_role("group", name=FILM)
    expect(preview.get_by_role("link", name=f"Play {FILM}")).to_be_visible()
    expect(preview.locator("video")).to_be_attached()
    expect(preview.get_by_text("Somebody is awake.")).to_be_visible()
    box = preview.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 1440 and box["y"] + box["height"] <= 900
    preview.get_by_role("button", name="I like this").click()
    expect(preview.get_by_role("button", name="I like this")).to_have_attribute("aria-pressed", "true")
    preview.get_by_role("button", name="My list").click()
    page.mouse.move(2, 2)
    expect(preview).to_have_count(0)

    card.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(preview).to_be_visible()
    page.keyboard.press("Tab")
    expect(preview.get_by_role("link", name=f"Play {FILM}")).to_be_focused()
    page.keyboard.press("Escape")
    expect(preview).to_have_count(0)
    expect(card).to_be_focused()

    page.goto("/my-list")
    expect(page.get_by_role("main").get_by_role("link", name=FILM)).to_be_visible()


def test_a_finger_goes_straight_to_the_titles_page_whose_picture_grows(open_at: Open) -> None:
    page = open_at("/browse?kind=SERIES", 390, 844, has_touch=True, is_mobile=True)
    first = page.get_by_role("listitem").first.get_by_role("link").first
    first.wait_for()
    page.evaluate(
        """() => {
          window.transitions = 0;
          const start = document.startViewTransition.bind(document);
          document.startViewTransition = (...given) => { window.transitions++; return start(...given); };
        }"""
    )
    name = first.get_attribute("aria-label")
    first.tap()
    expect(page.get_by_role("heading", level=1, name=str(name).split(",")[0])).to_be_visible()
    expect(page.get_by_role("group")).to_have_count(0)
    assert page.evaluate("window.transitions") == 1

    seasons = page.get_by_role("combobox", name="Season")
    episodes = page.get_by_role("region", name="Episodes").get_by_role("listitem")
    expect(episodes.first).to_be_visible()
    if seasons.count():
        before = episodes.first.inner_text()
        seasons.select_option(index=1)
        expect(episodes.first).not_to_have_text(before)
    person = page.get_by_role("region", name="People").get_by_role("link").first
    who = person.inner_text()
    person.tap()
    expect(page.get_by_role("heading", level=1, name=who)).to_be_visible()
    expect(page.get_by_role("listitem").first).to_be_visible()


def test_filters_live_in_the_address(open_at: Open) -> None:
    page = open_at("/browse")
    page.get_by_role("radio", name="Films").check(force=True)
    page.get_by_role("combobox", name="Decade").select_option("2010")
    page.get_by_role("combobox", name="Genre").select_option("drama")
    page.get_by_role("combobox", name="Order").select_option("NAME")
    page.wait_for_url(re.compile("sort=NAME"))
    for part in ("kind=MOVIE", "decade=2010", "genre=drama"):
        assert part in page.url
    expect(page.get_by_role("heading", level=1, name="Drama")).to_be_visible()
    count = page.get_by_role("main").get_by_role("status").first
    expect(count).to_have_text(re.compile(r"^\d+ titles?$"))
    said = count.inner_text()
    page.reload()
    expect(count).to_have_text(said)
    expect(page.get_by_role("combobox", name="Decade")).to_have_value("2010")
    page.go_back()
    expect(page.get_by_role("combobox", name="Order")).to_have_value("NEWEST")
    page.get_by_role("button", name="Clear").click()
    page.wait_for_url(re.compile("/browse$"))
    page.goto("/genre/drama")
    expect(page.get_by_role("heading", level=1, name="Drama")).to_be_visible()
    assert "/browse?genre=drama" in page.url


def test_a_thousand_cards_scroll_without_a_long_task(open_at: Open, browser: Browser) -> None:
    page = open_at("/browse")
    page.get_by_role("listitem").first.wait_for()
    more = page.get_by_role("button", name="Show more")
    for _ in range(80):
        if more.count() == 0:
            break
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_timeout(200)
    assert page.get_by_role("listitem").count() >= 1000
    height = page.evaluate("document.documentElement.scrollHeight")

    browser.start_tracing(page=page, categories=["toplevel", "devtools.timeline"])
    page.mouse.move(700, 450)
    for direction in (-1, 1):
        for _ in range(25):
            page.mouse.wheel(0, direction * height / 25)
            page.evaluate(
                "() => new Promise(then => requestAnimationFrame(() => requestAnimationFrame(then)))"
            )
    trace = browser.stop_tracing()
    assert longest_task(trace) < LONG
    # Blocks that are not near were known to be as high as they are: nothing jumped.
    assert page.evaluate("document.documentElement.scrollHeight") == pytest.approx(height, rel=0.01)


def test_search_finds_titles_and_people_as_one_types_and_what_is_near(open_at: Open) -> None:
    page = open_at("/search")
    expect(page.get_by_role("heading", name="Genres")).to_be_visible()
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    field.press_sequentially("light in the w")
    expect(page.get_by_role("link", name=FILM)).to_be_visible()
    page.wait_for_url(re.compile(r"q=light"))
    field.fill("lihgt windwo")
    expect(page.get_by_role("link", name=FILM)).to_be_visible()

    page.goto("/browse")
    page.get_by_role("listitem").nth(3).get_by_role("link").first.click()
    who = page.get_by_role("region", name="People").get_by_role("link").first.inner_text()
    page.goto("/search")
    field.fill(who)
    found = page.get_by_role("region", name="People").get_by_role("link", name=who)
    expect(found.first).to_be_visible()
    field.fill("light qqqqqqqqqq")
    expect(page.get_by_role("heading", name=re.compile("Nothing is called"))).to_be_visible()
    expect(page.get_by_role("heading", name="Close to it: “light”")).to_be_visible()


def test_what_was_watched_is_in_the_history_and_goes_on(open_at: Open, cinema: Cinema) -> None:
    page = open_at(f"/title/{cinema.slug}")
    page.get_by_role("region", name="Chapters").get_by_role("link", name="Dawn").click()
    page.wait_for_function("() => document.querySelector('video')?.currentTime > 10", timeout=30_000)
    page.wait_for_url(re.compile("/watch/[^?]+$"))
    page.go_back()
    expect(page.get_by_role("link", name=re.compile("^Resume"))).to_be_visible(timeout=30_000)
    page.get_by_role("button", name=re.compile("Account menu")).click()
    page.get_by_role("link", name="History").click()
    today = page.get_by_role("region", name="Today")
    expect(today.get_by_role("link", name=f"Resume {FILM}")).to_be_visible()
    page.get_by_role("link", name="Home", exact=True).first.click()
    resume = row(page, "Continue watching").get_by_role("link", name=re.compile(f"Resume {FILM}, .* left"))
    expect(resume).to_be_visible()
    ratio = resume.locator(".card-picture").evaluate("box => box.offsetWidth / box.offsetHeight")
    assert ratio == pytest.approx(16 / 9, rel=0.02)


def test_nothing_moves_while_pages_come(open_at: Open, cinema: Cinema) -> None:
    for path in ("/", "/browse", f"/title/{cinema.slug}"):
        page = open_at(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        shift = page.evaluate(
            """() => new Promise(then => {
              new PerformanceObserver(list => then(list.getEntries().filter(one => !one.hadRecentInput)
                .reduce((sum, one) => sum + one.value, 0))).observe({ type: "layout-shift", buffered: true });
              setTimeout(() => then(0), 1000);
            })"""
        )
        assert shift <= 0.05, path
        page.context.close()


def test_without_a_network_it_says_so_and_goes_on_by_itself(open_at: Open) -> None:
    page = open_at("/")
    expect(page.get_by_role("heading", level=1, name=FILM)).to_be_visible()
    page.get_by_role("link", name="Browse").first.click()
    expect(page.get_by_role("listitem").first).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("radio", name="Series").check(force=True)
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("listitem").first).to_be_visible(timeout=30_000)


def test_an_address_of_nothing_says_so_and_leads_on(open_at: Open) -> None:
    page = open_at("/nowhere")
    for path in ("/title/nowhere", "/person/nobody", "/collection/nothing", "/nowhere"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1, name="Nothing is showing here")).to_be_visible()
    page.get_by_role("link", name="Go to the start").click()
    expect(page.get_by_role("heading", level=1, name=FILM)).to_be_visible()
