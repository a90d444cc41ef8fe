"""Addresses of objects that carry their own permission, made on this machine without asking the store.

The same one is given out for a while: signing costs more than everything else that an answer to an edge
costs, and a cache that keys on addresses would otherwise see a new object at each request.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

# What an address still lasts when it is given out for the last time: a slow viewer's edge fetches the end of
# a large object long after its beginning.
PRESIGNED_SECONDS = 3000
_REUSED_SECONDS = 600
_MOST = 10_000


class Presigned:
    """The addresses of one store's objects; `client()` is boto3's at the moment."""

    def __init__(self, client: Callable[[], Any], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._made: OrderedDict[tuple[str, str], tuple[float, str]] = OrderedDict()
        self._lock = threading.Lock()

    def address(self, bucket: str, name: str) -> str:
        """An address for GET, good for at least PRESIGNED_SECONDS."""
        now = self._clock()
        with self._lock:
            known = self._made.get((bucket, name))
        if known is not None and now - known[0] < _REUSED_SECONDS:
            return known[1]
        address = str(
            self._client().generate_presigned_url(
                "get_object",
                Params={"Bucket": bucket, "Key": name},
                ExpiresIn=PRESIGNED_SECONDS + _REUSED_SECONDS,
            )
        )
        with self._lock:
            self._made[(bucket, name)] = (now, address)
            self._made.move_to_end((bucket, name))
            while len(self._made) > _MOST:
                self._made.popitem(last=False)
        return address
