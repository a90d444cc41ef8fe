"""What a large installation lives through: engines that restart, forget, hang and fail while a film is being made."""

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import pytest

from tests.fleet.client import FleetClient
from tests.fleet.conftest import READY_SECONDS
from tests.fleet.films import Reference, Shown, made_of
from tests.fleet.fleet import Fleet, wait_until

# A fleet takes its time to start, and to get over what happens to it.
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

# A minute where somebody wants to see it: FLEET_OUTAGE_SECONDS=60.
OUTAGE_SECONDS = float(os.environ.get("FLEET_OUTAGE_SECONDS", "6"))
# Oftener than a player, so that a short outage meets some of them.
BEAT_SECONDS = 3


def lines_of(client: FleetClient, address: str) -> list[str]:
    """The addresses that a playlist names, as paths. Raises AssertionError where it cannot be had."""
    status, _, body = client.request("GET", address)
    assert status == 200, (status, address)
    found = []
    for line in body.decode().splitlines():
        if line and not line.startswith("#"):
            found.append(urljoin(address, line))
        elif 'URI="' in line and "KEYFRAMES" not in line:
            found.append(urljoin(address, line.partition('URI="')[2].partition('"')[0]))
    return found


@dataclass
class Watcher:
    """Somebody who browses and plays all the time; `failed` says what did not work, and when."""

    viewer: FleetClient
    session: str
    segments: list[str]
    failed: list[str] = field(default_factory=list)
    rounds: int = 0
    slowest: float = 0.0

    def __enter__(self) -> "Watcher":
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        beaten = time.monotonic()
        while not self._over.wait(0.1):
            began = time.monotonic()
            try:
                if began > beaten + BEAT_SECONDS:
                    beaten = began
                    self.viewer.change(
                        "Heartbeat", sessionId=self.session, positionSeconds=began % 60, state="PLAYING"
                    )
                self.viewer.run("Home")
                status, _, _ = self.viewer.request("GET", self.segments[self.rounds % len(self.segments)])
                if status != 200:
                    self.failed.append(f"a segment: {status}")
            except (AssertionError, OSError, ValueError) as error:
                self.failed.append(f"{type(error).__name__}: {str(error)[:200]}")
            self.rounds += 1
            self.slowest = max(self.slowest, time.monotonic() - began)


@pytest.fixture
def watcher(viewer: FleetClient, film: Shown) -> Watcher:
    """A stream of the film, on its lowest rung."""
    session = viewer.change("StartPlayback", videoId=film.video_id, deviceName="Test", deviceId="test")[
        "session"
    ]
    master = urlsplit(session["manifestUrl"]).path
    lowest = next(path for path in lines_of(viewer, master) if "/video-" in path)
    segments = [path for path in lines_of(viewer, lowest) if path.endswith(".m4s")]
    return Watcher(viewer, session["id"], segments)


def test_without_redis_people_browse_and_play_on(fleet: Fleet, watcher: Watcher) -> None:
    with watcher:
        fleet.redis.flush()
        time.sleep(1)
        fleet.redis.stop()
        time.sleep(OUTAGE_SECONDS)
        fleet.to_redis.black_hole()
        time.sleep(OUTAGE_SECONDS / 2)
        fleet.to_redis.passes()
        fleet.redis.start()
        time.sleep(1)

    assert watcher.failed == []
    assert watcher.rounds > 2 * OUTAGE_SECONDS
    assert watcher.slowest < 5


def test_without_workers_people_browse_and_play_on(fleet: Fleet, watcher: Watcher) -> None:
    for machine in fleet.workers:
        machine.stop()
    try:
        with watcher:
            time.sleep(2)
    finally:
        for machine in fleet.workers:
            machine.start()

    assert watcher.failed == []
    assert watcher.rounds > 5


def test_an_edge_that_is_reloaded_drops_nothing(fleet: Fleet, watcher: Watcher) -> None:
    with watcher:
        for _ in range(3):
            time.sleep(0.5)
            fleet.nginx.reload()

    assert watcher.failed == []


def test_a_film_is_made_through_all_of_it(
    fleet: Fleet, operator: FleetClient, reference: Reference, film: Shown
) -> None:
    before = set(fleet.objects())
    asset = operator.upload(reference.source)

    for name, mischief in mischiefs(fleet).items():
        wait_until(lambda: is_at_work(fleet), READY_SECONDS, f"piece in the making before {name}")
        mischief()
        time.sleep(1.5)
        fleet.to_store.passes()
        fleet.to_postgres.passes()
    fleet.redis.start()

    wait_patiently(operator, asset)
    wanted = {path: digest for path, digest in reference.digests.items() if path.endswith(".m4s")}
    assert made_of(fleet, asset) == wanted
    # Whoever was at work when it happened is not to blame: of all starts those of the film's own fault were none.
    assert fleet.ask("SELECT max(attempt) FROM transcoding_chunk") == [(1,)]
    wait_until(lambda: not unnamed(fleet, before), 30, "end of objects that no row names")


def mischiefs(fleet: Fleet) -> dict[str, Callable[[], object]]:
    """What happens to the fleet, one after the other, each while a piece is being made."""
    return {
        "half an object": lambda: fleet.to_store.half(50_000),
        "a store that refuses": fleet.to_store.cut,
        "a database that restarts": fleet.postgres.restart,
        "a flush": fleet.redis.flush,
        "the end of Redis": fleet.redis.stop,
        "a killed worker": lambda: kill_a_worker(fleet),
        "a store that hangs": fleet.to_store.black_hole,
        "resets of the database's line": fleet.to_postgres.reset,
        "a reload of the edge": fleet.nginx.reload,
    }


def is_at_work(fleet: Fleet) -> bool:
    """Whether a piece is being made."""
    return bool(fleet.ask("SELECT count(*) FROM transcoding_chunk WHERE state = 'RUNNING'")[0][0])


def kill_a_worker(fleet: Fleet) -> None:
    """One machine's worker and its pool, with -9."""
    for process in fleet.workers[0].family():
        if process.is_worker:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)


def wait_patiently(operator: FleetClient, asset: str) -> None:
    """Until READY; whoever asks may be refused for a moment."""

    def ready() -> bool:
        with suppress(OSError, AssertionError, ValueError):
            return str(operator.run("Asset", id=asset)["asset"]["state"]) == "READY"
        return False

    wait_until(ready, READY_SECONDS, "READY")


def unnamed(fleet: Fleet, before: set[str]) -> set[str]:
    """Objects that came since and that neither rows nor a finished folder's playlists account for."""
    named: set[str] = set()
    statements: tuple[str, ...] = (
        "SELECT key FROM transcoding_segment",
        "SELECT init_key FROM transcoding_rendition",
        "SELECT source_key FROM transcoding_asset",
    )
    for statement in statements:
        named |= {key for (key,) in fleet.ask(statement)}
    unaccounted = set(fleet.objects()) - before - named
    return {key for key in unaccounted if key.endswith((".m4s", ".mkv")) or key.startswith("uploads")}
