"""One long outage: somebody locks the whole database while pieces are being made."""

import sqlite3
import time
from pathlib import Path

from tests.faults.rounds import is_encoding
from tests.faults.watch import Watcher
from tests.faults.world import PATIENCE_SECONDS, Template, digests, running, state_of, wait_for


def lock_for(template: Template, folder: Path, seconds: float) -> list[str]:
    """What broke while nobody could write for `seconds`, with the product's own lease; empty where nothing did."""
    home = folder / "outage"
    with running(template, home, CHUNK_LEASE_SECONDS="30", FAULTS_READ_RATE="2") as world:
        wait_for(lambda: is_encoding(world), PATIENCE_SECONDS, "the first piece")
        with Watcher(world) as watcher:
            database = sqlite3.connect(home / "db.sqlite3", timeout=10, isolation_level=None)
            database.execute("BEGIN EXCLUSIVE")
            time.sleep(seconds)
            database.close()
            wait_for(lambda: state_of(world) == "READY", 2 * PATIENCE_SECONDS, "READY after the outage")
        broke = list(watcher.violations)
        counted = world.ask("SELECT max(attempt) FROM transcoding_chunk")[0][0]
    if counted != 1:
        broke.append(f"a chunk was started {counted} times")
    if digests(home) != template.expected:
        broke.append("the store holds something else than after an undisturbed making")
    return broke
