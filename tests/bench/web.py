"""The web app on a phone over slow 4G with a slow processor: Lighthouse's judgement, and what people wait for."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.bench import report
from tests.e2e.client import Client, wait_until
from tests.e2e.product import OPERATOR, Product, running_product
from tests.e2e.visitor import Household, choose_profile, new_household, sign_in
from tests.servers.browser import ARGUMENTS, find_chromium

LIGHTHOUSE = Path(__file__).with_name("lighthouse")
READY_SECONDS = 900
FILM = "big-buck-bunny"
# Lighthouse's own slow 4G, as the browser's tools apply it: milliseconds for a request, bytes a second.
SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1474.56 * 1024 / 8,
    "uploadThroughput": 675 * 1024 / 8,
}
SLOWER = 4
PHONE = {"width": 412, "height": 823}

# Largest picture and shift as browsers report them; the slowest answer to a press, of those that took a frame or more.
OBSERVE = """
window.seen = { picture: 0, shift: 0, press: 0 };
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.seen.picture = one.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.seen.shift += one.value;
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  for (const one of list.getEntries())
    if (one.interactionId) window.seen.press = Math.max(window.seen.press, one.duration);
}).observe({ type: "event", durationThreshold: 16, buffered: true });
"""

# When the last press was, and when the film's first picture was on the screen after it, as the browser says itself.
WATCH = """
addEventListener("click", () => { window.pressed = performance.now(); }, true);
addEventListener("loadstart", ({ target }) => {
  if (target.dataset.testid !== "video") return;
  target.requestVideoFrameCallback((_, frame) => { window.first ??= frame.presentationTime; });
}, true);
"""


@dataclass(frozen=True)
class Judged:
    """Medians of a page over several runs: Lighthouse's scores out of 100; seconds, and a share, as browsers measure."""

    path: str
    scores: dict[str, float]
    picture: float
    shift: float
    press: float


