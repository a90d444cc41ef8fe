"""The view against the specification's own audits (npm graphql-http), over a real connection."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

PROGRAM = Path(__file__).with_name("graphql_http_audit.mjs")


@pytest.mark.django_db(transaction=True)
def test_all_audits_of_graphql_over_http_pass(live_server: LiveServer) -> None:
    beside_python = str(Path(sys.executable).parent)
    node = shutil.which("node", path=os.pathsep.join([beside_python, os.environ["PATH"]]))
    assert node is not None

    done = subprocess.run(
        [node, str(PROGRAM), str(settings.BASE_DIR / "frontend"), f"{live_server.url}/graphql/"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == 61
