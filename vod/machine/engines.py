"""The real engines that the tests start: PostgreSQL, Redis and nginx, installed by apt where that is allowed."""

import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from vod.machine.console import Console
from vod.machine.debian import Package, provide
from vod.machine.layout import Layout

_ADVICE = (
    "The tests need {title}, and it is not here. "
    "Install it (on Debian: apt install {name}), then run the same command again."
)
# Debian keeps each major version in a folder of its own, off every path.
_POSTGRES_FOLDERS = Path("/usr/lib/postgresql")
_NJS = (
    Path("/usr/lib/nginx/modules/ngx_http_js_module.so"),
    Path("/usr/share/nginx/modules/ngx_http_js_module.so"),
)


def _package(title: str, name: str) -> Package:
    return Package(title, name, _ADVICE.format(title=title, name=name))


POSTGRES = _package("PostgreSQL", "postgresql postgresql-client")
REDIS = _package("Redis", "redis-server")
NGINX = _package("nginx", "nginx libnginx-mod-http-js")
WRK = Package(
    "Load for benchmarks",
    "wrk",
    "The benchmark of the edge needs wrk, and it is not here. "
    "Install it (on Debian: apt install wrk), then run the same command again.",
)


def provide_engines(layout: Layout, env: Mapping[str, str], console: Console) -> None:
    """Makes sure that all of them are there. Raises Problem when one cannot be had."""
    provide(POSTGRES, lambda: find_postgres(env), layout, env, console)
    provide(REDIS, partial(_find, env, "redis-server"), layout, env, console)
    provide_nginx(layout, env, console)


def provide_nginx(layout: Layout, env: Mapping[str, str], console: Console) -> str:
    """Path of nginx. Raises Problem when it cannot be had."""
    return provide(NGINX, lambda: find_nginx(env), layout, env, console)


def provide_load(layout: Layout, env: Mapping[str, str], console: Console) -> str:
    """Path of wrk, which asks a server more than any program in Python could. Raises Problem when it cannot be had."""
    return provide(WRK, partial(_find, env, "wrk"), layout, env, console)


def find_postgres(env: Mapping[str, str]) -> str | None:
    """The newest `postgres` of version 15 or later, with `initdb` beside it."""
    by_version = sorted(
        (int(folder.name), folder / "bin" / "postgres")
        for folder in (_POSTGRES_FOLDERS.iterdir() if _POSTGRES_FOLDERS.is_dir() else ())
        if folder.name.isdigit() and int(folder.name) >= 15
    )
    found = [str(path) for _, path in by_version if path.is_file()]
    return found[-1] if found else _find(env, "postgres")


def find_nginx(env: Mapping[str, str]) -> str | None:
    """nginx, if its module for JavaScript is there too."""
    return _find(env, "nginx") if any(path.is_file() for path in _NJS) else None


def _find(env: Mapping[str, str], name: str) -> str | None:
    # Debian keeps daemons where the path of an ordinary user does not lead.
    return shutil.which(name, path=env["PATH"] + ":/usr/sbin:/sbin")
