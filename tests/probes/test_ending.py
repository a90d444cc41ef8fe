"""The web role at TERM: it says that it leaves, answers what is in hand, and ends."""

import json
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.probes.seen import values
from tests.servers.deployed import Deployed

_SLOW = """
import time
from vod.wsgi import application as lantern

def application(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(1.2)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"whole"]
    return lantern(environ, start_response)
"""


def test_it_counts_together_leaves_slowly_and_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "slow_application.py").write_text(_SLOW)
    web = Deployed(
        tmp_path,
        application="slow_application:application",
        WEB_PROCESSES="2",
        WEB_LEAVE_SECONDS="3",
        WEB_GRACE_SECONDS="20",
        LOG_FORMAT="json",
    )
    try:
        for _ in range(10):
            web.get("/favicon.ico")
        counted = values(web.get("/metrics")[1])
        assert (
            counted[
                ("lantern_requests_total", (("method", "GET"), ("route", "favicon.ico"), ("status", "3xx")))
            ]
            == 10
        )

        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(web.get, "/slow")
            time.sleep(0.3)
            os.kill(web.process.pid, signal.SIGTERM)
            time.sleep(0.2)
            ready = web.get("/readyz")
            page = web.get("/favicon.ico")
            answered = slow.result()
        ended = web.process.wait(20)

        assert (ready[0], json.loads(ready[1])) == (503, {"process": "leaving"})
        assert page[0] == 301
        assert answered == (200, b"whole")
        assert ended == 0
        said = [json.loads(line) for line in web.log().splitlines()]
        (told,) = {line["path"] for line in said if line["logger"] == "vod.lib.requests"}
        assert told == "/favicon.ico"
    finally:
        web.stop()


def test_a_setting_that_is_wrong_ends_the_start_with_its_sentence(tmp_path: Path) -> None:
    try:
        web = Deployed(tmp_path, VOD_ENV="production", SECRET_KEY="short")
    except RuntimeError as refused:
        said = str(refused)
    else:
        web.stop()
        raise AssertionError("it started")

    assert "SECRET_KEY has 5 characters" in said
    assert "Traceback" not in said
