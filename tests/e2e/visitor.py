"""People at a browser: an account, profiles, and a page that they are on."""

import secrets
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.client import Client
from tests.e2e.product import Product


@dataclass(frozen=True)
class Household:
    """An account with an adult's and a child's profile; `client` is on the adult's."""

    client: Client
    email: str
    password: str
    adult: str
    child: str


def new_household(product: Product) -> Household:
    """A new account, made through the API."""
    client = Client(product.address)
    email, password = f"{secrets.token_hex(4)}@e2e.example", secrets.token_urlsafe(12)
    client.token = client.change("SignUp", email=email, password=password)["token"]
    adult = client.change("CreateProfile", name="Alma")["profile"]["id"]
    child = client.change("CreateProfile", name="Kit", isKids=True)["profile"]["id"]
    client.change("ActivateProfile", profileId=adult)
    return Household(client, email, password, adult, child)


def sign_in(page: Page, email: str, password: str) -> None:
    """Signs in by the form and waits for the page behind it."""
    page.goto("/login")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/login" not in address)


def choose_profile(page: Page, name: str) -> None:
    """From "Who is watching?" on to the start."""
    page.goto("/profiles")
    page.get_by_role("button", name=name).first.click()
    page.wait_for_url(lambda address: "/profiles" not in address)
    page.get_by_role("link", name="My list").first.wait_for()


def open_as(browser: Browser, product: Product, household: Household, name: str = "Alma") -> BrowserContext:
    """A context in which a profile of the household is on the start page; its page is `context.pages[0]`."""
    context = browser.new_context(base_url=product.address, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    sign_in(page, household.email, household.password)
    choose_profile(page, name)
    return context
