"""The player as people use it, in a real browser, with a real film."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.client import Client
from tests.e2e.leftovers import COUNT_INTERVALS, leftovers
from tests.e2e.product import Product
from tests.e2e.series import INTRO, Series, put_in_series, with_everything
from tests.e2e.watcher import SEGMENT, WAIT_MS, Gate, Watcher

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def series(operator: Client, clip: Path, tmp_path_factory: pytest.TempPathFactory) -> Series:
    source = with_everything(clip, tmp_path_factory.mktemp("series"))
    return put_in_series(operator, source, "The rabbit, in parts")


@pytest.fixture
def newcomer(browser: Browser, product: Product) -> Iterator[Callable[..., Watcher]]:
    """Makes people with a page each; their contexts take Playwright's options."""
    contexts = []

    def make(**options: Any) -> Watcher:
        context = browser.new_context(
            **{"base_url": product.address, "viewport": {"width": 1280, "height": 720}, **options}
        )
        contexts.append(context)
        return Watcher(context.new_page(), product.address)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def alma(newcomer: Callable[..., Watcher]) -> Watcher:
    watcher = newcomer()
    watcher.sign_up()
    return watcher


def test_every_key_does_what_the_list_of_keys_says(alma: Watcher, series: Series) -> None:
    page = alma.page
    alma.watch(series.videos[0], 1)
    page.keyboard.press("k")
    alma.wait_for("v.paused")
    page.keyboard.press("Space")
    alma.wait_for("!v.paused")
    page.keyboard.press("k")
    alma.wait_for("v.paused")

    for key, expected in (
        ("5", 30.0),
        ("l", 40.0),
        ("j", 30.0),
        ("ArrowRight", 35.0),
        ("ArrowLeft", 30.0),
        ("0", 0),
    ):
        page.keyboard.press(key)
        alma.wait_for("Math.abs(v.currentTime - arg) < 0.2", expected)
    expect(page.get_by_test_id("seek-preview")).to_be_visible()

    page.keyboard.press("m")
    alma.wait_for("v.muted")
    page.keyboard.press("m")
    page.keyboard.press("ArrowDown")
    alma.wait_for("!v.muted && Math.abs(v.volume - 0.95) < 0.001")
    page.keyboard.press(">")
    alma.wait_for("v.playbackRate === 1.25")
    page.keyboard.press("<")
    alma.wait_for("v.playbackRate === 1")
    shown = "[...v.textTracks].filter((t) => t.mode === 'showing').length"
    before = alma.read(shown)
    page.keyboard.press("c")
    alma.wait_for(f"{shown} !== arg", before)
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement === null")
    page.keyboard.press("i")
    expect(page.get_by_test_id("figures")).to_contain_text("hls.js")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("figures")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(f"/title/{series.slug}$"))


def test_the_bar_shows_what_is_where_and_goes_there(alma: Watcher, series: Series) -> None:
    page = alma.page
    alma.watch(series.videos[0], 1)
    alma.read("v.pause()")
    bar = page.get_by_test_id("seek-bar")
    expect(page.locator(".seek-marker")).to_have_count(2)
    expect(page.locator(".seek-chapter")).to_have_count(2)
    box = bar.bounding_box()
    assert box
    preview = page.get_by_test_id("seek-preview")
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2)
    expect(preview).to_contain_text("0:30")
    expect(preview).to_contain_text("The apple")
    picture = preview.locator(".preview-frame > div")
    here = picture.evaluate("(it) => it.style.backgroundImage + it.style.backgroundPosition")
    assert "/storyboard/" in here
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    expect(preview).to_contain_text("Three rascals")
    assert picture.evaluate("(it) => it.style.backgroundImage + it.style.backgroundPosition") != here

    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    alma.wait_for("Math.abs(v.currentTime - 15) < 1")
    bar.focus()
    page.keyboard.press("ArrowRight")
    alma.wait_for("Math.abs(v.currentTime - 20) < 1.5")
    expect(preview).to_be_visible()

    page.get_by_role("button", name="Chapters").click()
    page.get_by_role("menuitemradio", name="Three rascals").click()
    alma.wait_for("Math.abs(v.currentTime - 40) < 0.5")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Chapters")).to_be_focused()

    page.get_by_role("button", name="Quality").click()
    expect(page.get_by_role("menuitemradio")).to_have_text(
        [re.compile("Automatic"), re.compile("^360p"), re.compile("^240p")]
    )
    page.get_by_role("menuitemradio", name="240p").click()
    page.keyboard.press("Escape")
    alma.read("v.play()")
    alma.wait_for("v.videoHeight === 240")


