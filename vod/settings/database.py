"""The database: SQLite set up for several writers unless `DATABASE_URL` names PostgreSQL."""

import environ

from vod.settings.core import VOD_HOME
from vod.settings.env import env

DATABASE_URL = env.address(
    "DATABASE_URL",
    "",
    "Database; SQLite in VOD_HOME where it is empty",
    schemes=("postgres", "postgresql", "sqlite"),
)


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


def _database() -> dict[str, object]:
    if not DATABASE_URL:
        VOD_HOME.mkdir(parents=True, exist_ok=True)
        return _sqlite(str(VOD_HOME / "db.sqlite3"))
    if DATABASE_URL.startswith("sqlite:"):
        return _sqlite(environ.Env.db_url_config(DATABASE_URL)["NAME"])
    return {**environ.Env.db_url_config(DATABASE_URL), "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": _database()}
