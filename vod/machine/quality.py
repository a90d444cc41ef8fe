"""`make test`, `make check`, `make format`, `make lock`, `make bench`: what a change is judged by."""

import secrets
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from vod.machine.browser import provide_browser
from vod.machine.console import Console
from vod.machine.debian import provide_bubblewrap
from vod.machine.engines import provide_engines, provide_load, provide_nginx
from vod.machine.errors import Problem
from vod.machine.lanes import Check, SecondLook, run_all, run_lanes
from vod.machine.layout import Layout
from vod.machine.lockfile import complete_file
from vod.machine.node import Node
from vod.machine.objectstore import provide_object_store
from vod.machine.setup import open_stamps, prepare

LISTS = ("requirements", "requirements-dev", "requirements-media", "requirements-node", "requirements-swift")

WHOLE = ("tests/e2e", "tests/faults", "tests/fleet")
OWN = ("vod", "accounts", "catalog", "playback", "transcoding", "tests")
_GIVES_WAY = 10


def checks(layout: Layout, node: Node) -> list[list[Check]]:
    """What `make check` runs: two lanes of about the same length."""
    tool, root = layout.bin, layout.root
    manage = [str(layout.python), "manage.py"]
    deployment = [*manage, "check", "--deploy", "--fail-level", "WARNING"]
    test_env = {"VOD_ENV": "test"}
    production = {
        "VOD_ENV": "production",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": "lantern.example",
        "PUBLIC_URL": "https://lantern.example",
        "EMAIL_URL": "smtp+tls://lantern:secret@mail.lantern.example:587",
        "MAIL_FROM": "lantern@lantern.example",
    }
    # Nothing is called there: checks ask what is set, and databases only where they are named.
    engines = {
        "DATABASE_URL": "postgres://lantern:secret@db.lantern.example/lantern",
        "REDIS_URL": "redis://redis.lantern.example:6379/0",
        "BROKER_URL": "redis://redis.lantern.example:6379/1",
        "BEHIND_PROXY": "1",
        "METRICS_TOKEN": secrets.token_urlsafe(24),
    }
    python = [
        Check("format", [str(tool / "ruff"), "format", "--check", "."], root),
        Check("lint", [str(tool / "ruff"), "check", "."], root),
        Check("length of files", [str(layout.python), "-m", "vod.machine.lengths"], root),
        Check("import rules", [str(tool / "lint-imports"), "--no-cache"], root),
        Check("types", [str(tool / "mypy"), "."], root),
    ]
    product = [
        Check("frontend", [str(node.npm), "run", "check"], layout.frontend),
        Check("missing migrations", [*manage, "makemigrations", "--check", "--dry-run"], root, test_env),
        Check("migrations that lock", [*manage, "check_migrations"], root, test_env),
        Check("stale schema", [*manage, "check_schema"], root, test_env),
        Check("deployment on one machine", deployment, root, {**production, "ALLOW_SQLITE": "1"}),
        Check("deployment on engines", deployment, root, {**production, **engines}),
        Check("edge", [str(layout.python), "-m", "vod.machine.edges"], root),
        Check("deploy/", [str(layout.python), "-m", "vod.machine.deployment"], root),
    ]
    return [python, product]


def check(layout: Layout, outer: Mapping[str, str], console: Console) -> int:
    """Runs every check, also after one has failed. Returns 1 when any did."""
    env = layout.environment(outer)
    node = prepare(layout, env, console, development=True)
    for provide in (provide_bubblewrap, provide_nginx):
        try:
            provide(layout, env, console)
        except Problem as problem:
            # All other checks are worth running; those of the deployment and of the edge will say it again.
            console.say(problem.sentence)
    return run_lanes(checks(layout, node), env, console)


def test(layout: Layout, outer: Mapping[str, str], console: Console) -> int:
    """All tests, with everything they need set up before. Returns 1 when any failed."""
    env = layout.environment(outer)
    node = prepare(layout, env, console, development=True)
    env["CHROMIUM"] = provide_browser(layout, env, console)
    provide_bubblewrap(layout, env, console)
    provide_object_store(layout, env, console, open_stamps(layout))
    provide_engines(layout, env, console)
    # A test makes installations of its own; the one in VOD_HOME is somebody's.
    env.pop("VOD_HOME")
    # Tests start hundreds of processes, of which some may not write down what they have compiled.
    compiling = [str(layout.python), "-m", "compileall", "-q", *OWN]
    subprocess.run(compiling, cwd=layout.root, env=env, stdin=subprocess.DEVNULL, check=False)
    chosen = shlex.split(outer.get("ARGS", ""))
    pytest = [str(layout.python), "-m", "pytest"]
    if chosen:
        return run_all([Check("tests", [*pytest, *chosen], layout.root)], env, console)
    with tempfile.TemporaryDirectory() as failures:
        return run_lanes(_test_lanes(layout, node, Path(failures)), env, console)