def run(folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/web.md, answer the figures with their bounds."""
    _install()
    with running_product(folder / "home", VOD_DEMO="1") as product, sync_playwright() as playwright:
        _wait_until_made(product)
        household = new_household(product)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        judged = [_judge(browser, product, household, path, runs) for path in ("/", f"/title/{FILM}")]
        first = {
            name: _first_frame(browser, product, household, runs=runs * 2 + 1, slow=slow)
            for name, slow in (("locally", False), ("slow 4G", True))
        }
        browser.close()
    return _report(judged, first)


def _install() -> None:
    """Lighthouse as its lock file says, in a folder of its own: nobody needs it but this."""
    npm = shutil.which("npm")
    assert npm, "npm is missing; make bench brings it"
    subprocess.run([npm, "ci", "--ignore-scripts"], cwd=LIGHTHOUSE, check=True, capture_output=True)


def _wait_until_made(product: Product) -> None:
    """Until all of the demo library is made and nothing is at work any more."""
    operator = Client(product.address)
    operator.sign_in(OPERATOR, product.password)

    def states() -> list[str]:
        return [edge["node"]["state"] for edge in operator.run("Assets", first=50)["assets"]["edges"]]

    wait_until(lambda: bool(states()) and set(states()) == {"READY"}, READY_SECONDS, "finished demo library")


def _context(browser: Browser, product: Product, household: Household) -> BrowserContext:
    context = browser.new_context(
        base_url=product.address,
        viewport=PHONE,  # type: ignore[arg-type]
        device_scale_factor=1.75,
        is_mobile=True,
        has_touch=True,
        service_workers="block",
    )
    page = context.new_page()
    sign_in(page, household.email, household.password)
    choose_profile(page, "Alma")
    page.close()
    context.add_init_script(OBSERVE)
    return context


def _slow_down(context: BrowserContext, page: Page, *, processor: int = SLOWER) -> None:
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    devtools.send("Network.emulateNetworkConditions", SLOW_4G)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": processor})


def _judge(browser: Browser, product: Product, household: Household, path: str, runs: int) -> Judged:
    context = _context(browser, product, household)
    cookies = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    seen = [_look(context, path) for _ in range(runs)]
    context.close()
    scores = [_lighthouse(product.address + path, cookies) for _ in range(runs)]
    return Judged(
        "home" if path == "/" else "title page",
        {name: statistics.median(score[name] for score in scores) for name in scores[0]},
        statistics.median(one["picture"] for one in seen) / 1000,
        statistics.median(one["shift"] for one in seen),
        statistics.median(one["press"] for one in seen) / 1000,
    )


def _look(context: BrowserContext, path: str) -> dict[str, float]:
    """One cold look at a page, and presses on what answers on the page itself."""
    page = context.new_page()
    _slow_down(context, page)
    page.goto(path)
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_load_state("networkidle")
    # Before anything is pressed: what a press brings in is no fault of the page that came.
    cold: dict[str, float] = page.evaluate("() => ({ ...window.seen })")
    for _ in range(2):
        page.get_by_role("button", name="My list").first.click()
        page.wait_for_timeout(600)
    menu = page.get_by_role("button", name="Account menu")
    for _ in range(2):
        menu.click()
        page.wait_for_timeout(400)
    seen: dict[str, float] = {**cold, "press": page.evaluate("() => window.seen.press")}
    page.close()
    return seen


def _lighthouse(address: str, cookies: dict[str, str]) -> dict[str, float]:
    asked = {
        "url": address,
        "chrome": find_chromium(),
        "headers": {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": cookies["csrftoken"],
        },
    }
    node = shutil.which("node")
    assert node, "Node is missing; make bench brings it"
    done = subprocess.run(
        [node, "run.mjs"], cwd=LIGHTHOUSE, input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    said: dict[str, Any] = json.loads(done.stdout)
    assert said["error"] is None, said["error"]
    return {name: float(score) for name, score in said["scores"].items()}


def _first_frame(browser: Browser, product: Product, household: Household, *, runs: int, slow: bool) -> float:
    """Median of seconds from the press on a title's Play to the film's first picture."""
    context = browser.new_context(base_url=product.address, viewport={"width": 1280, "height": 800})
    context.add_init_script(WATCH)
    page = context.new_page()
    sign_in(page, household.email, household.password)
    choose_profile(page, "Alma")
    took: list[float] = []
    for _ in range(runs):
        page.goto(f"/title/{FILM}")
        play = page.get_by_role("link", name="Play").or_(page.get_by_role("link", name="Resume")).first
        play.hover()
        page.wait_for_load_state("networkidle")
        if slow:
            _slow_down(context, page, processor=1)
        play.click()
        page.wait_for_function("() => window.first !== undefined", timeout=60_000)
        took.append(page.evaluate("() => window.first - window.pressed") / 1000)
    context.close()
    return statistics.median(took)


def _report(judged: Sequence[Judged], first: dict[str, float]) -> list[report.Ratio]:
    ratios = []
    for page in judged:
        ratios += [
            report.Ratio(f"{page.path}: performance", page.scores["performance"], least=95),
            report.Ratio(f"{page.path}: accessibility", page.scores["accessibility"], least=100),
            report.Ratio(f"{page.path}: best practices", page.scores["best-practices"], least=100),
            report.Ratio(f"{page.path}: largest picture, s", page.picture, most=1.8),
            report.Ratio(f"{page.path}: layout shift", page.shift, most=0.05),
            report.Ratio(f"{page.path}: slowest answer to a press, s", page.press, most=0.15),
        ]
    ratios += [
        report.Ratio("press on Play to the first picture, locally, s", first["locally"], most=0.5),
        report.Ratio("press on Play to the first picture, slow 4G, s", first["slow 4G"], most=3.0),
    ]
    table = report.Table(
        ["page", "performance", "accessibility", "best practices", "largest picture", "shift", "press"],
        [
            [
                page.path,
                *(f"{page.scores[name]:.0f}" for name in ("performance", "accessibility", "best-practices")),
                f"{page.picture:.2f} s",
                f"{page.shift:.3f}",
                f"{page.press * 1000:.0f} ms",
            ]
            for page in judged
        ],
    )
    report.write(
        "web",
        "The web app on a phone",
        words="Home and a title's page with the demo library, cold, for somebody who is signed in. Scores are "
        "Lighthouse's (mobile, simulated slow 4G, four times slower processor); largest picture (LCP), layout shift "
        "(CLS) and answers to presses (the slowest of INP's durations) are the browser's own with slow 4G (562 ms a "
        "request, 1.5 Mbit/s) and four times slower processor applied. Medians.",
        tables=[table],
        ratios=ratios,
    )
    return ratios
