"""The tests' Redis stops and comes back at the same address, empty."""

from pathlib import Path

import pytest
import redis

from tests.servers.redis import RedisServer


def test_it_stops_and_starts_again_at_the_same_address(tmp_path: Path) -> None:
    with RedisServer(tmp_path / "redis") as server, server.client() as client:
        client.set("a", "1")
        server.stop()
        with pytest.raises(redis.ConnectionError):
            client.get("a")

        server.start()
        assert client.get("a") is None

        client.set("b", "2")
        server.flush()
        assert client.get("b") is None
