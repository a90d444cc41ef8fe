"""A browser that calls allauth's JSON as the web app does: cookies, CSRF token, paths below `/_allauth/browser/v1`."""

from typing import Any

from django.test import Client

from tests.people import PASSWORD

ROOT = "/_allauth/browser/v1"


class Browser:
    """One browser. `call` answers the status and the parsed body."""

    def __init__(self, **headers: str) -> None:
        self.client = Client()
        self.headers = headers

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, Any]]:
        if "csrftoken" not in self.client.cookies:
            self.client.get(f"{ROOT}/config")
        token = self.client.cookies["csrftoken"].value
        sent: Any = self.client.generic(
            method,
            f"{ROOT}{path}",
            "" if body is None else self.client._encode_json(body, "application/json"),  # type: ignore[attr-defined]
            content_type="application/json",
            HTTP_X_CSRFTOKEN=token,
            **{**self.headers, **headers},  # type: ignore[arg-type]
        )
        return sent.status_code, sent.json()

    def sign_in(
        self, email: str = "olive@example.org", password: str = PASSWORD
    ) -> tuple[int, dict[str, Any]]:
        return self.call("POST", "/auth/login", {"email": email, "password": password})

    def prove(self, password: str = PASSWORD) -> None:
        """Says the password again, as changes of address and of second factors want it."""
        assert self.call("POST", "/auth/reauthenticate", {"password": password})[0] == 200

    @property
    def is_signed_in(self) -> bool:
        return self.call("GET", "/auth/session")[0] == 200


def signed_in(email: str = "olive@example.org", **headers: str) -> Browser:
    """A browser in which that account has signed in by its password."""
    browser = Browser(**headers)
    status, body = browser.sign_in(email)
    assert status == 200, body
    return browser


def codes(body: dict[str, Any]) -> list[tuple[str | None, str]]:
    """What was wrong with an input, as pairs of its name and a code."""
    return [(error.get("param"), error["code"]) for error in body["errors"]]


def flows(body: dict[str, Any]) -> list[str]:
    """What is wanted before one is signed in."""
    return [flow["id"] for flow in body["data"]["flows"]]
