"""The REST part's description, and its page: everything on it is ours."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django.live_server_helper import LiveServer

from tests.servers.browser import find_chromium

PROGRAM = Path(__file__).with_name("page_in_browser.py")
ADDRESSES = re.compile(rb"https?://([a-zA-Z0-9.-]+)")


def whole(response: Any) -> bytes:
    return bytes(response.content if not response.streaming else b"".join(response))


@pytest.mark.django_db
def test_the_page_works_under_our_policy_and_names_no_other_host(client: Client) -> None:
    page = client.get("/api/docs/")
    html = page.content.decode()
    files = re.findall(r"(?:src|href)=\"([^\"]+)\"", html)

    assert page.status_code == 200
    assert "'unsafe-inline'" not in page["Content-Security-Policy"]
    assert not re.search(r"<script>|<script [^>]*>[^<]|<style|style=|\son\w+=", html)
    assert len(files) == 5
    files.remove("/favicon.ico")
    for address in files:
        assert not urlsplit(address).netloc, address
        served = client.get(address.replace(escape("&"), "&"))
        assert served.status_code == 200, address
        kind = served["Content-Type"].partition(";")[0]
        assert kind in ("text/css", "text/javascript", "application/javascript")
        assert len(whole(served)) > 1000
        served.close()
    script = whole(client.get(files[-1].replace(escape("&"), "&")))
    assert b"/api/schema/" in script
    assert b'validatorUrl": null' in script
    assert ADDRESSES.findall(script) == []


@pytest.mark.django_db(transaction=True)
def test_a_browser_shows_the_page_and_asks_nobody_else(live_server: LiveServer) -> None:
    address = f"{live_server.url}/api/docs/"

    done = subprocess.run(
        [sys.executable, str(PROGRAM), find_chromium(), address, "/api/uploads/"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    # What begins with `data:` stands in the style sheet itself.
    assert [url for url in seen["asked"] if not url.startswith((f"{live_server.url}/", "data:"))] == []
    assert f"{live_server.url}/api/schema/" in seen["asked"]
    assert seen["faults"] == []


@pytest.mark.django_db
def test_every_operation_of_the_rest_part_says_what_it_is_and_how_it_fails(client: Client) -> None:
    described: dict[str, Any] = client.get("/api/schema/?format=json").json()

    assert described["openapi"].startswith("3.")
    for path, verbs in described["paths"].items():
        for verb, operation in verbs.items():
            if verb != "parameters":
                assert operation.get("summary") or operation.get("description"), (path, verb)
                assert any(status >= "400" for status in operation["responses"]), (path, verb)
