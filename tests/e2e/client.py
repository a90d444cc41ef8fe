"""A program that uses Lantern: GraphQL with a bearer token, and uploads by tus."""

import base64
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.documents import document

BLOCK = 1024 * 1024


class Client:
    """One program with one token."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.token = ""

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in lower case) and body; statuses of failure are returned too."""
        request = urllib.request.Request(
            path if path.startswith("http") else self.address + path, data=body, method=method
        )
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, {k.lower(): v for k, v in refusal.headers.items()}, refusal.read()

    def run(self, name: str, /, **variables: Any) -> dict[str, Any]:
        """The data of one operation of the contract; fails on any GraphQL error."""
        body = json.dumps({"query": document(name), "variables": variables}).encode()
        status, _, answer = self.request("POST", "/graphql/", body, {"Content-Type": "application/json"})
        parsed = json.loads(answer)
        assert status == 200, parsed
        assert "errors" not in parsed, parsed
        return dict(parsed["data"])

    def change(self, name: str, /, **values: Any) -> dict[str, Any]:
        """The payload of one mutation of the contract; fails when it reports errors."""
        (payload,) = self.run(name, input=values).values()
        assert payload["errors"] == [], payload
        return dict(payload)

    def sign_in(self, email: str, password: str) -> None:
        self.token = self.change("SignIn", email=email, password=password, transport="TOKEN")["token"]

    def upload(self, path: Path, *, interrupt_at: int | None = None) -> str:
        """Uploads a film and answers its asset's global id. `interrupt_at` bytes: stop there once and resume."""
        name = base64.b64encode(path.name.encode()).decode()
        tus = {"Tus-Resumable": "1.0.0"}
        size = path.stat().st_size
        status, headers, body = self.request(
            "POST",
            "/api/uploads/",
            b"",
            {**tus, "Upload-Length": str(size), "Upload-Metadata": f"filename {name}"},
        )
        assert status == 201, body
        location = headers["location"]
        offset = 0
        with path.open("rb") as file:
            while True:
                file.seek(offset)
                block = file.read(BLOCK if interrupt_at is None else min(BLOCK, interrupt_at - offset))
                status, headers, body = self.request(
                    "PATCH",
                    location,
                    block,
                    {**tus, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"},
                )
                assert status == 204, body
                offset = int(headers["upload-offset"])
                if offset == size:
                    return headers["asset-id"]
                if offset == interrupt_at:
                    # What a client does that lost its connection: it asks where to go on.
                    interrupt_at = None
                    status, headers, _ = self.request("HEAD", location, None, tus)
                    assert status == 200
                    offset = int(headers["upload-offset"])

    def wait_for_asset(self, asset: str, state: str, seconds: float) -> list[dict[str, Any]]:
        """Watches an asset until it is in `state`; answers everything that was seen on the way."""
        seen: list[dict[str, Any]] = []

        def there() -> bool:
            seen.append(self.run("Asset", id=asset)["asset"])
            assert seen[-1]["state"] not in {"FAILED", "CANCELLED"} or state == seen[-1]["state"], seen[-1]
            return bool(seen[-1]["state"] == state)

        wait_until(there, seconds, f"asset {state}")
        return seen


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Asks four times a second; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"no {what} after {seconds} s"
        time.sleep(0.25)
