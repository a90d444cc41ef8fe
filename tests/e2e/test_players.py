"""Players that are not ours play the stream too: the address is all they need."""

import pytest
from playwright.sync_api import Browser

from tests.e2e.client import Client
from tests.e2e.film import Film
from tests.e2e.product import ROOT, Product

pytestmark = pytest.mark.e2e

SHAKA = ROOT / "frontend" / "node_modules" / "shaka-player" / "dist" / "shaka-player.compiled.js"
PAGE = "<!doctype html><title>Shaka</title><video muted width=640></video><script src='/shaka.js'></script>"
PLAY = """async (manifest) => {
  const video = document.querySelector("video");
  const player = new shaka.Player();
  const mistakes = [];
  player.addEventListener("error", (event) => mistakes.push(String(event.detail)));
  await player.attach(video);
  await player.load(manifest);
  const heights = [...new Set(player.getVariantTracks().map((track) => track.height))].sort((a, b) => a - b);
  video.playbackRate = 8;
  await video.play();
  await new Promise((done) => video.addEventListener("ended", done));
  const quality = video.getVideoPlaybackQuality();
  return { heights, mistakes, duration: video.duration, at: video.currentTime, frames: quality.totalVideoFrames };
}"""


def test_shaka_player_plays_the_stream_from_end_to_end(
    product: Product, viewer: Client, film: Film, browser: Browser
) -> None:
    session = viewer.change("StartPlayback", videoId=film.video_id, deviceName="Shaka Player")["session"]
    context = browser.new_context(base_url=product.address)
    page = context.new_page()
    # A page of the stream's own origin, since other origins are not invited.
    page.route("**/shaka-test", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.route("**/shaka.js", lambda route: route.fulfill(path=SHAKA, content_type="text/javascript"))
    page.goto("/shaka-test")

    seen = page.evaluate(PLAY, session["manifestUrl"])

    ladder = sorted(r["height"] for r in film.seen[-1]["renditions"] if r["kind"] == "VIDEO")
    context.close()
    assert seen["mistakes"] == []
    assert seen["heights"] == ladder
    assert seen["duration"] == pytest.approx(film.seconds, abs=0.1)
    assert seen["at"] == pytest.approx(film.seconds, abs=0.1)
    assert seen["frames"] > 0
