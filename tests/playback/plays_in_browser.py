"""`plays_in_browser.py CHROMIUM ADDRESS PLAYLIST HLS`: plays a media playlist of a site by hls.js, and prints as JSON what happened."""

import json
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PAGE = "<!doctype html><title>hls.js</title><video muted width=320></video><script src='/hls.js'></script>"
PLAY = """async (playlist) => {
  const video = document.querySelector("video");
  const faults = [];
  const hls = new Hls();
  hls.on(Hls.Events.ERROR, (_, data) => data.fatal && faults.push(String(data.details)));
  hls.loadSource(playlist);
  hls.attachMedia(video);
  const until = performance.now() + 60000;
  const bufferedTo = () => (video.buffered.length ? video.buffered.end(0) : 0);
  video.play().catch(() => undefined);
  while (performance.now() < until && !faults.length && !(video.currentTime > 1 && bufferedTo() > 7)) {
    await new Promise((done) => setTimeout(done, 100));
  }
  return {
    faults, at: video.currentTime, buffered: bufferedTo(),
    frames: video.getVideoPlaybackQuality().totalVideoFrames, height: video.videoHeight,
  };
}"""


def main(chromium: str, address: str, playlist: str, hls: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"],
        )
        page = browser.new_page(base_url=address)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        # A page of the stream's own origin, since other origins are not invited.
        page.route("**/hls-test", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
        page.route("**/hls.js", lambda route: route.fulfill(path=Path(hls), content_type="text/javascript"))
        page.goto("/hls-test")
        seen = page.evaluate(PLAY, playlist)
        browser.close()
    print(json.dumps({**seen, "asked": asked}))


if __name__ == "__main__":
    main(*sys.argv[1:])
