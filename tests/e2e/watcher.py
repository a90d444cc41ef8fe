"""Somebody who watches in a real browser, and what a test may do to their network."""

import re
import secrets
from typing import Any

from playwright.sync_api import Page, Response, Route

from tests.documents import document

SEGMENT = re.compile(r"/stream/.*/(\d{5})\.m4s")
WAIT_MS = 45_000
AWAKE = "document.querySelector('.stage').hasAttribute('data-awake')"


class Gate:
    """Lets pieces of a film through up to a number (of four seconds each), and keeps the later ones until it opens."""

    def __init__(self, page: Page, last: int) -> None:
        self._last = last
        self._held: list[Route] = []
        page.route(SEGMENT, self._come)

    def _come(self, route: Route) -> None:
        found = SEGMENT.search(route.request.url)
        if found and int(found[1]) > self._last:
            self._held.append(route)
        else:
            route.continue_()

    @property
    def is_asked(self) -> bool:
        """Whether somebody waits before it."""
        return bool(self._held)

    def open(self) -> None:
        self._last = 10**6
        held, self._held = self._held, []
        for route in held:
            route.continue_()


class Watcher:
    """One person with one page. Times are seconds of the film."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        #: Ids of the streams that the page has started, in order.
        self.streams: list[str] = []
        #: Status and events of each batch that was told of how the film runs.
        self.told: list[tuple[int, str]] = []
        page.set_default_timeout(WAIT_MS)
        page.on("response", self._answered)

    def _answered(self, answer: Response) -> None:
        sent = answer.request.post_data or ""
        if answer.url.endswith("/quality"):
            self.told.append((answer.status, sent))
        if answer.url.endswith("/graphql/") and "mutation StartPlayback" in sent:
            session = answer.json()["data"]["startPlayback"]["session"]
            if session:
                self.streams.append(session["id"])

    def ask(self, name: str, /, **values: Any) -> dict[str, Any]:
        """The payload of one mutation of the contract, as the person of this page's cookies."""
        cookies = {cookie["name"]: cookie["value"] for cookie in self.page.context.cookies()}
        answer = self.page.request.post(
            f"{self.address}/graphql/",
            data={"query": document(name), "variables": {"input": values}},
            headers={"X-CSRFToken": cookies["csrftoken"], "Origin": self.address},
        ).json()
        assert "errors" not in answer, answer
        (payload,) = answer["data"].values()
        return dict(payload)

    def sign_up(self, profile: str = "Alma") -> str:
        """A new account with one profile, which is active; answers its password."""
        self.page.request.get(f"{self.address}/login")
        password = secrets.token_urlsafe(12)
        self.email = f"{secrets.token_hex(4)}@e2e.example"
        assert self.ask("SignUp", email=self.email, password=password, transport="COOKIE")["errors"] == []
        self.be(profile)
        return password

    def be(self, profile: str) -> None:
        """Makes a profile and becomes it."""
        made = self.ask("CreateProfile", name=profile)["profile"]
        self.ask("ActivateProfile", profileId=made["id"])

    def watch(self, video_id: str, past: float = 0.3) -> None:
        """Opens the film and waits until it runs."""
        self.page.goto(f"/watch/{video_id}")
        self.wait_past(past)

    def wait_past(self, seconds: float) -> None:
        """Waits until the film stands past `seconds`, with a picture decoded there."""
        self.wait_for("v.currentTime > arg && v.readyState >= 2", seconds)

    def wait_for(self, condition: str, arg: Any = None) -> None:
        """Waits for a condition on the video element `v` and `arg`."""
        self.page.wait_for_function(
            f"(arg) => {{ const v = document.querySelector('video'); return v && ({condition}); }}",
            arg=arg,
            timeout=WAIT_MS,
        )

    def read(self, expression: str) -> Any:
        """The value of an expression on the video element `v`."""
        return self.page.evaluate(
            f"(() => {{ const v = document.querySelector('video'); return {expression}; }})()"
        )

    @property
    def at(self) -> float:
        return float(self.read("v.currentTime"))

    def pause_at(self, seconds: float) -> None:
        """Goes to a place as a program would, without a press, and stands still there."""
        self.read("v.pause()")
        self.read(f"v.currentTime = {seconds}")
        self.wait_for("!v.seeking && v.readyState >= 2")

    def note_breaks(self) -> None:
        """From here on `breaks` counts whatever a viewer would notice."""
        self.page.evaluate(
            "() => { window.breaks = []; const v = document.querySelector('video');"
            " for (const kind of ['waiting', 'seeking', 'pause', 'emptied'])"
            " v.addEventListener(kind, () => window.breaks.push(kind)); }"
        )

    @property
    def breaks(self) -> list[str]:
        return list(self.page.evaluate("window.breaks"))

    @property
    def awake(self) -> bool:
        """Whether the controls are seen."""
        return bool(self.page.evaluate(AWAKE))

    def wait_until_awake(self, *, awake: bool = True) -> None:
        """Waits until the controls are seen, or are not."""
        self.page.wait_for_function(f"(arg) => ({AWAKE}) === arg", arg=awake)
