"""Every screen without a fault that axe knows: signed out, an adult's, a child's and an operator's, dark and light,
on a narrow window and at 200 % zoom, with menus open."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e import axe
from tests.e2e.film import Film
from tests.e2e.product import OPERATOR, Product
from tests.e2e.visitor import Household, choose_profile, new_household, sign_in

pytestmark = pytest.mark.e2e

#: Name, theme, and size in CSS pixels: a laptop, WCAG's narrowest (1.4.10), and a laptop at 200 % zoom.
LOOKS = (("laptop", "dark", 1280, 800), ("narrow", "light", 320, 640), ("zoomed", "dark", 640, 400))

FORCED = {"forced_colors": "active"}
OPEN = ["/", "/login", "/signup", "/nowhere"]
ADULT = ["/", "/browse", "/search", "/search?q=bunny", "/my-list", "/history", "/account", "/profiles"]
CHILD = ["/", "/search", "/profiles"]
OPERATORS = ["/studio"]


@pytest.fixture(scope="module")
def household(product: Product) -> Household:
    return new_household(product)


@pytest.fixture
def context(browser: Browser, product: Product) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=product.address, reduced_motion="reduce")
    axe.bring(context)
    yield context
    context.close()


def settle(page: Page) -> None:
    """Waits for a page to be itself: its heading, no skeleton, its letters."""
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=30_000)
    expect(page.get_by_role("status", name="Loading")).to_have_count(0, timeout=30_000)
    page.evaluate("document.fonts.ready")


def judge(page: Page, where: str, *, opened: Locator | None = None) -> list[str]:
    """The faults of a page in all looks; with what the button `opened` opens, which another size may have closed."""
    faults = []
    for look, theme, width, height in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        if opened and not opened.is_visible():
            continue  # A narrow window has another way there.
        if opened and opened.get_attribute("aria-expanded") != "true":
            opened.click()
            expect(opened).to_have_attribute("aria-expanded", "true")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            faults.append(f"{where}, {look}: {wide} pixels wide")
        faults += [f"{where}, {look}: {fault}" for fault in axe.violations(page)]
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.set_viewport_size({"width": 1280, "height": 800})
    return faults


def judge_all(page: Page, who: str, paths: list[str]) -> list[str]:
    faults = []
    for path in paths:
        page.goto(path)
        settle(page)
        faults += judge(page, f"{who} {path}")
    return faults


def test_signed_out(context: BrowserContext, film: Film) -> None:
    assert judge_all(context.new_page(), "nobody", OPEN) == []


def test_an_adult(context: BrowserContext, film: Film, household: Household) -> None:
    page = context.new_page()
    sign_in(page, household.email, household.password)
    choose_profile(page, "Alma")
    faults = judge_all(page, "adult", [*ADULT, f"/title/{film.slug}"])

    faults += judge(page, "account menu", opened=page.get_by_role("button", name=re.compile("Account menu")))
    assert faults == []


def test_a_child(context: BrowserContext, film: Film, household: Household) -> None:
    page = context.new_page()
    sign_in(page, household.email, household.password)
    choose_profile(page, "Kit")
    assert judge_all(page, "child", [*CHILD, f"/title/{film.slug}"]) == []


def test_an_operator(context: BrowserContext, product: Product, film: Film) -> None:
    page = context.new_page()
    sign_in(page, OPERATOR, product.password)
    assert judge_all(page, "operator", OPERATORS) == []


def test_the_player_and_its_menus(context: BrowserContext, film: Film, household: Household) -> None:
    page = context.new_page()
    sign_in(page, household.email, household.password)
    choose_profile(page, "Alma")
    page.goto(f"/watch/{film.video_id}")
    page.wait_for_function("() => document.querySelector('video')?.currentTime > 0.5", timeout=60_000)
    page.keyboard.press("k")
    faults = judge(page, "player")
    menus = page.locator("button[aria-haspopup], button[aria-expanded]")
    for name in menus.evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))"):
        button = page.get_by_role("button", name=name, exact=True)
        faults += judge(page, f"player, {name}", opened=button)
        if button.is_visible() and button.get_attribute("aria-expanded") == "true":
            button.click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    faults += judge(page, "player, keys")
    assert faults == []


def test_the_keyboard_alone_reads_chooses_and_comes_back(
    context: BrowserContext, film: Film, household: Household
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    sign_in(page, household.email, household.password)
    choose_profile(page, "Alma")
    page.goto("/")
    settle(page)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    walk(page, lambda: focused(page, "href") == f"/title/{film.slug}")
    assert outlined(page)
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1, name=film.name)
    expect(heading).to_be_visible()
    # The change is told to whoever does not see it, and the keyboard stands at the new page's start.
    expect(page.locator("[aria-live='polite']").filter(has_text=film.name)).to_have_count(1)
    page.wait_for_function("() => document.activeElement?.closest('main') !== null")

    button = page.get_by_role("button", name=re.compile("Account menu"))
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Switch profile")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Switch profile")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(page.get_by_role("link", name="Switch profile")).to_have_count(0)


def test_high_contrast_and_forced_colours_leave_focus_and_words(
    browser: Browser, product: Product, film: Film
) -> None:
    for choice in (FORCED, {"contrast": "more"}):
        context = browser.new_context(base_url=product.address, **choice)  # type: ignore[arg-type]
        axe.bring(context)
        page = context.new_page()
        page.goto("/login")
        settle(page)
        page.keyboard.press("Tab")
        assert outlined(page), choice
        # axe takes the page's colours for what is seen; where the system chooses them, it chooses contrast too.
        faults = [
            fault for fault in axe.violations(page) if choice != FORCED or "color-contrast" not in fault
        ]
        assert faults == [], choice
        context.close()


def test_who_wants_no_movement_gets_none(context: BrowserContext, film: Film, household: Household) -> None:
    page = context.new_page()
    sign_in(page, household.email, household.password)
    choose_profile(page, "Alma")
    settle(page)
    moving = page.evaluate(
        """() => document.getAnimations().filter((one) => {
          const { duration, iterations } = one.effect.getComputedTiming();
          return one.playState === "running" && (Number(duration) > 1 || iterations === Infinity);
        }).map((one) => one.animationName ?? one.transitionProperty)"""
    )
    assert moving == []


def walk(page: Page, there: Callable[[], bool], most: int = 60) -> None:
    """Presses Tab until one is there."""
    for _ in range(most):
        if there():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached with {most} presses of Tab")


def focused(page: Page, attribute: str) -> str | None:
    value: str | None = page.evaluate("name => document.activeElement?.getAttribute(name)", attribute)
    return value


def outlined(page: Page) -> bool:
    """Whether what has the focus, or something within it, has an outline of two pixels or more around it."""
    return bool(
        page.evaluate(
            """() => [document.activeElement, ...document.activeElement.querySelectorAll("*")].some((one) => {
              const { outlineStyle, outlineWidth } = getComputedStyle(one);
              return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
            })"""
        )
    )
