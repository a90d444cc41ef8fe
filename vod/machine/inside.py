"""The one part that runs with the packages: as `python -m vod.machine.inside` in the virtual environment."""

import importlib
import sys
from io import StringIO

#: Begins the one line of output that is meant for the set-up; everything else is for people.
ANSWER = "lantern-answer "


def main(kind: str) -> None:
    """Tables, operator, and the demo library if `kind` is "demo"; what is there already stays as it is."""
    import django
    from django.core.management import call_command

    # Makes ours the Celery application that messages are sent by; without it they go to a default one.
    importlib.import_module("vod.celery")
    django.setup()
    sys.stdout.write("Tables\n")
    sys.stdout.flush()
    call_command("migrate", interactive=False, verbosity=0)
    answer = StringIO()
    call_command("ensure_operator", stdout=answer)
    sys.stdout.write(ANSWER + answer.getvalue().strip() + "\n")
    sys.stdout.flush()
    if kind == "demo":
        call_command("seed_demo")


if __name__ == "__main__":
    main(sys.argv[1])