def test_an_intro_is_skipped_and_the_next_episode_begins_at_the_credits_unless_one_declines(
    alma: Watcher, series: Series
) -> None:
    page = alma.page
    alma.watch(series.videos[0], 0.3)
    alma.read(f"v.currentTime = {INTRO[0] + 1}")
    page.get_by_role("button", name="Skip intro").click()
    alma.wait_past(INTRO[1] - 0.1)
    expect(page.get_by_role("button", name="Skip intro")).to_have_count(0)

    alma.read(f"v.currentTime = {series.credits_at + 0.5}")
    card = page.get_by_test_id("next-card")
    expect(card).to_contain_text("Part 2")
    card.get_by_role("button", name="Watch the credits").click()
    expect(card).to_have_count(0)
    expect(page.get_by_role("button", name="Next episode").first).to_be_visible()

    # Whoever goes back is asked anew; and now nobody declines.
    alma.read("v.currentTime = 20")
    expect(page.locator(".skip")).to_have_count(0)
    alma.read(f"v.currentTime = {series.credits_at + 0.5}")
    page.wait_for_url(f"**/watch/{series.videos[1]}", timeout=WAIT_MS)
    alma.wait_past(0.3)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Part 2")

    page.mouse.move(400, 300)
    page.get_by_role("button", name="Episodes").click()
    panel = page.get_by_role("dialog", name="Episodes")
    expect(panel.locator("[aria-current]")).to_contain_text("Part 2")
    panel.get_by_role("button", name=re.compile("Part 3")).click()
    page.wait_for_url(f"**/watch/{series.videos[2]}", timeout=WAIT_MS)
    alma.wait_past(0.3)
    expect(panel).to_have_count(0)


def test_subtitles_look_as_this_profile_likes_them(alma: Watcher, series: Series) -> None:
    page = alma.page
    alma.watch(series.videos[0], 0.3)
    page.mouse.move(400, 300)
    tracks = page.get_by_role("button", name="Audio and subtitles")
    tracks.click()
    page.get_by_role("menuitemradio", name="German").first.click()
    page.get_by_role("group", name="Subtitles").get_by_role("menuitemradio", name="German").click()
    alma.wait_for(
        "[...v.textTracks].some((t) => t.mode === 'showing' && t.activeCues?.[0]?.text.startsWith('Ein Hase'))"
    )
    page.get_by_role("menuitem", name="Looks of subtitles").click()
    looks = page.get_by_role("dialog", name="Looks of subtitles")
    looks.get_by_text("Large", exact=True).click()
    looks.get_by_title("Yellow").click()
    looks.get_by_text("Outline", exact=True).click()
    colour = "getComputedStyle(document.querySelector('.room')).getPropertyValue('--cue-colour').includes('#ffff00')"
    large = "getComputedStyle(document.querySelector('.room')).getPropertyValue('--cue-size') === '150%'"
    alma.wait_for(f"{colour} && {large}")
    page.keyboard.press("Escape")
    expect(tracks).to_be_focused()

    page.reload()
    alma.wait_past(0.3)
    alma.wait_for(f"{colour} && {large}")
    alma.wait_for("[...v.textTracks].some((t) => t.mode === 'showing' && t.language.startsWith('de'))")

    alma.be("Bela")
    page.reload()
    alma.wait_past(0.3)
    alma.wait_for(f"!({colour}) && !({large})")
    alma.wait_for("v.textTracks.length && [...v.textTracks].every((t) => t.mode !== 'showing')")


def test_controls_fade_and_never_under_a_finger_that_tabs(alma: Watcher, series: Series) -> None:
    page = alma.page
    alma.watch(series.videos[0], 0.3)
    page.mouse.move(300, 300)
    alma.wait_until_awake(awake=False)
    page.mouse.move(320, 300)
    alma.wait_until_awake()
    page.get_by_test_id("play-button").focus()
    page.keyboard.press("Tab")
    page.wait_for_timeout(3_200)
    assert alma.awake


def test_a_stream_that_is_ended_in_mid_play_is_taken_up_again_without_a_break(
    alma: Watcher, series: Series
) -> None:
    gate = Gate(alma.page, 3)
    alma.watch(series.videos[0], 1)
    alma.note_breaks()
    alma.ask("StopPlayback", sessionId=alma.streams[0])
    gate.open()
    alma.wait_for("v.buffered.length && v.buffered.end(0) > 25")
    assert len(alma.streams) == 2
    alma.wait_past(alma.at + 1)
    assert alma.breaks == []
    expect(alma.page.get_by_role("alert")).to_have_count(0)

    # How it ran was told to the first stream, with the refusal in it.
    status, body = alma.told[0]
    assert status == 204
    told = json.loads(body)["events"]
    assert {"START", "SWITCH", "PLAYED", "ERROR"} <= {event["type"] for event in told}
    assert [e["code"] for e in told if e["type"] == "ERROR"] == ["FORBIDDEN"]


