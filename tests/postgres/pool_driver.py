"""A process with the connections of a web process: it does what each line says, and answers with a line of JSON."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
# Settings give a pool to what serves pages.
sys.argv[0] = "gunicorn"
os.environ["DJANGO_SETTINGS_MODULE"] = "vod.settings"


def main() -> None:
    import django

    django.setup()
    # Until somebody says what to do.
    verbs: dict[str, Callable[..., Any]] = {"threads": in_threads, "fork": forked, "show": show}
    for line in sys.stdin:
        word, *rest = line.split()
        print(json.dumps(verbs[word](*rest)), flush=True)


def session() -> tuple[int, float]:
    """The number of the session that answers, and the seconds that it took; 0 where there is no answer."""
    from django.db import OperationalError, close_old_connections, connection

    began = time.monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid(), pg_sleep(0.2)")
            number = int(cursor.fetchone()[0])
    except OperationalError:
        number = 0
    # As at the end of a request.
    close_old_connections()
    return number, time.monotonic() - began


def in_threads(count: str) -> list[tuple[int, float]]:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(int(count)) as pool:
        return list(pool.map(lambda _number: session(), range(int(count))))


def forked() -> dict[str, Any]:
    """The sessions of a parent before and after, and that of its child in between, which ends in the usual way."""
    from django.db import connection

    connection.ensure_connection()
    held = connection.connection.info.backend_pid
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, json.dumps([session()[0], session()[0]]).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        of_the_child = json.load(answer)
    os.waitpid(child, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        still = cursor.fetchone()[0]
    connection.close()
    return {"parent": held, "child": of_the_child, "parent after": still}


def show(*names: str) -> dict[str, str]:
    from django.db import connection

    with connection.cursor() as cursor:
        found = {}
        for name in names:
            cursor.execute(f"SHOW {name}")
            found[name] = cursor.fetchone()[0]
    connection.close()
    return found


if __name__ == "__main__":
    main()
