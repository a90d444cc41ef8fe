"""`.venv/bin/python frontend/scripts/icons.py`: the app's icons, drawn from public/favicon.svg by Chromium.

Run it when the drawing has changed. Icons that a system cuts to its own shape have the drawing within the circle of
four fifths that stays whatever the shape (W3C's manifest, "maskable").
"""

import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

PUBLIC = Path(__file__).resolve().parents[1] / "public"
GROUND = "#12151d"
#: Name, pixels, and the share of the side that the drawing takes; 1 keeps its own rounded ground.
ICONS = (
    ("icon-180.png", 180, 0.86),
    ("icon-192.png", 192, 1),
    ("icon-512.png", 512, 1),
    ("icon-maskable-512.png", 512, 0.74),
)


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is missing; make test installs it where it may.")
    drawing = (PUBLIC / "favicon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, side, share in ICONS:
            page = browser.new_page(viewport={"width": side, "height": side})
            ground = "transparent" if share == 1 else GROUND
            page.set_content(
                f"<style>body{{margin:0;height:100vh;display:grid;place-items:center;background:{ground}}}"
                f"svg{{width:{share:.0%};height:{share:.0%};display:block}}</style>{drawing}"
            )
            page.screenshot(path=PUBLIC / name, omit_background=True)
            page.close()
            with Image.open(PUBLIC / name) as drawn:
                drawn.quantize(128, Image.Quantize.FASTOCTREE).save(PUBLIC / name, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
