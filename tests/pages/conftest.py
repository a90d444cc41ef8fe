"""A built app to serve: small, but with everything that the server looks for in one."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta name="site-name" content="Lantern" />
    <title>Lantern</title>
    <script type="module" crossorigin src="/static/app/assets/index-abcdefgh.js"></script>
  </head>
  <body>
    <div id="root"></div>
  </body>
</html>
"""
MANIFEST = {
    "src/locales/de.po": {"file": "assets/de-abcdefgh.js"},
    "src/locales/en.po": {"file": "assets/en-abcdefgh.js"},
    "src/app/FrontDoor.tsx": {"file": "assets/FrontDoor-abcdefgh.js"},
    "src/features/title/TitlePage.tsx": {"file": "assets/TitlePage-abcdefgh.js"},
}


@pytest.fixture(autouse=True)
def built(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / ".vite").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / ".vite" / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    settings.FRONTEND_DIST = folder
    return folder
