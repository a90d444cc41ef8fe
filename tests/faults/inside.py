"""What happens inside an installation's own processes: `prepare FILM`, `supervise`, `sweep`, `order VERB`.

Run as `python -m tests.faults.inside VERB` with VOD_HOME and DJANGO_SETTINGS_MODULE set.
"""

import importlib
import os
import sys
import time
from pathlib import Path

from vod.machine.layout import find_layout
from vod.machine.programs import programs
from vod.machine.supervisor import Patience, Program, Supervisor

ROOT = Path(__file__).resolve().parents[2]


def prepare(film: str) -> None:
    """Tables, and one film that has just arrived. The film's file is taken away."""
    import django
    from django.core.management import call_command

    importlib.import_module("vod.celery")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    from transcoding.services.ingest import add_source

    print(add_source(path=Path(film), file_name="film.mkv").pk.hex)


def order(verb: str) -> None:
    """What an operator's click does to the one film: `cancel`, `delete` or `retry`."""
    import django

    importlib.import_module("vod.celery")
    django.setup()
    from transcoding.models import Asset
    from transcoding.services.cancel import cancel_asset
    from transcoding.services.delete import delete_asset
    from transcoding.services.retry import retry_asset

    verbs = {"cancel": cancel_asset, "delete": delete_asset, "retry": retry_asset}
    verbs[verb](asset_id=Asset.objects.get().pk)


def sweep() -> None:
    """A second sweeper beside that of the product, and a more eager one."""
    import django
    from django.db import Error, connection

    importlib.import_module("vod.celery")
    django.setup()
    from transcoding.services.sweeping import sweep_factory

    while True:
        try:
            sweep_factory()
        except Error as error:
            print(error, flush=True)
            connection.close()
        time.sleep(1.0)


def supervise() -> None:
    """The product's own supervisor over its own programs, without web, and with a second sweeper."""
    layout = find_layout(os.environ)
    family = [
        Program(program.name, program.argv, program.cwd, os.environ)
        for program in programs(layout, os.environ, "127.0.0.1", 1)
        if program.name != "web"
    ]
    # Another machine, with a worker and a sweeper of its own.
    elsewhere = {**os.environ, "FAULTS_WORK_ROOT": str(layout.home / "tmp-elsewhere")}
    worker = next(program for program in family if program.name == "worker")
    named = [argument.replace("@%h", "@elsewhere") for argument in worker.argv]
    sweeper = [sys.executable, "-m", "tests.faults.inside", "sweep"]
    family.append(Program("elsewhere", named, ROOT, elsewhere))
    family.append(Program("sweeper", sweeper, ROOT, elsewhere))
    patience = Patience(first_pause=0.3, longest_pause=1.0, settled=5.0, grace=15.0)
    supervisor = Supervisor(family, layout.logs, say=lambda text: print(text, flush=True), patience=patience)
    sys.exit(supervisor.run())


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(sys.argv[2])
    elif sys.argv[1] == "order":
        order(sys.argv[2])
    elif sys.argv[1] == "sweep":
        sweep()
    else:
        supervise()