def test_twenty_seconds_without_a_network_and_it_goes_on_by_itself(alma: Watcher, series: Series) -> None:
    page = alma.page
    gate = Gate(page, 1)
    alma.watch(series.videos[0], 1)
    page.context.set_offline(True)
    gate.open()
    notice = page.get_by_role("status").filter(has_text="The connection is gone")
    expect(notice).to_be_visible(timeout=WAIT_MS)
    stood = alma.at
    assert 6 < stood < 9
    page.wait_for_timeout(12_000)
    assert alma.at < stood + 1
    page.context.set_offline(False)
    alma.wait_past(stood + 2)
    expect(notice).to_have_count(0)
    assert len(alma.streams) == 1
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_server_that_asks_for_patience_gets_it(alma: Watcher, series: Series) -> None:
    asked: list[float] = []

    def busy(route: Any) -> None:
        asked.append(alma.page.evaluate("performance.now()"))
        route.fulfill(status=503, headers={"Retry-After": "3"})

    alma.page.route(SEGMENT, busy)
    alma.page.goto(f"/watch/{series.videos[0]}")
    expect(alma.page.get_by_role("status").filter(has_text="The server is busy")).to_be_visible(
        timeout=WAIT_MS
    )
    first = len(asked)
    alma.page.unroute(SEGMENT)
    alma.wait_past(1)
    # One piece of picture and one of sound, and nobody asked again in those three seconds.
    assert first <= 3


def test_one_goes_on_where_one_stopped_on_whatever_device(
    alma: Watcher, newcomer: Callable[..., Watcher], series: Series
) -> None:
    alma.watch(series.videos[0], 0.3)
    alma.page.keyboard.press("5")
    alma.wait_past(31)
    alma.page.keyboard.press("k")
    stopped = alma.at
    state = alma.page.context.storage_state()
    alma.page.goto("about:blank")

    other = newcomer(storage_state=state)
    other.watch(series.videos[0], stopped - 5)
    other.read("v.pause()")
    assert abs(other.at - stopped) < 5


def test_with_every_place_taken_one_sees_who_holds_them_and_can_take_one(
    alma: Watcher, series: Series
) -> None:
    page = alma.page
    for number in range(10):
        taken = alma.ask(
            "StartPlayback",
            videoId=series.videos[0],
            deviceName=f"Television {number}",
            deviceId=f"tv{number}",
        )
        if taken["errors"]:
            break
    page.goto(f"/watch/{series.videos[1]}")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Television 0")
    expect(dialog).to_contain_text("Alma")
    row = dialog.get_by_role("listitem").filter(has_text="Television 0")
    row.get_by_role("button").click()
    alma.wait_past(0.5)
    expect(dialog).to_have_count(0)


def test_a_finger_shows_jumps_and_drags(newcomer: Callable[..., Watcher], series: Series) -> None:
    alma = newcomer(viewport={"width": 844, "height": 390}, has_touch=True, is_mobile=True)
    alma.sign_up()
    page = alma.page
    alma.watch(series.videos[0], 0.3)
    alma.pause_at(20)
    alma.read("v.play()")
    alma.wait_until_awake(awake=False)
    page.touchscreen.tap(420, 120)
    alma.wait_until_awake()

    alma.pause_at(20)
    page.touchscreen.tap(760, 120)
    page.touchscreen.tap(760, 120)
    alma.wait_for("Math.abs(v.currentTime - 30) < 0.5")

    alma.pause_at(20)
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[int, int]) -> None:
        finger.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
        )

    touch("touchStart", (300, 120))
    for x in range(320, 512, 16):
        touch("touchMove", (x, 121))
    expect(page.get_by_test_id("seek-preview")).to_be_visible()
    touch("touchEnd")
    # A quarter of the screen is a quarter of a film that is shorter than three minutes.
    alma.wait_for("Math.abs(v.currentTime - 35) < 2.5")


def test_fifty_changes_of_route_leave_no_player_behind_and_memory_flat(alma: Watcher, series: Series) -> None:
    page = alma.page
    page.add_init_script(COUNT_INTERVALS)
    page.goto(f"/title/{series.slug}")
    play = page.get_by_role("link", name=re.compile("^(Play|Resume)")).first

    def there_and_back() -> None:
        play.click()
        alma.wait_for("v.currentSrc.startsWith('blob:')")
        page.keyboard.press("Escape")
        play.wait_for()

    session = page.context.new_cdp_session(page)
    for _ in range(6):
        there_and_back()
    before = leftovers(page, session)
    for _ in range(19):
        there_and_back()
    page.wait_for_function("() => document.querySelectorAll('.room').length === 0")
    after = leftovers(page, session)

    # React may still hold on to what it drew last; nineteen would be a leak.
    assert after.videos <= before.videos + 1
    assert (after.sources, after.contexts) <= (1, 1)
    assert after.intervals <= before.intervals
    # Nineteen players would be thousands of nodes, hundreds of listeners and tens of megabytes.
    assert after.listeners < before.listeners + 60
    assert after.nodes < before.nodes + 300
    assert after.heap < before.heap + 3_000_000
