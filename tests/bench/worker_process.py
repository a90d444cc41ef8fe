"""``python -m tests.bench.worker_process CORE FOLDER [prepare FILM]``: one worker of the factory, bound to one core.

With ``prepare`` it makes the database, takes the film in and looks at it. Otherwise it works until there is nothing left and
prints, as JSON, the most memory that it and one of its tools held at once, in bytes.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path


def main(core: int, folder: Path, film: Path | None) -> None:
    """Prepare or work."""
    os.sched_setaffinity(0, {core})
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from transcoding.models import Asset, AssetState
    from transcoding.services.ingest import add_source
    from transcoding.services.working import job_once, work_once
    from vod.celery import app

    # Messages go where the settings say.
    app.set_current()

    # Each worker is a machine of its own: nothing shared but the database and the store.
    settings.WORK_ROOT = folder / f"work-{core}"
    settings.WORK_ROOT.mkdir(parents=True, exist_ok=True)
    if film is not None:
        call_command("migrate", verbosity=0)
        copy = folder / "upload"
        copy.write_bytes(film.read_bytes())
        add_source(path=copy, file_name=film.name)
        job_once()
        return
    while Asset.objects.exclude(state__in=(AssetState.READY, AssetState.FAILED)).exists():
        if not work_once():
            time.sleep(0.05)
    own, tools = (
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps({"peak": (own + tools) * 1024}))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[4]) if len(sys.argv) > 4 else None)
