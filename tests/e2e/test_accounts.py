"""Accounts as people use them, in a real browser: signing in, who is watching, security, devices, languages."""

import base64
import hashlib
import hmac
import re
import secrets
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.product import Product

pytestmark = pytest.mark.e2e

#: A busy machine is slow, not wrong. Milliseconds.
expect.set_options(timeout=30_000)

#: What a page's scripts can read: nothing of it may let anybody in.
READABLE = """() => JSON.stringify([
  { ...localStorage }, { ...sessionStorage }, document.cookie,
])"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

Open = Callable[..., Page]


@pytest.fixture
def open_browser(browser: Browser, product: Product) -> Iterator[Open]:
    """Opens browsers of their own, with the settings that they are given."""
    contexts = []

    def open_one(**settings: Any) -> Page:
        settings = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **settings}
        # Passkeys are kept for names, never for an address of numbers.
        address = product.address.replace("127.0.0.1", "localhost")
        contexts.append(browser.new_context(base_url=address, **settings))
        return contexts[-1].new_page()

    yield open_one
    for context in contexts:
        context.close()


def somebody() -> tuple[str, str]:
    return f"{secrets.token_hex(4)}@e2e.example", secrets.token_urlsafe(12)


def sign_up(page: Page, name: str = "Alma") -> tuple[str, str]:
    """A new account with one profile that watches; its address and password."""
    email, password = somebody()
    page.goto("/signup")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.keyboard.press("Enter")
    page.locator("input[name=name]").fill(name)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"//[^/]+/$"))
    return email, password


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/login")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Account menu")).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="The lights go down.")).to_be_visible()


def is_home(page: Page, name: str = "Alma") -> None:
    expect(page.get_by_role("button", name=f"Account menu, watching as {name}")).to_be_visible()


def code_of(secret: str, steps_ahead: int = 0) -> str:
    """The six figures of RFC 6238 for now; a step is thirty seconds."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps_ahead)
    digest = hmac.digest(base64.b32decode(secret), counter, hashlib.sha1)
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def link_of_mail(product: Product, email: str, pattern: str) -> str:
    """The link of the last letter to an address; mail of the embedded default goes to the log."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        text = "".join(log.read_text(errors="replace") for log in Path(product.home, "logs").glob("*.log"))
        letters = text.split(f"To: {email}")[1:]
        found = re.search(pattern, letters[-1]) if letters else None
        if found:
            return found[0]
        time.sleep(0.5)
    raise AssertionError(f"no letter to {email}")


@contextmanager
def passkeys(page: Page) -> Iterator[None]:
    """A browser whose device has a lock that always opens (a virtual authenticator)."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield
    devtools.detach()


def test_a_second_factor_stands_between_a_password_and_the_films(open_browser: Open) -> None:
    page = open_browser()
    email, password = sign_up(page)
    page.goto("/account/security")
    page.get_by_role("region", name="Authenticator app").get_by_role("button", name="Set up").click()
    dialog = page.get_by_role("dialog", name="Authenticator app")
    expect(dialog.get_by_role("img", name="QR code for your app")).to_be_visible()
    secret = dialog.locator("span.select-all").inner_text().replace(" ", "")
    dialog.get_by_label("Code from your app").fill(code_of(secret))
    dialog.get_by_role("button", name="Turn on").click()
    page.get_by_role("dialog", name="Is it you?").get_by_label("Your password").fill(password)
    page.keyboard.press("Enter")
    codes = page.get_by_role("dialog", name="Recovery codes")
    recovery = codes.get_by_role("listitem").first.inner_text()
    codes.get_by_role("button", name="Done").click()

    with passkeys(page):
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_role("button", name="Remove Chrome on Linux")).to_be_visible()
        sign_out(page)

        # Nobody types anything.
        page.goto("/login")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.get_by_role("button", name="Alma").click()
        is_home(page)
        sign_out(page)

    sign_in(page, email, password)
    expect(page.get_by_role("heading", name="One more thing")).to_be_visible()
    page.goto("/account")
    assert "/login" in page.url
    sign_in(page, email, password)
    # The next one: each is good once.
    page.get_by_label("Code from your app").fill(code_of(secret, steps_ahead=1))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Alma").click()
    is_home(page)
    sign_out(page)

    sign_in(page, email, password)
    page.get_by_role("button", name="Use a recovery code").click()
    page.get_by_label("Recovery code").fill(recovery)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Alma").click()
    is_home(page)


