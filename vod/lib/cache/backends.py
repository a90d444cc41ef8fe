"""Django's caches, made safe to depend on: Redis that may be away, files that many processes share."""

import fcntl
import json
import logging
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar, cast

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache

from vod.lib.redis import Away, breaker, client_options

log = logging.getLogger(__name__)

T = TypeVar("T")

_dice = random.SystemRandom()
# The share of writes after which files are counted: at most so many more than allowed lie there for a while.
_COUNTED = 1 / 256


class JsonSerializer:
    """Values as JSON: whoever can write to Redis can change what is shown, but run nothing here, as with pickles."""

    def dumps(self, value: Any) -> int | str:
        return value if type(value) is int else json.dumps(value)

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


class OpenRedisCache(RedisCache):
    """Redis, without which everything goes on: nothing is found there then, and what is put there is lost.

    `add` answers True then, as it does to whoever comes first. Values are what JSON can say.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {"serializer": JsonSerializer, **client_options(), **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self._breaker = breaker(server)

    def _try(self, ask: Callable[[], T], otherwise: T) -> T:
        try:
            return self._breaker.call(ask)
        except Away:
            return otherwise

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._try(lambda: super(OpenRedisCache, self).add(key, value, timeout, version), True)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._try(lambda: super(OpenRedisCache, self).get(key, default, version), default)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._try(lambda: super(OpenRedisCache, self).set(key, value, timeout, version), None)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._try(lambda: super(OpenRedisCache, self).touch(key, timeout, version), False)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._try(lambda: super(OpenRedisCache, self).delete(key, version), False)

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        return self._try(lambda: super(OpenRedisCache, self).get_many(keys, version), {})

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self._try(lambda: super(OpenRedisCache, self).has_key(key, version), False)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return self._try(lambda: super(OpenRedisCache, self).incr(key, delta, version), delta)

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[str]:
        return self._try(lambda: super(OpenRedisCache, self).set_many(data, timeout, version), [])

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._try(lambda: super(OpenRedisCache, self).delete_many(keys, version), None)

    def clear(self) -> None:
        """Drops what is this installation's own: the server may have other users, and a queue."""
        self._try(self._clear, None)

    def _clear(self) -> None:
        client: Any = self._cache.get_client(write=True)
        for found in client.scan_iter(match=f"{self.key_prefix}:*", count=1000):
            client.delete(found)


class FileCache(FileBasedCache):
    """Files that all processes of a machine share. Unlike in Django's own, of many that `add` a key one succeeds."""

    def __init__(self, folder: str, params: dict[str, Any]) -> None:
        super().__init__(folder, params)
        self._folder = Path(folder)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        def ask() -> bool:
            with self._alone():
                return super(FileCache, self).add(key, value, timeout, version)

        return self._try(ask, True, key, version)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._try(lambda: super(FileCache, self).get(key, default, version), default, key, version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._try(lambda: super(FileCache, self).set(key, value, timeout, version), None, key, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._try(lambda: super(FileCache, self).delete(key, version), False, key, version)

    def _cull(self) -> None:
        """Django counts the files at each `set`, which takes longer than all else where there are thousands."""
        if _dice.random() < _COUNTED:
            super()._cull()  # type: ignore[misc]

    def _try(self, ask: Callable[[], T], otherwise: T, key: str, version: int | None) -> T:
        """As in Redis: a full disk or a damaged file is no reason for a page to fail."""
        try:
            return ask()
        except Exception as error:  # noqa: BLE001 - a damaged pickle raises anything
            log.warning("the cache's file of %s cannot be used: %r", key, error)
            with suppress(OSError):
                Path(cast(Any, self)._key_to_file(key, version)).unlink()
            return otherwise

    @contextmanager
    def _alone(self) -> Iterator[None]:
        folder = self._folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
