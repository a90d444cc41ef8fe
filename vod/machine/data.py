"""The data of an installation: tables, the operator, the demo library. Each start asks; Django answers what is missing."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from vod.machine.console import Console
from vod.machine.errors import Problem
from vod.machine.inside import ANSWER
from vod.machine.layout import Layout
from vod.machine.process import Tool, run_tool

#: Exceptions whose text is already a sentence for the person who set this up.
KNOWN = re.compile(
    r"^django\.core\.(?:exceptions\.ImproperlyConfigured|management\.base\.CommandError): (.+)$", re.M
)
DEFAULT_EMAIL = "operator@lantern.example"


@dataclass(frozen=True)
class Operator:
    """Who may sign in as operator. `password` only where it was made up just now."""

    email: str
    created: bool
    password: str | None


def prepare_data(layout: Layout, env: Mapping[str, str], console: Console, *, demo: bool) -> Operator:
    """Migrates, makes the operator if there is none, and the demo library if `demo`."""
    line = console.step("Database and library" if demo else "Database")
    lines = run_tool(
        Tool(
            # One process for all of it: each start of Django costs a second.
            argv=[str(layout.python), "-m", "vod.machine.inside", "demo" if demo else "bare"],
            cwd=layout.root,
            env={"VOD_ADMIN_EMAIL": DEFAULT_EMAIL, **env, "DJANGO_SETTINGS_MODULE": "vod.settings"},
            advice="The database cannot be prepared; above is why. Put that right and run the same command again.",
            diagnose=diagnose_django,
        ),
        line,
    )
    answers = [text.removeprefix(ANSWER) for text in lines if text.startswith(ANSWER)]
    if not answers:
        line.failed()
        raise Problem(
            "The operator's account cannot be made. Run: .venv/bin/python manage.py ensure_operator",
            lines[-20:],
        )
    line.done()
    answer = json.loads(answers[-1])
    return Operator(email=answer["email"], created=answer["created"], password=answer["password"])


def diagnose_django(output: str) -> str | None:
    """The sentence of a setting that is wrong: Django prints it last, after the name of the exception."""
    told = KNOWN.findall(output)
    if told:
        return str(told[-1])
    if "django.db.utils.OperationalError" in output:
        reason = output.rpartition("django.db.utils.OperationalError:")[2].strip().splitlines()
        return (
            f"The database cannot be used: {' '.join(reason)}. Check DATABASE_URL, then run make run again."
        )
    return None
