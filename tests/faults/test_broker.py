"""The whole factory over Redis, which is flushed and goes away in the middle: the film is made all the same."""

import time
from pathlib import Path

from tests.faults.processes import mains
from tests.faults.world import PATIENCE_SECONDS, Template, World, digests, running, state_of, wait_for
from tests.servers.redis import RedisServer

_ABSENCE_SECONDS = 5.0


def pieces_done(world: World) -> int:
    return int(str(world.ask("SELECT count(*) FROM transcoding_chunk WHERE state = 'DONE'")[0][0]))


def test_a_flush_and_an_absence_of_the_broker_cost_time_only(
    template: Template, tmp_path: Path, redis_server: RedisServer
) -> None:
    with running(
        template, tmp_path / "installation", BROKER_URL=redis_server.url(5), FAULTS_READ_RATE="24"
    ) as world:
        wait_for(lambda: pieces_done(world) > 0, PATIENCE_SECONDS, "a first piece")
        workers = {process.pid for name in ("films", "helper") for process in mains(world.family(), name)}
        assert len(workers) == 3

        redis_server.flush()
        time.sleep(1.0)
        redis_server.stop()
        time.sleep(_ABSENCE_SECONDS)
        redis_server.start()
        wait_for(lambda: state_of(world) == "READY", PATIENCE_SECONDS, "the film")

        assert digests(world.home) == dict(template.expected)
        again = {process.pid for name in ("films", "helper") for process in mains(world.family(), name)}
        assert again == workers
        lost = world.ask("SELECT sum(losses), max(attempt) FROM transcoding_chunk")[0]
        assert lost == (0, 1)
