"""What one does not see: the policy, the first answers, the shell without a network, whose answers are whose, memory,
a television's remote control."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.e2e.film import Film
from tests.e2e.product import OPERATOR, Product
from tests.e2e.visitor import Household, choose_profile, new_household, open_as, sign_in

pytestmark = pytest.mark.e2e

CACHES = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  return found;
}"""
TELEVISION = "Mozilla/5.0 (SMART-TV; Linux; Tizen 8.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120 TV Safari/537.36"


@pytest.fixture(scope="module")
def household(product: Product) -> Household:
    return new_household(product)


@pytest.fixture
def adult(browser: Browser, product: Product, household: Household) -> Iterator[Page]:
    """A page on which the household's adult is at the start."""
    context = open_as(browser, product, household)
    yield context.pages[0]
    context.close()


def operation_of(request: Request) -> str:
    if not request.url.endswith("/graphql/"):
        return ""
    found = re.search(r"(?:query|mutation) (\w+)", json.loads(request.post_data or "{}").get("query", ""))
    return found[1] if found else ""


def scripts_within(page: Page) -> list[str]:
    """The text of every script that stands in the page itself, and of every attribute that is one."""
    found: list[str] = page.evaluate(
        """() => [
          ...[...document.scripts]
            .filter((one) => !one.src && one.type !== "application/json").map((one) => one.textContent),
          ...[...document.querySelectorAll("*")]
            .flatMap((one) => one.getAttributeNames().filter((name) => name.startsWith("on"))),
        ]"""
    )
    return found


def test_no_page_holds_a_script_or_breaks_the_policy(
    film: Film, adult: Page, browser: Browser, product: Product
) -> None:
    complaints: list[str] = []
    adult.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    for path in ("/", f"/title/{film.slug}", "/search", "/account", "/profiles"):
        response = adult.goto(path)
        assert response
        policy = response.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        expect(adult.get_by_role("heading", level=1).first).to_be_visible()
        assert scripts_within(adult) == [], path
    assert complaints == []

    context = browser.new_context(base_url=product.address)
    admin = context.new_page()
    admin.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    admin.goto("/admin/login/?next=/admin/")
    admin.locator("[name=username]").fill(OPERATOR)
    admin.locator("[name=password]").fill(product.password)
    admin.locator("[type=submit]").first.click()
    for path in (
        "/admin/",
        "/admin/catalog/title/",
        "/admin/transcoding/asset/",
        "/admin/accounts/user/add/",
    ):
        response = admin.goto(path)
        assert response
        scripts = re.findall(r"script-src ([^;]*)", response.headers["content-security-policy"])
        # Expressions in attributes are evaluated there; no script stands in a page.
        assert scripts == ["'self' 'unsafe-eval'"]
        assert scripts_within(admin) == [], path
    context.close()
    assert complaints == []


def test_the_first_look_asks_for_nothing_that_came_with_the_page(film: Film, adult: Page) -> None:
    asked: list[str] = []
    adult.on("request", lambda request: asked.append(operation_of(request)))
    for path, spared in (("/", {"Viewer", "Home"}), (f"/title/{film.slug}", {"Viewer", "TitlePage"})):
        asked.clear()
        adult.goto(path)
        expect(adult.get_by_role("heading", level=1).first).to_be_visible()
        adult.wait_for_load_state("networkidle")
        assert spared.isdisjoint(asked), path


def test_without_a_network_the_shell_says_so_and_goes_on_by_itself(film: Film, adult: Page) -> None:
    adult.wait_for_function("() => navigator.serviceWorker.controller !== null")
    adult.goto(f"/title/{film.slug}")
    expect(adult.get_by_role("heading", level=1, name=film.name)).to_be_visible()

    adult.context.set_offline(True)
    adult.goto("/my-list")
    expect(adult.get_by_role("heading", level=1, name="No connection")).to_be_visible()
    assert film.name not in adult.content()

    adult.context.set_offline(False)
    expect(adult.get_by_role("heading", level=1, name="My list")).to_be_visible()


def test_what_one_profile_was_shown_no_other_is_and_nothing_is_left_behind(
    film: Film, adult: Page, household: Household
) -> None:
    household.client.change("AddToMyList", titleId=film.title_id)
    adult.goto("/my-list")
    mine = adult.get_by_role("main").get_by_role("link", name=re.compile(film.name))
    expect(mine.first).to_be_visible()

    # By the app's own ways, so that what is in memory stays there unless it is forgotten.
    adult.get_by_role("button", name=re.compile("Account menu")).click()
    adult.get_by_role("link", name="Switch profile").click()
    adult.get_by_role("button", name="Kit").click()
    seen: list[str] = []
    adult.expose_function("noteOfTest", lambda text: seen.append(text))
    adult.evaluate(
        "() => new MutationObserver(() => noteOfTest(document.querySelector('main')?.innerText ?? ''))"
        ".observe(document.body, { childList: true, subtree: true })"
    )
    adult.get_by_role("link", name="My list").first.click()
    expect(adult.get_by_role("heading", level=1, name="My list")).to_be_visible()
    expect(adult.get_by_text("Your list is empty")).to_be_visible()
    assert not [text for text in seen if film.name in text and "My list" in text]

    adult.get_by_role("button", name=re.compile("Account menu")).click()
    adult.get_by_role("button", name="Sign out").click()
    expect(adult.get_by_role("link", name="Sign in").first).to_be_visible()
    kept = adult.evaluate("() => [Object.entries(localStorage), Object.entries(sessionStorage)]")
    assert household.client.token not in str(kept)
    assert not re.search("token|session", " ".join(name for name, _ in kept[0]), re.IGNORECASE)
    assert film.slug not in str(kept)
    # A browser keeps the app, and nothing that anybody was shown.
    assert [
        path for path in adult.evaluate(CACHES) if not path.startswith(("/static/app/", "/offline/"))
    ] == []