def _test_lanes(layout: Layout, node: Node, failures: Path) -> list[list[Check]]:
    """What `make test` runs. Tests that measure time may fail where much else is at work: they are asked again."""
    pytest = [str(layout.python), "-m", "pytest"]
    postgres = [str(layout.python), "-m", "tests.postgres"]

    def tests(name: str, argv: list[str], alone: list[str], nice: int = 0) -> Check:
        listed = failures / name
        again = SecondLook(alone, listed)
        return Check(name, argv, layout.root, {"FAILED_TESTS": str(listed)}, nice, again)

    # A file's tests stay together, for the sake of what they share.
    parts = [*pytest, "--numprocesses=2", "--dist=loadfile", "tests"]
    parts += [f"--ignore={folder}" for folder in WHOLE]
    return [
        # These compute. They give way to the whole installations, where time passes as it would alone.
        [
            tests("tests of the parts", parts, pytest, _GIVES_WAY),
            tests("tests on PostgreSQL", postgres, postgres, _GIVES_WAY),
        ],
        # Each of these has a whole installation at work, and mostly waits: for servers, films and outages.
        [
            tests("tests of the whole", [*pytest, *WHOLE], pytest),
            Check("frontend tests", [str(node.npm), "test"], layout.frontend),
        ],
    ]


def bench(layout: Layout, outer: Mapping[str, str], console: Console) -> int:
    """The benchmarks, with whatever `ARGS` says."""
    env = layout.environment(outer)
    prepare(layout, env, console, development=True)
    chosen = shlex.split(outer.get("ARGS", ""))
    if not chosen or {"edge", "home", "store", "uploads"} & set(chosen):
        provide_object_store(layout, env, console, open_stamps(layout))
        provide_engines(layout, env, console)
        provide_load(layout, env, console)
    if not chosen or "web" in chosen:
        env = {**env, "CHROMIUM": provide_browser(layout, env, console)}
    argv = [str(layout.python), "-m", "tests.bench", *chosen]
    return run_all([Check("benchmarks", argv, layout.root)], env, console)


def tidy(layout: Layout, outer: Mapping[str, str], console: Console) -> int:
    """Formats Python and TypeScript in place."""
    env = layout.environment(outer)
    node = prepare(layout, env, console, development=True)
    ruff = str(layout.bin / "ruff")
    return run_all(
        [
            Check("ruff format", [ruff, "format", "."], layout.root),
            Check("ruff check --fix", [ruff, "check", "--fix", "."], layout.root),
            Check("biome", [str(node.npm), "run", "format"], layout.frontend),
        ],
        env,
        console,
    )


def schema(layout: Layout, outer: Mapping[str, str], console: Console) -> int:
    """Prints the API's schema, and what the web app generates from it."""
    env = layout.environment(outer)
    node = prepare(layout, env, console, development=True)
    write = [str(layout.python), "manage.py", "check_schema", "--write"]
    return run_all(
        [
            Check("schema", write, layout.root, {"VOD_ENV": "test"}),
            Check("generated code", [str(node.npm), "run", "codegen"], layout.frontend),
        ],
        env,
        console,
    )


def lock(layout: Layout, outer: Mapping[str, str], console: Console) -> int:
    """Turns each `.in` list into a pinned one; no address of a registry gets into it."""
    env = layout.environment(outer)
    node = prepare(layout, env, console, development=True)
    compile_list = [
        str(layout.bin / "uv"),
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
    ]
    plain = ["--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header"]
    upgrade = ["--upgrade"] if outer.get("UPGRADE") == "1" else []
    commands = [
        Check(name, [*compile_list, *plain, *upgrade, f"{name}.in", "-o", f"{name}.txt"], layout.root)
        for name in LISTS
    ]
    commands.append(
        Check("package-lock.json", [str(node.npm), "install", "--package-lock-only"], layout.frontend)
    )
    status = run_all(commands, env, console)
    complete_file(layout.frontend / "package-lock.json")
    return status
