"""What tests of uploads share: addresses, headers, a part."""

import base64
from collections.abc import Callable
from typing import Any

BASE = "/api/uploads/"
TYPE = "application/offset+octet-stream"
Send = Callable[..., Any]


def b64(text: str) -> str:
    """A value of Upload-Metadata."""
    return base64.b64encode(text.encode()).decode()


def patch(send: Send, address: str, offset: int, body: bytes, **headers: str) -> Any:
    """Sends a part at an offset."""
    return send("PATCH", address, body, headers={"Upload-Offset": str(offset), **headers})