def test_who_is_watching_a_locked_profile_and_a_child(open_browser: Open) -> None:
    page = open_browser()
    sign_up(page)
    page.goto("/profiles/new")
    page.get_by_label("Name").fill("Grandfather")
    page.get_by_label(re.compile("^PIN")).fill("4711")
    page.get_by_role("button", name="Make the profile").click()
    page.get_by_role("link", name="New profile").click()
    page.get_by_label("Name").fill("Mio")
    page.get_by_role("switch", name=re.compile("This is a child")).check()
    page.get_by_role("button", name="Make the profile").click()

    page.get_by_role("button", name="Grandfather, asks for a PIN").click()
    page.keyboard.type("0000")
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("PIN")
    page.get_by_label("PIN", exact=True).evaluate(
        """field => {
          const data = new DataTransfer();
          data.setData("text", "47 11");
          document.execCommand("insertText", false, data.getData("text"));
        }"""
    )
    is_home(page, "Grandfather")

    page.goto("/profiles")
    page.get_by_role("button", name="Mio, kids").click()
    is_home(page, "Mio")
    expect(page.locator("html")).to_have_attribute("data-audience", "kids")
    page.get_by_role("button", name=re.compile("^Account menu")).click()
    expect(page.get_by_role("link", name="Account", exact=True)).to_have_count(0)
    page.goto("/account/security")
    expect(page.get_by_role("heading", name="The account is for grown-ups")).to_be_visible()
    page.goto("/profiles/manage")
    expect(page.get_by_role("heading", name="Profiles are for grown-ups to change")).to_be_visible()

    page.goto("/profiles")
    page.get_by_role("button", name="Alma").click()
    is_home(page)
    expect(page.locator("html")).not_to_have_attribute("data-audience", "kids")
    page.goto("/profiles/manage")
    page.get_by_role("link", name="Change Mio, kids").click()
    page.get_by_label("Name").fill("Mio the second")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Change Mio the second, kids").click()
    page.get_by_role("button", name="Delete this profile").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("link", name=re.compile("Mio"))).to_have_count(0)


def test_nothing_of_one_profile_is_left_for_the_next_and_no_script_can_read_a_key(open_browser: Open) -> None:
    page = open_browser()
    sign_up(page)
    page.goto("/profiles/new")
    page.get_by_label("Name").fill("Bela")
    page.get_by_role("button", name="Make the profile").click()
    page.get_by_role("button", name="Alma").click()
    is_home(page)
    page.get_by_role("link", name="My list").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    keys = {cookie["value"] for cookie in page.context.cookies() if "session" in str(cookie["name"])}
    assert keys
    readable = page.evaluate(READABLE)
    assert not [key for key in keys if key in readable]
    assert "ltn_" not in readable

    page.get_by_role("button", name=re.compile("^Account menu")).click()
    page.get_by_role("link", name="Switch profile").click()
    page.get_by_role("button", name="Bela").click()
    is_home(page, "Bela")
    # The same page is asked for anew, not shown from what Alma was told.
    with page.expect_response(lambda response: "MyList" in (response.request.post_data or "")):
        page.get_by_role("link", name="My list").first.click()

    sign_out(page)
    assert "Alma" not in page.content()
    page.go_back()
    page.wait_for_url(re.compile("/login|/$"))
    expect(page.get_by_text("Alma")).to_have_count(0)


def test_a_device_is_signed_out_from_another(open_browser: Open) -> None:
    here, there = open_browser(), open_browser()
    email, password = sign_up(here)
    sign_in(there, email, password)
    there.get_by_role("button", name="Alma").click()
    is_home(there)

    here.goto("/account/devices")
    here.get_by_role("button", name="Sign out there: Chrome on Linux").click()
    expect(here.get_by_role("list", name="Browsers").get_by_role("listitem")).to_have_count(1)

    there.get_by_role("link", name="My list").first.click()
    there.wait_for_url(re.compile("/login"))
    expect(here.get_by_role("heading", name="Devices")).to_be_visible()


