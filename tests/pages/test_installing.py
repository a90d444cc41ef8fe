"""Installable under the installation's own name; what a browser keeps of the app is nobody's."""

import re
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from tests.people import Person
from vod.settings.core import BASE_DIR


def test_the_manifest_has_what_browsers_want_to_install(client: Client, settings: Settings) -> None:
    settings.SITE_NAME = "The Small Cinema"
    response = client.get("/manifest.webmanifest")
    said = response.json()

    assert response["Content-Type"] == "application/manifest+json"
    assert (said["name"], said["short_name"]) == ("The Small Cinema", "The Small Ci")
    assert (said["start_url"], said["scope"], said["display"]) == ("/", "/", "standalone")
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    for icon in said["icons"]:
        file = BASE_DIR / "frontend" / "public" / icon["src"].removeprefix("/static/app/")
        if icon["type"] == "image/png":
            with Image.open(file) as drawn:
                assert f"{drawn.width}x{drawn.height}" == icon["sizes"]
        else:
            assert file.is_file()


@pytest.mark.django_db
def test_the_page_that_browsers_keep_is_the_same_for_everybody(client: Client, owner: Person) -> None:
    client.force_login(owner.user)
    known = client.get("/offline/")
    stranger = Client().get("/offline/")

    assert known.content == stranger.content
    assert "first-answers" not in known.content.decode()
    # All of its languages, so that it says in one's own that there is no network.
    for language in ("de", "en"):
        assert f'href="/static/app/assets/{language}-abcdefgh.js"' in known.content.decode()
    assert "Set-Cookie" not in known.headers
    assert not known.cookies


def test_the_worker_names_the_build_and_changes_with_it(client: Client, built: Path) -> None:
    (built / "sw.js").write_text('const build = "__BUILD__";', encoding="utf-8")
    first = client.get("/sw.js")
    assert first["Content-Type"] == "text/javascript; charset=utf-8"
    assert first["Cache-Control"] == "no-cache"
    assert re.fullmatch(r'const build = "[0-9a-f]{16}";', first.content.decode())
    assert client.get("/sw.js").content == first.content

    page = built / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("abcdefgh", "ijklmnop"), encoding="utf-8")
    assert client.get("/sw.js").content != first.content


@pytest.mark.parametrize("path", ["/", "/offline/", "/sw.js"])
def test_an_app_that_is_not_built_says_how_to_build_it(client: Client, built: Path, path: str) -> None:
    (built / "index.html").unlink()
    response = client.get(path)
    assert response.status_code == 503
    assert "make run" in response.content.decode()
