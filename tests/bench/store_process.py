"""``python -m tests.bench.store_process CORE STEP [FILM]``: one step of a film's making, on one core.

Steps: ``upload`` makes the database and takes the film in, ``probe`` looks at it, ``sound`` and ``picture`` make the next piece of
their kind. Prints wall and CPU seconds of the step as JSON. Where the objects lie is said by the settings.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path

from tests.bench.measure import cpu_seconds


def main(core: int, step: str, film: Path | None) -> None:
    """Do the step."""
    os.sched_setaffinity(0, {core})
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db.models import Q

    from transcoding.engine.tools import read_by_range
    from transcoding.models import Chunk, ChunkKind
    from transcoding.services.claiming import claim
    from transcoding.services.ingest import add_source
    from transcoding.services.making import make_chunk
    from transcoding.services.toolbox import able_to_work, tools
    from transcoding.services.working import job_once
    from vod.celery import app
    from vod.lib.storage import objects

    app.set_current()
    if film is not None:
        call_command("migrate", verbosity=0)
    # What a worker does once in its life: it tries its tools, its sandbox, the door of that, and the store.
    assert able_to_work()
    read_by_range(tools())
    assert objects().refuses_late_writers is not None
    if film is not None:
        copy = settings.VOD_HOME / "upload"
        shutil.copyfile(film, copy)
    # As on a machine that has never seen the film.
    shutil.rmtree(settings.WORK_ROOT / "blocks", ignore_errors=True)
    started, cpu = time.monotonic(), cpu_seconds()
    if film is not None:
        add_source(path=copy, file_name=film.name)
    elif step == "probe":
        assert job_once()
    else:
        kind = ChunkKind.VIDEO if step == "picture" else ChunkKind.AUDIO
        # Not the first, short one.
        hold = claim(Chunk, only=Q(kind=kind) & (Q(number__gt=0) | ~Q(kind=ChunkKind.VIDEO)))
        assert hold is not None
        make_chunk(hold)
    print(json.dumps({"wall": time.monotonic() - started, "cpu": cpu_seconds() - cpu}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]) if len(sys.argv) > 3 else None)