def test_a_forgotten_password_is_replaced_by_a_letter(open_browser: Open, product: Product) -> None:
    page = open_browser()
    email, _ = sign_up(page)
    sign_out(page)
    page.goto("/login")
    page.get_by_role("link", name="Forgotten your password?").click()
    # The page before has a field of that name too.
    expect(page.get_by_role("heading", name="New password")).to_be_visible()
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_text("a letter is on its way")).to_be_visible()
    path = link_of_mail(product, email, r"/reset-password/[\w-]+")

    page.goto(path)
    page.get_by_label("New password").fill("1234567890")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_label("New password")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("New password").fill("lamp under the stairs")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_role("heading", name="Your password is changed")).to_be_visible()

    sign_in(page, email, "lamp under the stairs")
    page.get_by_role("button", name="Alma").click()
    is_home(page)
    page.goto(path)
    expect(page.get_by_role("heading", name="This link is no good any more")).to_be_visible()


def test_a_television_signs_in_by_the_code_it_shows(open_browser: Open) -> None:
    page = open_browser()
    sign_up(page)
    form: dict[str, str | float | bool] = {"client_id": "e2e-tv", "device_name": "Television in the kitchen"}
    codes = page.request.post("/oauth/device_authorization", form=form).json()

    page.goto("/" + codes["verification_uri_complete"].split("/", 3)[3])
    expect(page.get_by_label("Enter the code your television shows")).to_have_value(codes["user_code"])
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Television in the kitchen")).to_be_visible()
    page.get_by_role("button", name="Allow", exact=True).click()
    expect(page.get_by_role("heading", name="Signed in")).to_be_visible()

    grant = "urn:ietf:params:oauth:grant-type:device_code"
    asked: dict[str, str | float | bool] = {
        "grant_type": grant,
        "device_code": codes["device_code"],
        "client_id": "e2e-tv",
    }
    assert page.request.post("/oauth/token", form=asked).json()["access_token"].startswith("ltn_")
    page.goto("/account/devices")
    page.get_by_role("button", name="Sign out there: Television in the kitchen").click()
    expect(page.get_by_text("Television in the kitchen")).to_have_count(0)


def test_how_one_likes_to_watch_is_kept_by_the_server(open_browser: Open) -> None:
    page = open_browser()
    sign_up(page)
    page.goto("/account/watching")
    page.get_by_label("Subtitles", exact=True).select_option("de")
    page.get_by_role("group", name="Colour", exact=True).get_by_title("Yellow").click()
    page.get_by_text("Outline").click()
    with page.expect_response(lambda response: "UpdateProfile" in (response.request.post_data or "")):
        page.get_by_role("switch", name=re.compile("The next episode")).uncheck()
    expect(page.get_by_text("Saved")).to_be_visible()

    page.reload()
    expect(page.get_by_label("Subtitles", exact=True)).to_have_value("de")
    expect(page.get_by_role("switch", name=re.compile("The next episode"))).not_to_be_checked()
    line = page.get_by_test_id("caption-sample").locator("p")
    assert line.evaluate("p => getComputedStyle(p).color").startswith("color(srgb 1 1 0")
    assert "rgb(0, 0, 0)" in line.evaluate("p => getComputedStyle(p).textShadow")


def test_the_profile_chooses_the_language(open_browser: Open) -> None:
    page = open_browser()
    sign_up(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/account")
    page.get_by_text("Deutsch").click()
    expect(page.get_by_role("heading", name="Konto", level=1)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.reload()
    expect(page.get_by_role("heading", name="Konto", level=1)).to_be_visible()

    page.get_by_role("button", name="Abmelden").first.click()
    expect(page.get_by_role("heading", name="The lights go down.")).to_be_visible()


@pytest.mark.parametrize("locale", ["en-XA", "ar-XB"])
def test_long_words_and_the_other_direction_break_no_page_of_a_small_phone(
    open_browser: Open, locale: str
) -> None:
    page = open_browser(locale=locale, viewport={"width": 320, "height": 640})
    for path in ("/", "/login", "/signup", "/reset-password"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate(OVERFLOW) <= 0, path
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if locale == "ar-XB" else "ltr")
    # The profile's language would stand before the browser's.
    page.route(
        "**/graphql/",
        lambda route: route.continue_(
            post_data=(route.request.post_data or "").replace('"language":"en"', f'"language":"{locale}"')
        ),
    )
    sign_up(page, "Bartholomäus der Ältere")
    expect(page.locator("html")).to_have_attribute("lang", locale)
    for path in (
        "/account",
        "/account/watching",
        "/account/devices",
        "/account/security",
        "/account/data",
        "/profiles",
        "/profiles/manage",
        "/profiles/new",
        "/device",
        "/my-list",
    ):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert page.evaluate(OVERFLOW) <= 0, path
