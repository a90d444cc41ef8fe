"""The database: SQLite set up for several writers unless `DATABASE_URL` names PostgreSQL."""

import sys
from pathlib import Path

import environ

from vod.settings.core import VOD_HOME
from vod.settings.env import env

DATABASE_URL = env.address(
    "DATABASE_URL",
    "",
    "Database; SQLite in VOD_HOME where it is empty",
    schemes=("postgres", "postgresql", "sqlite"),
)
# All threads of the asynchronous role at once (PAGE_THREADS, MOVER_THREADS), and those that try things out.
DATABASE_POOL_MAX = env.whole(
    "DATABASE_POOL_MAX",
    28,
    "Most connections to PostgreSQL of a web process; 0 pools none",
    most=1000,
)
DATABASE_POOL_MIN = env.whole(
    "DATABASE_POOL_MIN", 1, "Connections that a web process keeps open once it has any", most=1000
)
_WAIT = env.whole("DATABASE_WAIT_SECONDS", 5, "Longest wait for a connection", least=1, most=60)
_STATEMENT = env.whole(
    "DATABASE_STATEMENT_SECONDS", 60, "Longest statement of web and workers; 0 for no limit"
)
_LOCK = env.whole("DATABASE_LOCK_SECONDS", 10, "Longest wait for somebody's lock; 0 for no limit")
_IDLE = env.whole("DATABASE_IDLE_SECONDS", 60, "Longest silence within a transaction; 0 for no limit")
DATABASE_BEHIND_POOLER = env.flag(
    "DATABASE_BEHIND_POOLER",
    False,
    "PgBouncer, or the like, in transaction mode stands in front of PostgreSQL",
)
# Programs of many threads that live long. Celery closes what a task has opened when the task is over, its pool too.
_SERVERS = ("gunicorn", "uvicorn")


def _sqlite(path: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            # A deferred transaction that turns into a writer fails at once when another writes; an
            # immediate one waits its turn, up to the timeout in seconds.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
        },
    }


def _postgresql() -> dict[str, object]:
    named = environ.Env.db_url_config(DATABASE_URL)
    options: dict[str, object] = {
        "application_name": " ".join(("lantern", _program(), *_verb())),
        "connect_timeout": _WAIT,
        # A machine that vanished says nothing: without these a query would wait for it for hours. Seconds, milliseconds.
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 30_000,
    }
    if not DATABASE_BEHIND_POOLER:
        # A pooler takes no such parameters at the start of a session: there the role has them (docs/postgresql.md).
        # Commands of operators (migrate, move_database) may take their time, but never stand in others' way.
        statement = _STATEMENT if _program() in (*_SERVERS, "celery") else 0
        options["options"] = (
            f"-c statement_timeout={statement}s -c lock_timeout={_LOCK}s"
            f" -c idle_in_transaction_session_timeout={_IDLE}s"
        )
    if DATABASE_POOL_MAX and _program() in _SERVERS:
        options["pool"] = {
            "min_size": min(DATABASE_POOL_MIN, DATABASE_POOL_MAX),
            "max_size": DATABASE_POOL_MAX,
            "timeout": _WAIT,
            # Who asks tries again by asking; a pool that goes on by itself waits longer and longer between its tries.
            "reconnect_timeout": 1,
        }
    return {
        **named,
        "ENGINE": "vod.lib.postgresql",
        # A pool does the keeping by itself, and Celery closes what a task has opened.
        "CONN_MAX_AGE": 0 if "pool" in options else 600,
        # Where there is a pool, vod.lib.postgresql does it, without that one's pauses.
        "CONN_HEALTH_CHECKS": "pool" not in options,
        "DISABLE_SERVER_SIDE_CURSORS": DATABASE_BEHIND_POOLER,
        "OPTIONS": {**options, **named.get("OPTIONS", {})},
    }


def _program() -> str:
    """The name of what was started: gunicorn, celery, manage, …"""
    path = Path(sys.argv[0])
    return path.parent.name if path.stem == "__main__" else path.stem


def _verb() -> list[str]:
    """What a program of several roles was told to do: worker, beat, migrate, …"""
    if _program() not in ("celery", "manage"):
        return []
    return [word for word in sys.argv[1:] if word.isidentifier()][:1]


def _database() -> dict[str, object]:
    if not DATABASE_URL:
        VOD_HOME.mkdir(parents=True, exist_ok=True)
        return _sqlite(str(VOD_HOME / "db.sqlite3"))
    if DATABASE_URL.startswith("sqlite:"):
        return _sqlite(environ.Env.db_url_config(DATABASE_URL)["NAME"])
    return _postgresql()


DATABASES = {"default": _database()}