def test_fifty_changes_of_page_leave_memory_flat_and_no_player_behind(film: Film, adult: Page) -> None:
    devtools = adult.context.new_cdp_session(adult)
    devtools.send("Performance.enable")

    def held() -> dict[str, float]:
        for _ in range(2):
            devtools.send("HeapProfiler.collectGarbage")
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        return {metric["name"]: metric["value"] for metric in metrics}

    def go_round() -> None:
        adult.get_by_role("link", name="Search").first.click()
        expect(adult.get_by_role("searchbox")).to_be_visible()
        adult.get_by_role("link", name="My list").first.click()
        expect(adult.get_by_role("heading", level=1, name="My list")).to_be_visible()
        adult.get_by_role("link", name="Home", exact=True).first.click()
        adult.get_by_role("main").get_by_role("link", name=re.compile(film.name)).last.click()
        expect(adult.get_by_role("heading", level=1, name=film.name)).to_be_visible()
        adult.get_by_role("link", name=re.compile("^(Play|Resume)")).first.click()
        adult.wait_for_function("() => document.querySelector('video')?.readyState >= 2", timeout=60_000)
        adult.go_back()
        expect(adult.get_by_role("heading", level=1, name=film.name)).to_be_visible()

    for _ in range(2):
        go_round()
    before = held()
    for _ in range(8):
        go_round()
    # Six each: sixty with the two before.
    after = held()

    assert adult.locator("video:not([data-testid=clip])").count() == 0
    adult.wait_for_timeout(500)
    assert adult.workers == []
    grown = after["JSHeapUsedSize"] - before["JSHeapUsedSize"]
    assert grown < max(3e6, 0.15 * before["JSHeapUsedSize"]), f"{grown / 1e6:.1f} MB more"
    assert after["Nodes"] < before["Nodes"] * 1.3 + 500
    assert after["JSEventListeners"] < before["JSEventListeners"] * 1.3 + 100


@pytest.fixture
def television(browser: Browser, product: Product) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=product.address, user_agent=TELEVISION, viewport={"width": 1920, "height": 1080}
    )
    yield context
    context.close()


def test_a_remote_control_reaches_everything_and_goes_back_layer_by_layer(
    film: Film, television: BrowserContext, household: Household
) -> None:
    page = television.new_page()
    sign_in(page, household.email, household.password)
    choose_profile(page, "Alma")
    page.goto("/")
    expect(page.get_by_role("heading", level=1).first).to_be_visible()

    page.keyboard.press("ArrowDown")
    reach(page, "[...document.querySelectorAll('.card')].includes(document.activeElement)", "ArrowDown")
    reach(page, "document.activeElement.closest('header') !== null", "ArrowUp")
    reach(page, "document.activeElement.ariaExpanded === 'false'", "ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Switch profile")).to_be_visible()
    page.keyboard.press("Backspace")
    expect(page.get_by_role("link", name="Switch profile")).to_have_count(0)
    assert page.url.endswith("/")

    reach(page, "document.activeElement.closest('main') !== null", "ArrowDown")
    reach(page, "document.activeElement.matches('.card')", "ArrowDown")
    page.keyboard.press("Home")
    reach(page, f"document.activeElement.getAttribute('href') === '/title/{film.slug}'", "ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=film.name)).to_be_visible()
    page.keyboard.press("ArrowDown")
    reach(page, "/^(Play|Resume)/.test(document.activeElement.innerText)", "ArrowDown", "ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('video')?.currentTime > 0.3", timeout=60_000)
    reach(page, "document.activeElement.matches('button')", "ArrowDown")
    page.keyboard.press("Backspace")
    expect(page.get_by_role("heading", level=1, name=film.name)).to_be_visible()
    page.keyboard.press("Backspace")
    page.wait_for_url(re.compile(r"/$"))


def reach(page: Page, condition: str, *keys: str, most: int = 24) -> None:
    """Presses the keys in turn until the condition holds."""
    for number in range(most):
        if page.evaluate(condition):
            return
        page.keyboard.press(keys[number % len(keys)])
    focused = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    raise AssertionError(f"{condition} is not reached by {keys}; the focus is on {focused}")
