"""What the benchmark of playback does in processes of their own, all with the installation's settings.

`prepare` makes the library and streams that live, and prints what a client needs. `check` times the check of segments,
and `beats` streams that beat while others start; both read from their input what to ask, and print seconds.
"""

from __future__ import annotations

import json
import queue
import random
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

from tests.bench.load_process import Connection, message_of

#: Rungs of the film, each with its four segments of one size.
SIZES = {"video-1080": 1_000_000, "video-720": 50_000}
_WARM_UP = 200


def prepare(viewers: int) -> dict[str, Any]:
    """A film, and that many accounts, each with a stream of it."""
    import django

    django.setup()
    from django.core.management import call_command

    from accounts.models import Plan
    from playback.selectors.streams import media_folder
    from playback.services.start_playback import start_playback
    from tests.people import make_person, make_user
    from tests.playback.library import make_film, make_segments
    from transcoding.models import Segment
    from vod.lib.graphql.ids import encode_id
    from vod.lib.storage import objects

    call_command("migrate", verbosity=0)
    Plan.objects.update(max_streams=1000)
    film = make_film()
    make_segments(film.version, *SIZES, count=4)
    for row in Segment.objects.select_related("rendition"):
        size = SIZES[row.rendition.name]
        objects().put_bytes(row.key, random.Random(row.key).randbytes(size))
        Segment.objects.filter(pk=row.pk).update(size_bytes=size)
    found = []
    for number in range(viewers):
        person = make_person(make_user(f"viewer-{number}@example.org"), "Viewer")
        session = start_playback(actor=person.actor, video_id=film.video.pk, device_name="Bench")
        found.append(
            {
                "token": person.token,
                "session": encode_id("PlaybackSession", session.pk),
                "folder": media_folder(session),
            }
        )
    return {"film": film.id, "prefix": film.version.key_prefix, "viewers": found}


def check(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Seconds of each check of a path, warm."""
    import django

    django.setup()
    from playback.selectors.media import Media, media_at

    took = []
    paths = [path.removeprefix("/stream/") for path in wanted["paths"]]
    for number in range(_WARM_UP + wanted["times"]):
        path = paths[number % len(paths)]
        began = time.perf_counter()
        found = media_at(path)
        took.append(time.perf_counter() - began)
        assert isinstance(found, Media)
    return {"took": took[_WARM_UP:]}


def beats(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Seconds of beats and of starts, each asked for when it is due and not when the one before is answered."""
    due: queue.Queue[tuple[float, str, bytes] | None] = queue.Queue()
    took: dict[str, list[float]] = {"beat": [], "start": []}
    failed: list[str] = []

    def serve() -> None:
        held = Connection(wanted["port"])
        while (one := due.get()) is not None:
            _, kind, message = one
            began = time.monotonic()
            status, body = held.ask(message)
            took[kind].append(time.monotonic() - began)
            if status != 200 or b'"errors":[]' not in body.replace(b" ", b""):
                failed.append(body[:300].decode(errors="replace"))
        held.close()

    threads = [threading.Thread(target=serve) for _ in range(wanted["connections"])]
    for thread in threads:
        thread.start()
    plan = sorted(
        (at, kind, message_of("/graphql/", one["headers"], one["body"].encode()))
        for kind in took
        for one in wanted[kind]
        for at in one["at"]
    )
    began = time.monotonic()
    for at, kind, message in plan:
        time.sleep(max(0.0, began + at - time.monotonic()))
        due.put((at, kind, message))
    for _ in threads:
        due.put(None)
    for thread in threads:
        thread.join()
    return {**took, "failed": failed}


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        answer = prepare(int(sys.argv[2]))
    else:
        answer = {"check": check, "beats": beats}[sys.argv[1]](json.load(sys.stdin))
    print(json.dumps(answer))
