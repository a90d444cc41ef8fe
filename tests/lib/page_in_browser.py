"""Opens a page in a real browser and prints as JSON what it asked for and complained of.

`python page_in_browser.py CHROMIUM ADDRESS WORDS`: waits until the words stand on the page. In a process of its own:
the browser's loop of events and the database of tests do not go together in one.
"""

import json
import sys

from playwright.sync_api import sync_playwright


def main(chromium: str, address: str, words: str) -> None:
    asked: list[str] = []
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        page.get_by_text(words, exact=True).first.wait_for()
        browser.close()
    print(json.dumps({"asked": asked, "faults": faults}))


if __name__ == "__main__":
    main(*sys.argv[1:])
